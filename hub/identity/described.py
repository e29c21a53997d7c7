"""One row a record: what the engine compares, standardised for matching only.

Texts are plain (small letters, no accents), the empty text means not known; lists may be empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from hub.identity.features import FACTS, Features
from hub.identity.findings import LISTS
from hub.identity.letters import flat
from hub.identity.mailboxes import calls_another, has_initial, spells, told_by
from hub.identity.sounds import sound
from hub.identity.vocabulary import Vocabulary
from hub.model.keys import Kind

TAIL = 9
"""Digits from the right by which two telephone numbers are one: a wrong country code is a common slip."""

COLUMNS: Mapping[Kind, Sequence[str]] = {
    "person": (
        *("given", "second", "roots", "named", "family", "mark", "birth"),
        *("emails", "own", "initialled", "theirs", "handles", "locals", "mobiles", "landlines", "number"),
        *("postcode", "house", "addition", "street", "city", "work", "sounds"),
        *(f"fact{number}" for number in range(1, FACTS + 1)),
    ),
    "organisation": (
        *("firm", "words", "own_words", "trades", "sign", "form", "firms"),
        *("vat", "coc", "domains", "emails", "telephones"),
        *("postcode", "house", "addition", "street", "city"),
    ),
}
"""What each is: :func:`description`."""


def schema(kind: Kind) -> pa.Schema:
    """The table's columns: ``id`` (from 0 on, in order) and the texts and lists of the kind."""
    texts, lists = pa.string(), pa.list_(pa.string())
    columns = [(name, lists if name in LISTS else texts) for name in COLUMNS[kind]]
    return pa.schema([("id", pa.int64()), *columns])


Description = Mapping[str, Any]
"""Column → text, or list of texts: one record as it is compared."""


def description(one: Features, words: Vocabulary) -> Description:
    """One record's row, but for its number."""
    return _person(one, words) if one.kind == "person" else _organisation(one)


def described(kind: Kind, some: Iterable[Features], words: Vocabulary) -> pa.Table:
    """A table of these records, numbered in their order."""
    rows = [{"id": number, **description(one, words)} for number, one in enumerate(some)]
    return pa.Table.from_pylist(rows, schema(kind))


def joined(kind: Kind, parts: Sequence[pa.Table]) -> pa.Table:
    """Tables one after the other, numbered anew."""
    whole = pa.concat_tables([schema(kind).empty_table(), *parts])
    return whole.set_column(0, "id", pa.array(range(whole.num_rows), pa.int64()))


def _person(one: Features, words: Vocabulary) -> dict[str, Any]:
    given = (one.given, *one.second.split())
    spelled = [word for word in given if len(word) > 2]
    called = [word for full in given if full for word in sorted(words.roots(full))]
    names = (*given, *one.family.split(), one.family.replace(" ", ""))
    told = [told_by(email, names, words) for email in one.emails]
    facts = (*one.facts, *[""] * FACTS)
    return {
        "given": one.given,
        "second": one.second,
        # What a given name may be short for, itself among it: two that share one may be one name.
        "roots": sorted(words.roots(one.given)) if len(one.given) > 1 else [],
        # The same name where it is one in its own right, for which no other is a slip of the pen.
        "named": one.given if words.is_name(one.given) else "",
        "family": one.family,
        "mark": one.mark,
        "birth": one.birth_date,
        "emails": sorted(one.emails),
        # Mailboxes that spell this very person, and those that spell another, or a whole family.
        "own": sorted(email for email in one.emails if spells(email, spelled, words)),
        "initialled": sorted(email for email in one.emails if has_initial(email, given, one.family)),
        "theirs": sorted(email for email in one.emails if calls_another(email, called, one.family)),
        # Their local parts: those that say more than a name, and those that do not.
        "handles": sorted({local for local, more in told if more}),
        "locals": sorted({local for local, more in told if local and not more}),
        "mobiles": _tails(one.phones),
        "landlines": _tails(one.landlines),
        "number": one.number,
        **_place(one),
        "work": sorted(one.workplaces),
        "sounds": sorted({sound(word) for word in names[:-1] if len(word) > 1} - {""}),
        **{f"fact{number}": facts[number - 1] for number in range(1, FACTS + 1)},
    }


def _organisation(one: Features) -> dict[str, Any]:
    name = flat(one.name)
    return {
        "firm": name,
        # In whatever order: ``Garage Smit`` is ``Smit Garage``.
        "words": " ".join(sorted(name.split())),
        "own_words": sorted(map(flat, one.own_words)),
        "trades": sorted(one.trades),
        "sign": one.sign,
        "form": one.legal_form,
        "firms": one.group,
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
        "addition": one.addition,
        "street": one.street,
        "city": one.city,
    }


def _tails(numbers: Iterable[str]) -> list[str]:
    return sorted({number[-TAIL:] for number in numbers})
