"""Whatever a system does to a connection, each connector ends soon, in a sorted error with its remedy."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from connectors.contract import Connection, Connector
from connectors.errors import ConnectorError, ContractBroken, Denied, Refused, Transient
from connectors.http import Http
from connectors.pace import Timing
from connectors.registry import NAMES, connector_class
from tests.unit.wild import (
    Act,
    babble,
    bomb,
    dripping,
    endless,
    endless_redirect,
    headers_without_end,
    reset,
    said,
    wild,
)

SECRET = "s3cret-token"
PRIVATE = "jan@firm.example called +31612345678"
PAGE = f"<html><body>{PRIVATE} {SECRET}</body></html>".encode()
JSON = f'{{"message": "{PRIVATE}", "error": "{PRIVATE}", "code": "{PRIVATE}"}}'.encode()
FIRST = {
    "brevo": "contacts",
    "hubspot": "contacts",
    "moneybird": "contacts",
    "tryton": "parties",
    "zendesk": "users",
}

SYSTEMS_DO: dict[str, tuple[Act, type[ConnectorError], str]] = {
    "a page of HTML": (said(PAGE), ContractBroken, "not JSON"),
    "nothing": (said(b""), ContractBroken, "HTTP 200"),
    "null": (said(b"null"), ContractBroken, "HTTP 200"),
    "a number": (said(b"5"), ContractBroken, "HTTP 200"),
    "an empty list of lists": (said(b"[[]]"), ContractBroken, "HTTP 200"),
    "half a JSON": (said(b'{"contacts": [', length=None), ContractBroken, "not JSON"),
    "JSON without end": (said(b"[" * 100_000), ContractBroken, "not JSON"),
    "no credential": (said(JSON, status="401 Unauthorized"), Denied, "HTTP 401"),
    "no right": (said(JSON, status="403 Forbidden"), Denied, "HTTP 403"),
    "too many requests": (said(JSON, status="429 Too Many Requests"), Transient, "HTTP 429"),
    "too many for an hour": (
        said(JSON, "Retry-After: 3600", status="429 Too Many Requests"),
        Transient,
        "HTTP 429",
    ),
    "a wait that is none": (said(JSON, "Retry-After: soon", status="429 No"), Transient, "HTTP 429"),
    "a wait without end": (said(JSON, f"Retry-After: {'9' * 400}", status="429 No"), Transient, "HTTP 429"),
    "a fault": (said(PAGE, status="500 Oops"), Transient, "HTTP 500"),
    "no service": (said(PAGE, status="503 Busy"), Transient, "HTTP 503"),
    "a teapot": (said(JSON, status="418 Teapot"), ContractBroken, "HTTP 418"),
    "a reset in the middle": (reset, Transient, "no answer"),
    "less than it says": (said(b"{}", length=50), Transient, "no answer"),
    "more than it says": (said(b'{"contacts": []}', length=5), ContractBroken, "not JSON"),
    "zip that is none": (said(b"{}", "Content-Encoding: gzip"), Transient, "no answer"),
    "a zip bomb": (bomb, ContractBroken, "larger than"),
    "a body without end": (endless, ContractBroken, "larger than"),
    "headers without end": (headers_without_end, Transient, "no answer"),
    "no HTTP": (babble, Transient, "no answer"),
    "a redirect elsewhere": (
        said(b"", f"Location: https://elsewhere.example/?q={SECRET}", status="302 Found"),
        ContractBroken,
        "redirected",
    ),
    "a redirect to plain HTTP": (
        said(b"", "Location: http://elsewhere.example/", status="307 Moved"),
        ContractBroken,
        "redirected",
    ),
    "a redirect in a circle": (said(b"", "Location: ?", status="302 Found"), ContractBroken, "redirected"),
    "a redirect to nowhere": (
        said(b"", "Location: http://[half", status="302 Found"),
        ContractBroken,
        "redirected",
    ),
    "a redirect to no port": (
        said(b"", "Location: http://127.0.0.1:99999999/", status="302 Found"),
        ContractBroken,
        "redirected",
    ),
    "a redirect without end": (endless_redirect, ContractBroken, "larger than"),
    "a moment in no calendar": (
        said(b"{}", "Date: Fri, 31 Dec 9999 23:59:59 -1200", status="429 No"),
        Transient,
        "HTTP 429",
    ),
}


class Clock:
    """Time passes when somebody waits, and a little whenever it is looked at."""

    def __init__(self, a_look: float = 0.0) -> None:
        self.now, self.a_look, self.slept = 1_800_000_000.0, a_look, 0.0

    def __call__(self) -> float:
        self.now += self.a_look
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now, self.slept = self.now + seconds, self.slept + seconds


def connector(system: str, url: str, clock: Clock) -> Connector:
    build: Any = connector_class(system)
    given = Connection(url, SECRET, "hub" if system == "tryton" else "", {"administration_id": "1"})
    made: Connector = build(given, timing=Timing(clock.sleep, clock))
    return made


@pytest.mark.parametrize("system", NAMES)
@pytest.mark.parametrize("what", SYSTEMS_DO)
def test_it_ends_soon_in_a_sorted_error_with_the_remedy(system: str, what: str) -> None:
    act, sort, words = SYSTEMS_DO[what]
    clock = Clock()
    with wild(act) as url, pytest.raises(ConnectorError) as caught:
        list(connector(system, url, clock).pull(FIRST[system], None))
    message = str(caught.value)
    assert type(caught.value) is sort, message
    assert message.startswith(f"{system} ") and caught.value.system == system
    assert words in message or (system == "tryton" and "HTTP 200" in message), message
    assert message.endswith(("status page", "settings", "owner"))
    assert "<" not in message and not any(
        word in message for word in ("jan@", "firm.example", "316123", SECRET, url)
    )
    assert clock.slept <= Http.patience


@pytest.fixture
def enough() -> Iterator[Event]:
    """Set when the test is over, so that no thread of the server waits on."""
    event = Event()
    yield event
    event.set()


@pytest.mark.parametrize("system", NAMES)
def test_an_answer_that_comes_byte_by_byte_is_given_up(system: str, enough: Event) -> None:
    with wild(dripping(enough)) as url, pytest.raises(Transient, match="ReadTimeout"):
        list(connector(system, url, Clock(Http.longest_answer + 1)).pull(FIRST[system], None))


@pytest.mark.parametrize("system", ["brevo", "hubspot", "moneybird", "zendesk"])
def test_what_is_not_there_is_refused(system: str) -> None:
    with wild(said(JSON, status="404 Not Found")) as url, pytest.raises(Refused, match="HTTP 404"):
        list(connector(system, url, Clock()).pull(FIRST[system], None))
