"""Tryton's JSON-RPC: a session, calls to models, and errors that arrive inside HTTP 200.

Answers are asked for in gzip (as requests does by itself): Tryton labels every long answer as gzip,
and an uncompressed one leaves it token by token, ten times slower.
"""

from base64 import b64encode
from collections.abc import Collection
from typing import Any

from connectors.contract import Connection, Json
from connectors.http import Http
from connectors.outcome import Answer, Kind, Outcome, classify
from connectors.pace import REAL, Timing
from connectors.shape import TEXT, fits
from connectors.tryton.sheet import SHEET

_OK: frozenset[Kind] = frozenset({"ok"})
_PATH = "/rpc/"
_KINDS: dict[str, Kind] = {
    "ConcurrencyException": "refused",
    "LoginException": "denied",
    "RateLimitException": "throttled",
    "UserError": "refused",
    "UserWarning": "refused",
}
_BUSY = ("locked", "deadlock", "could not serialize")
"""What databases say when two transactions met: trying again helps."""


class Rpc:
    """One user's session with one Tryton database; it logs in when it must."""

    def __init__(self, system: str, connection: Connection, timing: Timing = REAL) -> None:
        self._login, self._secret, self._session = connection.login, connection.secret, ""
        given: dict[str, Any] = {
            "classify": outcome,
            "words": words,
            "limits": SHEET.limits,
            "timing": timing,
        }
        self._door = Http(system, connection, auth=dict, **given)
        self._http = Http(system, connection, auth=self._headers, **given)

    def call(
        self,
        model: str,
        method: str,
        *args: Any,
        context: Json | None = None,
        write: bool = False,
        accept: Collection[Kind] = _OK,
    ) -> Answer:
        """Call a model's method; errors as :meth:`connectors.http.Http.request` raises them.

        A session that the server no longer knows is replaced once.
        """
        body = {"id": 1, "method": f"model.{model}.{method}", "params": [*args, context or {}]}
        answer = self._request(body, write, {*accept, "denied"})
        if answer.kind == "denied":
            self._session = ""
            answer = self._request(body, write, set(accept))
        return answer

    def read(
        self, model: str, domain: list[Any], fields: Collection[str], *, limit: int | None = None
    ) -> Answer:
        """``search_read`` in the order of ids, inactive records included; the records are its ``result``."""
        order = [["id", "ASC"]]
        context = {"active_test": False}
        return self.call(model, "search_read", domain, 0, limit, order, list(fields), context=context)

    def reserve(self, calls: int) -> None:
        """See :meth:`connectors.http.Http.reserve`: every call goes to one path."""
        self._http.reserve([_PATH] * calls)

    def _request(self, body: Json, write: bool, accept: set[Kind]) -> Answer:
        return self._http.request("POST", _PATH, json=body, idempotent=not write, accept=accept)

    def log_in(self, accept: Collection[Kind] = _OK) -> Answer:
        """Begin a session; raises Denied for a wrong user or password unless ``denied`` is accepted."""
        body = {"id": 1, "method": "common.db.login", "params": [self._login, {"password": self._secret}]}
        answer = self._door.request("POST", _PATH, json=body, idempotent=True, accept=accept)
        if answer.kind == "ok":
            user, key = _session(answer)
            self._session = b64encode(f"{self._login}:{user}:{key}".encode()).decode()
        return answer

    def _headers(self) -> dict[str, str]:
        if not self._session:
            self.log_in()
        return {"Authorization": f"Session {self._session}"}


def _session(answer: Answer) -> tuple[int, str]:
    """User and key; raises ContractBroken where a log-in brought anything else."""
    found = answer.object()["result"]
    if not isinstance(found, list) or len(found) < 2 or not fits(found[1], TEXT):
        raise answer.broken(("result",), "a user and the key of a session")
    return found[0], found[1]


def outcome(answer: Answer) -> Outcome:
    """Read the error in a 200; a 404 means that there is no such database."""
    if answer.status == 404:
        return Outcome("denied")
    if answer.status != 200:
        return classify(answer)
    if not isinstance(answer.body, dict) or not {"result", "error"} & answer.body.keys():
        return Outcome("broken")
    if "error" not in answer.body:
        return Outcome("ok")
    name = error_name(answer)
    busy = any(word in name.lower() for word in _BUSY)
    return Outcome(_KINDS.get(name, "retry" if busy else "broken"))


def error_name(answer: Answer) -> str:
    """The class of the error, such as ``ConcurrencyException``; a crash gives its text instead."""
    error = answer.body.get("error") if isinstance(answer.body, dict) else None
    return str(error[0]) if isinstance(error, list) and error else ""


def words(answer: Answer) -> str:
    """Tryton's message and description; of a crash only that it was one, for its text may hold values."""
    name = error_name(answer)
    if name not in _KINDS:
        return "an error inside Tryton; see its log" if name else ""
    said = answer.body["error"][1:]
    parts = said[0] if said and isinstance(said[0], list) else said
    if name == "UserWarning":
        parts = parts[1:]  # the first is the warning's own id
    return " ".join([name, *(part for part in parts if isinstance(part, str) and part)])
