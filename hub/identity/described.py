"""One row a record: what the engine compares, standardised for matching only.

Texts are plain (small letters, no accents), the empty text means not known; lists may be empty.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from hub.identity.features import Features
from hub.identity.findings import LISTS
from hub.identity.vocabulary import Vocabulary
from hub.model.keys import Kind

_WORD = re.compile(r"[a-z]{3,}")
TAIL = 9
"""Digits from the right by which two telephone numbers are one: a wrong country code is a common slip."""

COLUMNS: Mapping[Kind, Sequence[str]] = {
    "person": (
        *("given", "root", "family", "birth", "emails", "own", "mobiles", "landlines", "number"),
        *("postcode", "house", "street", "city", "work"),
    ),
    "organisation": (
        *("firm", "form", "vat", "coc", "domains", "emails", "telephones"),
        *("postcode", "house", "street", "city"),
    ),
}


def schema(kind: Kind) -> pa.Schema:
    """The table's columns: ``id`` (from 0 on, in order) and the texts and lists of the kind."""
    texts, lists = pa.string(), pa.list_(pa.string())
    columns = [(name, lists if name in LISTS else texts) for name in COLUMNS[kind]]
    return pa.schema([("id", pa.int64()), *columns])


Description = Mapping[str, Any]
"""Column → text, or list of texts: one record as it is compared."""


def description(one: Features, words: Vocabulary) -> Description:
    """One record's row, but for its number."""
    return _person(one, words) if one.kind == "person" else _organisation(one, words)


def described(kind: Kind, some: Iterable[Features], words: Vocabulary) -> pa.Table:
    """A table of these records, numbered in their order."""
    rows = [{"id": number, **description(one, words)} for number, one in enumerate(some)]
    return pa.Table.from_pylist(rows, schema(kind))


def joined(kind: Kind, parts: Sequence[pa.Table]) -> pa.Table:
    """Tables one after the other, numbered anew."""
    whole = pa.concat_tables([schema(kind).empty_table(), *parts])
    return whole.set_column(0, "id", pa.array(range(whole.num_rows), pa.int64()))


def _person(one: Features, words: Vocabulary) -> dict[str, Any]:
    first = one.given.split()[0] if one.given else ""
    return {
        "given": one.given,
        "root": words.full(first) if len(first) > 1 else "",
        "family": one.family,
        "birth": one.birth_date,
        "emails": sorted(one.emails),
        "own": sorted(email for email in one.emails if _names(email, one, words)),
        "mobiles": _tails(one.phones),
        "landlines": _tails(one.landlines),
        "number": one.number,
        **_place(one),
        "work": sorted(one.workplaces),
    }


def _organisation(one: Features, words: Vocabulary) -> dict[str, Any]:
    return {
        "firm": one.name,
        "form": one.legal_form,
        "vat": one.vat,
        "coc": one.coc,
        "domains": sorted(one.domains),
        "emails": sorted(one.emails),
        "telephones": _tails(one.phones | one.landlines),
        **_place(one),
    }


def _place(one: Features) -> dict[str, Any]:
    return {
        "postcode": one.postal_code,
        "house": one.house_number,
        "street": one.street,
        "city": one.city,
    }


def _names(email: str, one: Features, words: Vocabulary) -> bool:
    """Whether an address spells the given name of this very person, or a short form: no household's then."""
    local = email.split("@")[0]
    spelled = {word for word in (one.given.replace(" ", ""), *one.given.split()) if len(word) > 2}
    if words.is_shared(email) or not spelled:
        return False
    short = {words.full(word) for word in _WORD.findall(local)} & {words.full(word) for word in spelled}
    return bool(short) or any(word in local for word in spelled)


def _tails(numbers: Iterable[str]) -> list[str]:
    return sorted({number[-TAIL:] for number in numbers})
