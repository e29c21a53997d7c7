"""What tests do to reach a folder as another user leaves everybody's folders as they are."""

import tempfile
from pathlib import Path

import pytest

from tests.integration.rights import may_be_reached


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the system."""
    for one in (tmp_path / "shared" / "mine" / "deep", tmp_path / "elsewhere"):
        one.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "shared"))
    return tmp_path / "shared"


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def test_what_is_below_the_temporary_folder_is_opened_and_no_more(shared: Path) -> None:
    for one in (shared, shared / "mine", shared / "mine" / "deep"):
        one.chmod(0o700)
    may_be_reached(shared / "mine" / "deep")
    found = [mode(one) for one in (shared / "mine" / "deep", shared / "mine", shared)]
    assert found == [0o755, 0o755, 0o700]


def test_a_folder_elsewhere_is_refused_and_left_as_it_is(shared: Path) -> None:
    elsewhere = shared.parent / "elsewhere"
    for one in (elsewhere, shared.parent):
        one.chmod(0o700)
    with pytest.raises(ValueError, match="must be below"):
        may_be_reached(elsewhere)
    with pytest.raises(ValueError, match="must be below"):
        may_be_reached(shared)
    assert (mode(elsewhere), mode(shared.parent)) == (0o700, 0o700)
