"""Path = import name: what Python finds under our names is what stands in this repository."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "bench",
    "connectors",
    "dags",
    "demo",
    "deploy",
    "fidelity",
    "hub",
    "quality",
    "sandbox",
    "supervisor",
)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_ours_is_no_foreign_one(name: str) -> None:
    file = import_module(name).__file__
    assert file is not None and Path(file).parent == ROOT / name


def test_whoever_writes_a_csv_neutralises_formulas() -> None:
    texts = {one: one.read_text("utf-8") for one in (ROOT / "hub").rglob("*.py")}
    writers = {one.name for one, text in texts.items() if "csv.writer(" in text or "write_csv(" in text}
    writers |= {one.name for one, text in texts.items() if "DictWriter(" in text}
    assert writers >= {"export.py", "match.py"}
    assert {one.name for one, text in texts.items() if "from hub.model.sheets import" in text} >= writers


def test_the_repository_beats_a_foreign_package_of_the_same_name(tmp_path: Path) -> None:
    """With the root on PYTHONPATH, as the launcher, make and the supervisor set it."""
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "__init__.py").write_text("raise SystemExit('a foreign hub')")
    code = f"import sys; sys.path.append({str(tmp_path)!r}); import hub; print(hub.__file__)"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(ended.stdout.strip()).parent == ROOT / "hub"
