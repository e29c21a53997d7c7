"""The customers of one facet in one record: the record itself, or each item of a list in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors.keys import LONGEST, as_key, fingerprint
from hub.codecs import CodecError
from hub.mapping.lens import Unreadable
from hub.mapping.paths import Path, get
from hub.mapping.spec import Facet
from hub.model.allowed import Allowed

_ROOM = 255
"""Characters a key may have in the store, its suffix included."""


@dataclass(frozen=True, slots=True)
class Item:
    """One customer-to-be: its key within the system, and what is to be read."""

    key: str
    data: Mapping[str, Any]
    problem: Unreadable | None = None
    """Why it cannot be told from its neighbours, where that is so; its key is then made from its content."""


def items(facet: Facet, key: str, raw: Mapping[str, Any]) -> Iterator[Item]:
    """Every customer this facet finds in the record with this key; none is passed over."""
    if facet.each is None:
        yield Item(key + facet.suffix, raw)
        return
    listed = _listed(get(raw, facet.each))
    often = Counter(as_key(one.get("id")) for one in listed)
    found = {one.key: one for one in (_item(facet, facet.each, key, one, often) for one in listed)}
    yield from found.values()


def _listed(found: Any) -> list[Mapping[str, Any]]:
    """The items; what is no item, or no list of them, counts as one that cannot be read."""
    if found in (None, "", [], {}):
        return []
    several = found if isinstance(found, list) else [found]
    return [one if isinstance(one, Mapping) and isinstance(found, list) else {"": one} for one in several]


def _item(
    facet: Facet, each: Path, key: str, data: Mapping[str, Any], often: Mapping[str | None, int]
) -> Item:
    own = as_key(data.get("id"))
    whole = key + facet.suffix.replace("{id}", own or "")
    if own and often[own] == 1 and len(whole) <= _ROOM:
        return Item(whole, data)
    wrong = CodecError("id", Allowed.OWN_KEY, data.get("id"), longest=LONGEST)
    problem = Unreadable("id", (*each, "id"), wrong)
    return Item(key + facet.suffix.replace("{id}", f"?{fingerprint(data)}"), data, problem)
