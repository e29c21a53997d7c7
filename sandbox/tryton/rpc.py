"""The smallest client of Tryton's JSON-RPC, for filling a sandbox and for acting as a person in it."""

import base64
import datetime
import gzip
import json
import urllib.request
from decimal import Decimal
from typing import Any

Json = dict[str, Any]


class TrytonSaysNo(Exception):
    """Tryton answered with an error: the message is Tryton's own."""


class TrytonRpc:
    """One user's session. ``url`` includes the database, as in ``http://127.0.0.1:8000/tryton``."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self._headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        self.user_id, key, *_ = self._send("common.db.login", [user, {"password": password}])
        token = base64.b64encode(f"{user}:{self.user_id}:{key}".encode()).decode()
        self._headers["Authorization"] = f"Session {token}"

    def call(self, model: str, method: str, *args: Any, context: Json | None = None) -> Any:
        """Call a model's method: ``call("party.party", "read", [1], ["name"])``."""
        return self._send(f"model.{model}.{method}", [*args, context or {}])

    def search_read(self, model: str, domain: list[Any], fields: list[str], **context: Any) -> list[Json]:
        """Return all records of a domain, inactive ones too, in the order of their ids."""
        context.setdefault("active_test", False)
        found: list[Json] = self.call(
            model, "search_read", domain, 0, None, [["id", "ASC"]], fields, context=context
        )
        return found

    def wizard(self, name: str, state: str, form: Json) -> None:
        """Run one state of a wizard with its first form filled in."""
        session, first, _ = self._send(f"wizard.{name}.create", [{}])
        self._send(f"wizard.{name}.execute", [session, {first: form}, state, {}])
        self._send(f"wizard.{name}.delete", [session, {}])

    def _send(self, method: str, params: list[Any]) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=_wrap).encode()
        request = urllib.request.Request(f"{self.url}/rpc/", body, self._headers)  # noqa: S310  (loopback)
        with urllib.request.urlopen(request, timeout=300) as response:  # noqa: S310
            raw = response.read()
        # Tryton labels every long answer as gzip, whether or not it is.
        answer = json.loads(gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw)
        if "error" in answer:
            raise TrytonSaysNo(f"{method}: {answer['error']}")
        return answer["result"]


def _wrap(value: object) -> Json:
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, datetime.datetime):
        names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return {"__class__": "datetime", **{name: getattr(value, name) for name in names}}
    if isinstance(value, datetime.date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    raise TypeError(f"Tryton cannot be sent a {type(value).__name__}")
