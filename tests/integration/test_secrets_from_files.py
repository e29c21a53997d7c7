"""What a container is given as files: the store's address, and the connections of the systems."""

import json
from pathlib import Path

import pytest

from hub.cli import main
from hub.flow.connections import BadConnection, from_environment
from hub.store.engine import open_store
from tests.databases import Databases


@pytest.fixture
def address(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty store, told in a file."""
    url = databases.new()
    file = tmp_path / "hub_store"
    file.write_text(f"{url}\n")
    monkeypatch.delenv("KLANTBEELD_STORE", raising=False)
    monkeypatch.setenv("KLANTBEELD_STORE_FILE", str(file))
    return url


def test_the_store_is_where_the_file_says(address: str) -> None:
    store = open_store()
    assert store.engine.url.render_as_string(hide_password=False) == address
    store.close()


def test_the_variable_goes_before_the_file(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANTBEELD_STORE", f"sqlite:///{tmp_path}/other.db")
    store = open_store()
    assert store.engine.url.database == f"{tmp_path}/other.db"
    store.close()


def test_migrate_makes_the_store_and_says_its_revision(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate"]) == 0
    assert "revision 0" in capsys.readouterr().out
    assert main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["revision"].startswith("0")
    assert main(["status", "--json"]) == 0


def test_a_file_that_is_not_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KLANTBEELD_STORE", raising=False)
    monkeypatch.setenv("KLANTBEELD_STORE_FILE", str(tmp_path / "nowhere"))
    assert main(["migrate"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_connections_stand_in_the_file_that_airflow_reads_and_a_variable_goes_first(tmp_path: Path) -> None:
    file = tmp_path / "connections.json"
    document = {
        "hubspot": {"conn_type": "http", "host": "https://a.example", "password": "one", "extra": {"x": 1}},
        "brevo": "https://:two@b.example/v3",
        "zendesk": {"host": "https://c.example", "password": "three"},
    }
    file.write_text(json.dumps(document))
    variables = {
        "KLANTBEELD_CONNECTIONS_FILE": str(file),
        "AIRFLOW_CONN_ZENDESK": '{"host": "https://d.example", "password": "four"}',
    }
    found = from_environment(["hubspot", "brevo", "zendesk", "moneybird"], variables)
    assert {name: (one.base_url, one.secret) for name, one in found.items()} == {
        "hubspot": ("https://a.example", "one"),
        "brevo": ("https://b.example/v3", "two"),
        "zendesk": ("https://d.example", "four"),
    }
    assert found["hubspot"].options == {"x": "1"}


@pytest.mark.parametrize("text", ['{"hubspot": "s3cret', '["s3cret"]', '{"hubspot": ["s3cret"]}'])
def test_a_file_of_connections_that_cannot_be_read_does_not_show_its_secrets(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "connections.json"
    file.write_text(text)
    with pytest.raises(BadConnection, match=r"connections\.json") as caught:
        from_environment(["hubspot"], {"KLANTBEELD_CONNECTIONS_FILE": str(file)})
    assert "s3cret" not in str(caught.value)
