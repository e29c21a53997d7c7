"""One request as a connector asked for it, and the error that tells what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.errors import ConnectorError, ContractBroken, Denied, Refused, Transient, Unsure
from connectors.outcome import BROKEN_REMEDY, Kind

REMEDY: dict[type[ConnectorError], str] = {
    Transient: "Run it again later; if this lasts, look at the system's status page",
    Unsure: "It may have landed: read the record again before sending it once more",
    Denied: "Check the connection's credentials, its scopes and the account's settings",
    Refused: "Correct the value or the mapping",
    ContractBroken: BROKEN_REMEDY,
}


@dataclass(frozen=True, slots=True)
class Call:
    """A request: ``path`` is the template that may be shown, ``url`` what it became."""

    method: str
    path: str
    url: str
    params: Mapping[str, Any]
    json: Any
    safe: bool
    """Whether it may be sent twice."""
    max_bytes: int
    accept: frozenset[Kind]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def failure(
    system: str,
    sort: type[ConnectorError],
    name: str,
    what: str,
    status: int | None = None,
    after: float | None = None,
) -> ConnectorError:
    """The error of a sort: system and request, what came back, and the remedy."""
    message = f"{system} {name}: {what}. {REMEDY[sort]}"
    if issubclass(sort, Transient):
        return sort(message, system=system, status=status, retry_after=after)
    return sort(message, system=system, status=status)
