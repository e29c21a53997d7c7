"""Which pairs are worth comparing: those that share a key.

A key that a crowd shares tells nobody apart, and compares everybody with everybody: it is left out. That is
a function of the set of records, so the order in which they came cannot matter. Of a key that says little, a
name, far fewer are a crowd: its pairs grow with the square of the records, and who shares nothing else with
so many namesakes is not told apart by it. Who is one customer thirty times shares more than a name.
"""

from collections.abc import Mapping
from hashlib import md5

import duckdb

from hub.model.keys import Kind

CROWD, LOOSE = 300, 30
"""Records that share a key, and one that says little; from more on it is left out."""
MOST = (CROWD, LOOSE)
"""The same, by a key's lowest bit."""

_PLACE = "if(postcode <> '' and house <> '', 'ph' || postcode || '/' || house, null)"
_STREET = "if(street <> '' and house <> '', 'sh' || house || street[:8] || city[:4], null)"
_NAMED = "family <> '' and given <> ''"

TEXTS: Mapping[Kind, tuple[str, ...]] = {
    "person": (
        "if(number <> '', 'i' || number, null)",
        "if(family <> '' and birth <> '', 'fb' || family[:4] || birth, null)",
        "if(given <> '' and birth <> '', 'gb' || given[:3] || birth, null)",
        "if(birth <> '' and postcode <> '', 'bp' || birth || postcode, null)",
        "if(birth <> '' and house <> '', 'bh' || birth || house, null)",
        _PLACE,
        _STREET,
    ),
    "organisation": (
        "if(vat <> '', 'v' || vat, null)",
        "if(coc <> '', 'k' || coc, null)",
        "if(words <> '', 'n' || replace(words, ' ', ''), null)",
        "if(firm <> '', 'n' || replace(firm, ' ', ''), null)",
        _PLACE,
        _STREET,
    ),
}
"""Keys made of texts, null where a record does not tell enough."""

LOOSELY: Mapping[Kind, tuple[str, ...]] = {
    "person": (
        "if(family <> '' and postcode <> '', 'fp' || family[:4] || postcode, null)",
        f"if({_NAMED}, 'n' || family || '/' || given, null)",
        f"if({_NAMED}, 'n' || given || '/' || family, null)",
        "if(given <> '' and postcode <> '', 'gp' || given[:3] || postcode, null)",
        "if(birth <> '' and given <> '', 'y' || given[:2] || family[:1] || birth[:7], null)",
        "if(birth <> '' and city <> '', 'bc' || birth || city[:5], null)",
        "if(street <> '' and house <> '' and family <> '', 'sf' || house || street[:3] || family[:2], null)",
        "if(birth <> '' and house <> '', 'hb' || house || birth[:7], null)",
        "if(birth <> '' and street <> '', 'sy' || street[:6] || birth[:4], null)",
        "if(number <> '', 'ib' || number[:4] || birth[:4], null)",
    ),
    "organisation": (
        "if(firm <> '' and postcode <> '', 'np' || firm[:4] || postcode, null)",
        "if(house <> '' and city <> '' and firm <> '', 'hc' || house || city[:5] || firm[:1], null)",
    ),
}
"""The same of keys that say little."""

LISTED: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "person": (
        ("'e' || one", "emails"),
        ("'t' || one", "mobiles"),
        ("'t' || one", "landlines"),
        ("if(family <> '', 'w' || one || family[:3], null)", "work"),
    ),
    "organisation": (("'e' || one", "emails"), ("'t' || one", "telephones"), ("'d' || one", "domains")),
}
"""Keys made of each element, ``one``, of a list; and the list."""

LISTED_LOOSELY: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "person": (
        ("if(family <> '', 'r' || family || '/' || one, null)", "roots"),
        ("'u' || one[-6:]", "mobiles"),
        ("'u' || one[-6:]", "landlines"),
        ("'l' || one", "handles"),
        ("'l' || one", "locals"),
        # The sounds of a name in any order and field; one beside a town, and beside a day or month of birth.
        ("if(one <> sounds[1], 'ss' || sounds[1] || '/' || one, null)", "sounds"),
        ("if(city <> '', 'sc' || one || '/' || city, null)", "sounds"),
        ("if(birth <> '', 'sb' || one || '/' || birth[:4], null)", "sounds"),
        ("if(birth <> '', 'sd' || one || '/' || birth[6:], null)", "sounds"),
    ),
    "organisation": (
        ("'o' || one", "own_words"),
        ("if(city <> '', 'oc' || one || '/' || city[:5], null)", "own_words"),
        ("if(postcode <> '', 'op' || one || '/' || postcode[:4], null)", "own_words"),
    ),
}
"""The same of keys that say little."""

Key = int
"""A key as it is stored: 62 bits of a hash of its text, and a lowest one that is 1 where it says little.

Two texts of one hash cost a comparison, no more.
"""


def key(kind: Kind, text: str) -> Key:
    """A key as a number; ``text`` as in :data:`TEXTS` and :data:`LISTED`: ``e`` and a mail address."""
    digest = md5(f"{kind}{text}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") >> 2 << 1


def keys(connection: duckdb.DuckDBPyConnection, kind: Kind) -> dict[int, list[Key]]:
    """Record → its keys as numbers, in order, of all in ``described``; kinds never share one."""
    _key(connection, kind)
    number = f"(md5_number_lower('{kind}' || key) >> 2)::bigint * 2 + loose"
    return dict(
        connection.execute(f"select id, list({number} order by {number}) from keyed group by id").fetchall()
    )


def _key(connection: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    texts = [
        f"select id, unnest([{', '.join(some[kind])}]) as key, {loose} as loose from described"
        for loose, some in enumerate((TEXTS, LOOSELY))
    ]
    lists = [
        f"select id, {key}, {loose} from (select *, unnest({column}) as one from described)"
        for loose, some in enumerate((LISTED, LISTED_LOOSELY))
        for key, column in some[kind]
    ]
    every = " union all ".join([*texts, *lists])
    connection.execute(
        f"create or replace table keyed as select distinct * from ({every}) where key is not null"
    )


def block(connection: duckdb.DuckDBPyConnection, kind: Kind) -> int:
    """Fill the table ``pair(low, high)`` from ``described``; returns how many pairs that are."""
    _key(connection, kind)
    connection.execute(
        "create table pair as with telling as (select key from keyed group by key "
        "having count(*) between 2 and if(any_value(loose) = 1, $loose, $crowd)), "
        "kept as (select id, key from keyed semi join telling using (key)) "
        "select distinct l.id as low, r.id as high from kept l join kept r on l.key = r.key and l.id < r.id",
        {"crowd": CROWD, "loose": LOOSE},
    )
    connection.execute("drop table keyed")
    ((found,),) = connection.execute("select count(*) from pair").fetchall()
    return int(found)
