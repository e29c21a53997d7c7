"""Pages with a Link header, and the two steps of a synchronisation."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Table
from sandbox.moneybird.forms import bad_request

AT_MOST = 100
Shown = Callable[[Mapping[str, Any]], bool]


def page(call: Call, keys: Sequence[str] | Iterator[str], table: Table, default: int) -> Reply:
    """The page a call asks for of the records ``keys`` names; the Link header names its neighbours."""
    number, size = _number(call, "page", 1, 10**6), _number(call, "per_page", default, AT_MOST)
    first, end = (number - 1) * size, number * size
    found = list(islice(keys, first, end + 1) if isinstance(keys, Iterator) else keys[first : end + 1])
    links = []
    if len(found) > size:
        links.append(_link(call, number + 1, "next"))
    if number > 1:
        links.append(_link(call, number - 1, "prev"))
    return Reply(200, [table.look(key) for key in found[:size]], {"Link": ", ".join(links)} if links else {})


def _number(call: Call, name: str, default: int, high: int) -> int:
    text = call.one(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= high:
        raise bad_request(f"{name} must be a number between 1 and {high}")
    return int(text)


def _link(call: Call, number: int, rel: str) -> str:
    query = {name: values[-1] for name, values in call.query.items()} | {"page": str(number)}
    return f'<{call.url}?{urlencode(query)}>; rel="{rel}"'


def versions(rows: Iterable[Mapping[str, Any]]) -> Reply:
    """Step one: id and version of everything."""
    return Reply(200, [{"id": row["id"], "version": row["version"]} for row in rows])


def by_ids(body: Any, table: Table, shown: Shown = lambda _: True) -> Reply:
    """Step two: the records of the first 100 ids; ids nobody has are left out, and so are the others."""
    if not isinstance(body, dict) or body.keys() != {"ids"} or not isinstance(body["ids"], list):
        raise bad_request("param is missing or the value is empty: ids")
    found = (table.get(str(key)) for key in body["ids"][:AT_MOST] if str(key).isdigit())
    return Reply(200, [row for row in found if row is not None and shown(row)])
