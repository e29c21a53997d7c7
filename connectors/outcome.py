"""What an answer is, and what it means: the part of HTTP that needs no network.

A connector's ``classify`` decides the :class:`Outcome`; status codes alone do not, because systems
put errors in a 200, quotas in a 403 and IP blocks in a 401.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Literal, cast

from connectors.contract import Json, RawRecord
from connectors.errors import ContractBroken
from connectors.keys import as_key, nameless
from connectors.shape import fits

Kind = Literal["ok", "retry", "throttled", "denied", "gone", "refused", "broken", "unsure", "unreached"]
"""``ok``: as asked. ``retry``: a fault over there. ``throttled``: too fast, nothing was done.
``denied``: a person must fix access. ``gone``: no such record. ``refused``: no to the content.
``broken``: not understood. The last two come from :class:`connectors.http.Http` alone: ``unsure``, a
write was sent and no answer came; ``unreached``, retries ran out."""

BROKEN_REMEDY = "Nothing was stored; check the connection's address, then report it to the connector's owner"

_EPOCH_AFTER = 1_000_000_000
_LATEST = 100 * _EPOCH_AFTER
"""Beyond the year 5000 a clock is broken, and the calendar ends soon after."""
_MIDDLE_OF_WAY = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer means, and how many seconds the system wants us to wait, where it says so."""

    kind: Kind
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``headers`` in lower case, ``body`` parsed JSON or None, ``size`` in bytes."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    size: int
    system: str = ""
    request: str = ""
    """Method and path template, such as ``GET /contacts/{id}``."""
    kind: Kind = "ok"

    def object(self, *path: str) -> Json:
        """The JSON object at ``path``; raises :class:`ContractBroken` where there is none."""
        return cast(Json, self._at(path, dict))

    def objects(self, *path: str) -> list[Json]:
        """The list of JSON objects at ``path``; raises :class:`ContractBroken` where there is none."""
        items = self._at(path, list)
        if all(isinstance(item, dict) for item in items):
            return cast(list[Json], items)
        raise self.broken(path, "a list of objects")

    def fitting(self, shape: Json, *path: str) -> list[Json]:
        """The list of objects of this shape at ``path``; raises :class:`ContractBroken` for any other."""
        items = self.objects(*path)
        if all(fits(item, shape) for item in items):
            return items
        raise self.broken(path, f"a list of objects with {', '.join(shape)}")

    def key(self, *path: str, whole: bool = False) -> str:
        """The key of the object at ``path``; raises :class:`ContractBroken` where it has none."""
        key = as_key(self.object(*path).get("id"), whole=whole)
        if key is None:
            raise self.broken((*path, "id"), "the key of a record")
        return key

    def known(self, records: Iterable[RawRecord]) -> list[RawRecord]:
        """Records that were asked for; raises :class:`ContractBroken` where one has no key."""
        found = list(records)
        if any(nameless(record.key) for record in found):
            raise self.broken(("id",), "the key of each record")
        return found

    def broken(self, path: tuple[str, ...], wanted: str) -> ContractBroken:
        """The error that says ``path`` of this answer is not what the vendor documents."""
        place = ".".join(path) or "the body"
        return ContractBroken(
            f"{self.system} {self.request}: {place} is not {wanted} (HTTP {self.status}). {BROKEN_REMEDY}",
            system=self.system,
            status=self.status,
        )

    def _at(self, path: tuple[str, ...], kind: type) -> Any:
        found = self.body
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if not isinstance(found, kind):
            raise self.broken(path, "a JSON object" if kind is dict else "a JSON list")
        return found


def classify(answer: Answer, *reset_headers: str) -> Outcome:
    """The usual reading of a status; connectors extend it for what their system does differently."""
    status = answer.status
    if 200 <= status < 300:
        return Outcome("ok")
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        return Outcome("throttled", wait_of(answer, *reset_headers))
    if status in _MIDDLE_OF_WAY:
        return Outcome("retry", wait_of(answer))
    if status in (401, 402, 403):
        return Outcome("denied")
    if status in (404, 410):
        return Outcome("gone")
    return Outcome("refused" if status in (400, 409, 413, 422) else "broken")


def wait_of(answer: Answer, *reset_headers: str) -> float | None:
    """Seconds to wait: ``Retry-After`` (seconds or HTTP date), else the first usable reset header.

    A reset header holds seconds, or a Unix time where it is larger than any sane wait.
    """
    for name in ("retry-after", *reset_headers):
        seconds = _seconds(answer.headers.get(name, ""), answer)
        if seconds is not None:
            return max(0.0, seconds)
    return None


def _seconds(text: str, answer: Answer) -> float | None:
    if text.replace(".", "", 1).isdecimal():
        number = float(text)
        return number - server_time(answer) if number > _EPOCH_AFTER else number
    moment = _http_date(text)
    return None if moment is None else moment - server_time(answer)


def server_time(answer: Answer) -> float:
    """The system's own idea of now (Unix time), so that a wrong clock on either side does no harm."""
    told = _http_date(answer.headers.get("date", "")) or 0.0
    return told if 0.0 < told < _LATEST else time()


def _http_date(text: str) -> float | None:
    """Unix time of an HTTP date; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
