"""The one search over users, organizations and tickets: words, and ``field:value`` among them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from sandbox.core.operation import Answer, Call, Reply
from sandbox.core.table import Json
from sandbox.zendesk.forms import bad_request, error
from sandbox.zendesk.requests import LARGEST_PAGE, whole

FOUND = 1000
"""Results one search ever gives."""
_WORD = re.compile(r'(?:([\w.]+):)?("[^"]*"|\S+)')
_READ = ("name", "subject", "email", "external_id")
Rows = Callable[[], Iterable[Json]]


class Search:
    """``kinds``: result type → all records of it that are not deleted."""

    def __init__(self, kinds: Mapping[str, Rows]) -> None:
        self._kinds = kinds

    def page(self, call: Call) -> Reply:
        """One page by number; 422 beyond the thousandth result."""
        query = call.one("query")
        if not query:
            raise bad_request("query is required", "ParameterMissing")
        size, number = whole(call, "per_page", LARGEST_PAGE, LARGEST_PAGE), whole(call, "page", 1, FOUND)
        end = size * number
        if end > FOUND:
            raise Answer(error(422, "invalid", f"A search gives at most {FOUND} results"))
        found = list(islice(self._found(query), FOUND))
        following = urlencode({"query": query, "per_page": size, "page": number + 1})
        return Reply(
            200,
            {
                "results": found[end - size : end],
                "count": len(found),
                "next_page": f"{call.url}?{following}" if len(found) > end else None,
                "previous_page": None,
                "facets": None,
            },
        )

    def _found(self, query: str) -> Iterator[Json]:
        asked = [(name, text.strip('"').lower()) for name, text in _WORD.findall(query)]
        types = {text for name, text in asked if name == "type"} or self._kinds.keys()
        terms = [(name, text) for name, text in asked if name != "type"]
        some = chain.from_iterable(
            ({**row, "result_type": kind} for row in rows())
            for kind, rows in self._kinds.items()
            if kind in types
        )
        return (row for row in some if all(_fits(row, name, text) for name, text in terms))


def _fits(row: Mapping[str, Any], name: str, text: str) -> bool:
    if name:
        return str(row.get(name) or "").lower() == text
    return any(text in str(row.get(one) or "").lower() for one in _READ)
