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
from urllib.parse import parse_qsl, unquote, urlsplit

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
    return _from_json(name, text) if text.lstrip().startswith("{") else _from_uri(name, text)


def _from_json(name: str, text: str) -> Connection:
    try:
        document: dict[str, Any] = json.loads(text)
        extra = document.get("extra") or {}
        extra = json.loads(extra) if isinstance(extra, str) else extra
    except json.JSONDecodeError:
        raise BadConnection(
            f"{name} is not valid JSON; write {{'host': 'https://…', 'password': '…'}}"
        ) from None
    return connection(
        document.get("host") or "",
        document.get("login") or "",
        document.get("password") or "",
        extra,
        schema=document.get("schema") or "",
        port=document.get("port"),
    )


def _from_uri(name: str, text: str) -> Connection:
    parts = urlsplit(text)
    if not parts.hostname:
        raise BadConnection(f"{name} is neither JSON nor a URI with a host")
    scheme = "https" if parts.scheme not in ("http", "https") else parts.scheme
    return connection(
        f"{scheme}://{parts.hostname}{unquote(parts.path)}",
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        dict(parse_qsl(parts.query)),
        port=parts.port,
    )


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
