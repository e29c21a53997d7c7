"""Reading what a request gives, and cutting answers into pages."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from sandbox.core.operation import Call
from sandbox.core.table import Json
from sandbox.zendesk.forms import bad_request, invalid

LARGEST_PAGE = 100
MANY = 100
"""Records one bulk request may name."""


def given(body: Any, noun: str) -> Mapping[str, Any]:
    """The object under ``noun`` in a body; 400 where there is none."""
    inner = body.get(noun) if isinstance(body, dict) else None
    if not isinstance(inner, dict):
        raise bad_request(f"Parameter {noun} is required", "ParameterMissing")
    return inner


def given_many(body: Any, noun: str) -> list[Mapping[str, Any]]:
    """The list of 1 to 100 objects under ``noun`` in a body."""
    inner = body.get(noun) if isinstance(body, dict) else None
    if not isinstance(inner, list) or not all(isinstance(item, dict) for item in inner):
        raise bad_request(f"Parameter {noun} is required", "ParameterMissing")
    if not 0 < len(inner) <= MANY:
        raise bad_request(f"{noun} should hold 1 to {MANY} items", "TooManyValues")
    return inner


def ids(call: Call) -> list[str]:
    """The ids of ``?ids=1,2,3``, at most 100."""
    found = [part for part in (call.one("ids") or "").split(",") if part]
    if not found or not all(part.isdigit() for part in found):
        raise bad_request("ids should be a comma-separated list of ids")
    if len(found) > MANY:
        raise bad_request(f"ids should name at most {MANY} records", "TooManyValues")
    return found


def external_ids(call: Call) -> list[str]:
    """The external ids of ``?external_ids=a,b``, at most 100; none where it is not given."""
    found = [part for part in (call.one("external_ids") or "").split(",") if part]
    if len(found) > MANY:
        raise bad_request(f"external_ids should name at most {MANY} records", "TooManyValues")
    return found


def whole(call: Call, name: str, default: int | None = None, largest: int | None = None) -> int:
    """A query parameter that is a whole number from 0 (1 where it has a ``largest``)."""
    text = call.one(name)
    if text is None and default is not None:
        return default
    if text is None or not text.isdecimal() or len(text) > 15:
        raise bad_request(f"{name} should be a whole number")
    if largest is not None and not 1 <= int(text) <= largest:
        raise bad_request(f"{name} should be from 1 to {largest}")
    return int(text)


def strings(field: str, value: Any) -> list[str]:
    """A list of texts in a body; null is none, anything else 422."""
    if not isinstance(value, list | None):
        raise invalid(field, f"{field}: must be a list")
    return [str(item) for item in value or ()]


def cursor(*numbers: int) -> str:
    """An opaque position."""
    return urlsafe_b64encode("|".join(map(str, numbers)).encode()).decode()


def position(text: str, count: int) -> list[int]:
    """What :func:`cursor` wrote; 400 for anything else."""
    try:
        numbers = [int(part) for part in urlsafe_b64decode(text.encode()).decode("ascii").split("|")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise bad_request("The cursor is not valid", "InvalidCursor")
    return numbers


def paged(call: Call, noun: str, rows: Callable[[str | None], Iterable[Json]]) -> Json:
    """One cursor page: ``page[size]`` and ``page[after]``. ``rows`` gives records from just after an id."""
    size = whole(call, "page[size]", LARGEST_PAGE, LARGEST_PAGE)
    after = call.one("page[after]")
    found = list(islice(rows(str(position(after, 1)[0]) if after else None), size + 1))
    page, more = found[:size], len(found) > size
    last = cursor(page[-1]["id"]) if page else None
    following = {"page[size]": size, "page[after]": last}
    return {
        noun: page,
        "meta": {"has_more": more, "after_cursor": last, "before_cursor": after},
        "links": {"next": f"{call.url}?{urlencode(following)}" if more else None, "prev": None},
    }


def listed(noun: str, rows: list[Json]) -> Json:
    """A short answer that needs no paging."""
    return {noun: rows, "next_page": None, "previous_page": None, "count": len(rows)}
