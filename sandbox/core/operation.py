"""One thing a vendor's API can be asked, and how it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: ``body`` is sent as JSON; None sends no body at all."""

    status: int
    body: Any = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


class Answer(Exception):
    """The request ends here, with this reply: raised from wherever that is noticed."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"answered {reply.status}")
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Call:
    """One request that has a known caller, only known query parameters, and a readable body."""

    actor: str
    """``hub`` or ``human``."""
    path: Mapping[str, str]
    """The parameters of the path."""
    query: Mapping[str, list[str]] = field(repr=False)
    body: Any = field(repr=False)
    """The JSON that was sent; None where the operation takes none (or an optional one was left out)."""
    url: str = field(default="", repr=False)
    """The full address without its query, for Link headers and next-page addresses."""

    def one(self, name: str) -> str | None:
        """The last value given for a query parameter, or None."""
        return self.query[name][-1] if self.query.get(name) else None


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and path of the vendor's API and the plain function that answers it.

    ``handle`` is synchronous, so one request is done before the next begins: it reads and writes
    without locks. It may raise :class:`Answer`.
    """

    method: str
    path: str
    """As Starlette writes it: ``/crm/v3/objects/{type}/{id}``; the first operation that fits answers."""
    handle: Callable[[Call], Reply]
    query: frozenset[str] = frozenset()
    """Known query parameters (exactly as sent, such as ``page[size]``); any other is refused."""
    body: bool = False
    """Whether JSON is expected; without it, a body is ignored."""
    bucket: str = ""
    """Which of the vendor's limits counts it; the stand-in gives this its meaning."""
