"""A store's address or a system's connection that is malformed is told by its name, without a secret."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from airflow.sdk import Connection as AirflowConnection
from airflow.sdk.exceptions import AirflowException
from hypothesis import example, given
from hypothesis import strategies as st

from connectors.contract import Connection
from connectors.errors import Denied
from connectors.registry import connector
from hub.cli.entry import main
from hub.flow.connections import BadConnection, connection, from_environment

SECRET = "s3cret-token"
FIELDS = ("conn_type", "host", "login", "password", "schema", "port", "extra")

MALFORMED = [
    "{",
    '{"password": "s3cret-token",',
    '{"password": "s3cret-token"}',
    '{"host": 5, "password": "s3cret-token"}',
    '{"host": "api.example", "password": ["s3cret-token"]}',
    '{"host": "api.example", "port": "s3cret-token"}',
    '{"host": "api.example", "port": 99999999, "password": "s3cret-token"}',
    '{"host": "api.example", "extra": "{s3cret-token"}',
    '{"host": "api.example", "extra": ["s3cret-token"]}',
    '{"host": "api.example", "extra": "5", "password": "s3cret-token"}',
    '{"host": "https://[half", "password": "s3cret-token"}',
    '{"host": "https://api.example:s3cret-token/"}',
    '{"login": {"a": "s3cret-token"}, "host": "api.example"}',
    "[" * 5000,
    "{" + '"a":{' * 5000,
    "s3cret-token",
    "http://",
    "http://u:s3cret-token@",
    "http://u:s3cret-token@[half",
    "http://u:p@api.example:s3cret-token/",
    "http://u:s3cret-token@api.example:99999999/",
    "  ",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_connection_is_told_by_its_name_and_never_shown(text: str) -> None:
    with pytest.raises(BadConnection) as caught:
        from_environment(["hubspot"], {"AIRFLOW_CONN_HUBSPOT": text})
    message = str(caught.value)
    assert message.startswith("AIRFLOW_CONN_HUBSPOT") and SECRET not in message
    assert "'https://…'" in message
    assert caught.value.__cause__ is None and caught.value.__context__ is None


_PART = st.text("aZ9 %@:/é.-?&=#", min_size=1, max_size=6).map(lambda text: quote(text, ""))
_HOST = st.sampled_from(
    ["erp.example", "API.example", "127.0.0.1", "[::1]", "https%3A%2F%2Ferp.example%2FApi"]
)
_URI = st.builds(
    lambda scheme, login, secret, host, port, path, query: (
        f"{scheme}//{login}:{secret}@{host}{port}/{path}{query}"
    ),
    st.sampled_from(
        ["", ":", "http:", "https:", "HTTP:", "my_hub:", "http://https:", "https://http:", "https://https:"]
    ),
    _PART,
    _PART,
    _HOST,
    st.sampled_from(["", ":", ":0", ":00", ":8000", ":65536"]),
    st.one_of(st.just(""), st.just("https"), _PART, st.builds("{}/{}".format, _PART, _PART)),
    st.sampled_from(["", "?page_size=5", "?a=&b=1", "?__extra__=%7B%22a%22%3A%201%7D", "?__extra__=5"]),
)


@given(_URI)
@example("https://user:secret@erp.example/path ")
@example("https://user:secret@erp.example ")
@example("https://user:secret@erp.example/path")
@example("http://https://user:secret@erp.example:8443/a/b")
@example("//erp.example")
@example("//https://erp.example")
@example("https://erp.example:0/path")
@example("http://https://erp.example:0/path")
@example("https://https://erp.example/path")
@example("my_hub://erp.example")
def test_a_task_and_the_command_line_read_one_connection_in_a_uri(uri: str) -> None:
    """What Airflow's own parser makes of it in a task, and what we make of it without Airflow."""
    try:
        parsed = AirflowConnection.from_uri(uri, "hubspot")
    except (AirflowException, ValueError):
        told: Mapping[str, object] | None = None
    else:
        told = {name: getattr(parsed, name) for name in FIELDS}
    assert _outcome(lambda: connection("hubspot", told)) == _outcome(lambda: _from_environment(uri))


def _from_environment(text: str) -> Connection:
    return from_environment(["hubspot"], {"AIRFLOW_CONN_HUBSPOT": text})["hubspot"]


def _outcome(read: Callable[[], Connection]) -> tuple[Connection, str] | None:
    """What was read, and the secret that its text never shows; None where it is malformed."""
    try:
        found = read()
    except BadConnection:
        return None
    return found, found.secret


def test_a_schema_is_a_scheme_or_a_path_and_this_machine_may_go_without_tls() -> None:
    def base(**told: object) -> str:
        return _from_environment(json.dumps(told)).base_url

    assert base(host="erp.example", port="8443") == "https://erp.example:8443"
    assert base(conn_type="http", host="erp.example", schema="db") == "https://erp.example/db"
    assert base(conn_type="http", host="localhost", port=8000, schema="db") == "http://localhost:8000/db"
    assert base(conn_type="http", host="localhost", schema="https") == "https://localhost"
    assert base(host="https://erp.example/a/", schema="b c?") == "https://erp.example/a/b%20c%3F"


@pytest.mark.parametrize(
    "told",
    [
        {"host": "ftp://api.example"},
        {"host": "http://api.example"},
        {"host": "https://me:s3cret-token@api.example"},
        {"host": "https://api.example?key=s3cret-token"},
        {"host": "https://api.example", "extra": {"limit_factor": "s3cret-token"}},
        {"host": "https://api.example", "extra": {"limit_factor": "-1"}},
    ],
)
def test_a_connection_that_may_not_be_used_is_denied_and_never_shown(told: dict[str, object]) -> None:
    text = json.dumps({"password": SECRET, **told})
    found = from_environment(["hubspot"], {"AIRFLOW_CONN_HUBSPOT": text})
    with pytest.raises(Denied) as caught:
        connector("hubspot", found["hubspot"])
    assert SECRET not in str(caught.value) and "hubspot" in str(caught.value)


@pytest.mark.parametrize("size", ["many", "-5", "0", "1e99", "²"])
@pytest.mark.parametrize("name", ["brevo", "hubspot", "moneybird", "zendesk"])
def test_a_page_size_that_is_none_is_denied_with_the_remedy(name: str, size: str) -> None:
    extra = {"page_size": size, "administration_id": "1"}
    text = json.dumps({"host": "https://127.0.0.1:1", "password": SECRET, "extra": extra})
    found = from_environment([name], {f"AIRFLOW_CONN_{name.upper()}": text})
    with pytest.raises(Denied, match=r"page_size must be a number above 0\. Correct it in the connection"):
        next(iter(connector(name, found[name]).pull("contacts" if name != "zendesk" else "users", None)))


STORES = [
    "nonsense",
    "://",
    "sqlite:",
    "oracle+cx_oracle://u:s3cret-token@h/db",
    "nosuch://u:s3cret-token@h/db",
    "postgresql+nosuch://u:s3cret-token@h/db",
    "postgresql+psycopg://u:s3cret-token@127.0.0.1:1/db",
    "postgresql+psycopg://u:s3cret-token@127.0.0.1:port/db",
    "postgresql+psycopg://u:s3cret-token@[half/db",
    "sqlite:////proc/nowhere/hub.db",
]


@pytest.mark.parametrize("url", STORES)
def test_a_store_that_cannot_be_used_is_told_in_one_line_without_its_secret(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLANTBEELD_STORE", url)
    assert main(["status"]) == 1
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err
    assert len(said.err.strip().splitlines()) <= 3 and "Traceback" not in said.err
    assert "store" in said.err
