"""Credentials from where Airflow itself takes them, for use without Airflow running.

``AIRFLOW_CONN_HUBSPOT`` holds what Airflow itself accepts: JSON (``{"conn_type": "http", "host":
"https://api.hubapi.com", "password": "…", "extra": {…}}``) or a URI.
``KLANTBEELD_CONNECTIONS_FILE`` names a JSON file of such connections by system, as Airflow's
LocalFilesystemBackend reads it; a variable goes first. Inside a task the DAG asks Airflow instead, so any
secrets backend works. Whoever parsed them, :func:`connection` alone says what the fields mean.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from connectors.access import LOOPBACK
from connectors.contract import Connection
from hub.flow.errors import FlowError


class BadConnection(FlowError):
    """A connection cannot be read; its value is not shown, for it holds a secret."""


def from_environment(
    systems: Iterable[str], environment: Mapping[str, str] | None = None
) -> dict[str, Connection]:
    """System → connection, for those that have a variable or stand in the file."""
    variables = os.environ if environment is None else environment
    file = variables.get("KLANTBEELD_CONNECTIONS_FILE", "")
    kept = _kept(file)
    found: dict[str, Connection] = {}
    for system in systems:
        name = f"AIRFLOW_CONN_{system.upper()}"
        if text := variables.get(name):
            found[system] = _parsed(name, text)
        elif text := kept.get(system):
            found[system] = _parsed(f"{system} in {file}", text)
    return found


def _kept(file: str) -> dict[str, str]:
    """System → connection as text, of the file there may be."""
    if not file:
        return {}
    try:
        document = json.loads(Path(file).read_text("utf-8"))
    except json.JSONDecodeError:
        document = None
    if not isinstance(document, dict):
        raise BadConnection(f"{file} is no JSON object; write {{'hubspot': {{'host': 'https://…'}}}}")
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in document.items()}


def _parsed(name: str, text: str) -> Connection:
    return connection(name, _object(text) if text.lstrip().startswith("{") else _fields(text))


_SAMPLE = "{'host': 'https://…', 'password': '…', 'extra': {…}}"
_TEXTS = ("conn_type", "host", "login", "password", "schema")
_SCHEMES = ("http", "https")
_IN_A_PATH = "/:@!$&'()*+,;=~"
"""What stands in a path as it is (RFC 3986, 3.3)."""


def connection(name: str, fields: Mapping[str, object] | None) -> Connection:
    """A connection from Airflow's own fields: ``conn_type``, ``host``, ``login``, ``password``, ``schema``,
    ``port`` and ``extra``, whoever parsed them.

    A ``host`` without scheme is reached over TLS, but for this very machine by a ``conn_type`` of ``http``;
    a ``schema`` of ``http`` or ``https`` is the scheme, as for Airflow's own HTTP operators, and any other is
    the path, as of a URI. Raises BadConnection, by ``name``: no value is shown.
    """
    found = _read(fields) if fields else None
    if found is None:
        raise BadConnection(
            f"{name} is malformed; write {_SAMPLE}, or a URI: https://user:…@host/path?option=…, "
            "each part percent-encoded"
        )
    return found


def _read(fields: Mapping[str, object]) -> Connection | None:
    texts = [fields.get(one) or "" for one in _TEXTS]
    extra = _object(fields.get("extra") or {})
    port = _port(fields.get("port"))
    if not all(isinstance(one, str) for one in texts) or extra is None or port is None:
        return None
    conn_type, host, login, password, schema = map(str, texts)
    # A blank behind a URI is none of its address; Airflow takes it for the end of the path.
    base = _base(conn_type, host.strip(), schema.strip(), port)
    options = {one: str(value) for one, value in extra.items()}
    return Connection(base, password, login, options) if base else None


def _base(conn_type: str, host: str, schema: str, port: int) -> str | None:
    """The address to speak to; None where the host is none."""
    if "://" not in host and host.count(":") > 1 and "[" not in host:
        host = f"[{host}]"  # of a URI Airflow tells an IPv6 address without its brackets
    parts = _split(host)
    if parts is None:
        return None
    path = "" if schema in _SCHEMES else quote(schema.lstrip("/"), safe=_IN_A_PATH)
    netloc = parts.netloc if not port or parts.port else f"{parts.netloc}:{port}"
    rest = f"{parts.path.rstrip('/')}/{path}" if path else parts.path
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme or _scheme(conn_type, schema, parts)}://{netloc}{rest}{query}"


def _scheme(conn_type: str, schema: str, parts: SplitResult) -> str:
    if schema in _SCHEMES:
        return schema
    return "http" if conn_type == "http" and parts.hostname in LOOPBACK else "https"


def _port(told: object) -> int | None:
    """A port, told as a number or in digits; 0 where none is told, None where it cannot be one."""
    text = str(told or 0)
    return int(text) if re.fullmatch("[0-9]{1,5}", text) and int(text) < 65536 else None


def _object(text: object) -> dict[str, Any] | None:
    """A JSON object, or the one in a text."""
    try:
        found = json.loads(text) if isinstance(text, str) else text
    except (json.JSONDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _fields(uri: str) -> dict[str, object] | None:
    """The fields that Airflow reads from a URI (its SDK 1.3, ``Connection.from_uri``). None: no URI."""
    uri = uri.strip()
    two = uri.count("://") > 1  # the host tells its own scheme: http://https://erp.example
    try:
        conn_type = urlsplit(uri).scheme
        rest = uri.replace(f"{conn_type}://", "" if two else "//")
        parts = urlsplit(rest)
        port = parts.port
    except ValueError:  # half a bracket, or a port that is no number
        return None
    if uri.count("://") > 2 or (two and re.search("[@:]", rest.partition("://")[0])):
        return None
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return {
        "conn_type": conn_type,
        "host": (f"{parts.scheme}://" if two and parts.scheme else "") + unquote(parts.hostname or ""),
        "login": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "schema": unquote(parts.path[1:]),
        "port": port,
        "extra": query.get("__extra__", query),
    }


def _split(text: str) -> SplitResult | None:
    """The parts of an address that names a host; None for any other."""
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        return parts if parts.hostname and parts.port != 0 and text.count("://") < 2 else None
    except ValueError:  # half a bracket, or a port that is no number
        return None
