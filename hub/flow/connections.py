"""Credentials from where Airflow itself takes them, for use without Airflow running.

``AIRFLOW_CONN_HUBSPOT`` holds what Airflow itself accepts: JSON (``{"conn_type": "http", "host":
"https://api.hubapi.com", "password": "…", "extra": {…}}``) or a URI.
``KLANTBEELD_CONNECTIONS_FILE`` names a JSON file of such connections by system, as Airflow's
LocalFilesystemBackend reads it; a variable goes first. Inside a task the DAG asks Airflow instead, so any
secrets backend works.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

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
    found = _from_json(text) if text.lstrip().startswith("{") else _from_uri(text)
    if found is None:
        raise BadConnection(
            f"{name} is malformed; write {_SAMPLE}, or a URI such as https://user:…@host/path"
        )
    return found


_SAMPLE = "{'host': 'https://…', 'password': '…', 'extra': {…}}"
_TEXTS = ("host", "login", "password", "schema")


def _from_json(text: str) -> Connection | None:
    """The connection in a JSON object; None where there is none."""
    document = _object(text)
    extra = _object(document.get("extra") or {}) if document else None
    port = document.get("port") if document else None
    if not document or extra is None or not isinstance(port, int | None):
        return None
    host, login, password, schema = (document.get(name) or "" for name in _TEXTS)
    if not all(isinstance(one, str) for one in (host, login, password, schema)) or _split(host) is None:
        return None
    return connection(host, login, password, extra, schema=schema, port=port) if _is_port(port) else None


def _object(text: object) -> dict[str, Any] | None:
    """A JSON object, or the one in a text."""
    try:
        found = json.loads(text) if isinstance(text, str) else text
    except (json.JSONDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _from_uri(text: str) -> Connection | None:
    """The connection in a URI; None where there is none."""
    parts = _split(text)
    if parts is None or "://" not in text:
        return None
    scheme = "https" if parts.scheme not in ("http", "https") else parts.scheme
    return connection(
        f"{scheme}://{parts.hostname}{unquote(parts.path)}",
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        dict(parse_qsl(parts.query)),
        port=parts.port,
    )


def _split(text: str) -> SplitResult | None:
    """The parts of an address that names a host; None for any other."""
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        return parts if parts.hostname and _is_port(parts.port) else None
    except ValueError:  # half a bracket, or a port that is no number
        return None


def _is_port(port: int | None) -> bool:
    return port is None or 0 < port < 65536


def connection(
    host: str,
    login: str,
    password: str,
    extra: Mapping[str, Any],
    *,
    schema: str = "",
    port: int | None = None,
) -> Connection:
    """A connection from Airflow's fields; a host without scheme is reached over TLS."""
    base = host if "://" in host else f"{schema or 'https'}://{host}"
    if port and f":{port}" not in base:
        parts = urlsplit(base)
        base = f"{parts.scheme}://{parts.netloc}:{port}{parts.path}"
    options = {name: str(value) for name, value in extra.items()}
    return Connection(base, password, login, options)
