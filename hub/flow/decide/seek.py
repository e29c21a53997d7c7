"""Whom words mean: an id in any form we print, a mailbox, a number, a home, or a name. Each by an index."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hub.codecs import CodecError, codec
from hub.codecs.reach import Phone, completed
from hub.flow.hub import Hub
from hub.identity.at_hand import keys_of_place, keys_of_value, mailbox
from hub.identity.candidates import Key
from hub.identity.spelled import Forms, sought
from hub.mapping.knowing import form_words
from hub.model.keys import KINDS, RecordKey
from hub.store import golden as goldens
from hub.store import identity, name_words, reads, records
from hub.store.engine import Connection

How = Literal["id", "value", "words", "parts"]
"""By what they were found: an id, a value that is theirs, whole words of a name, or parts of words."""
LONGEST = 200
"""Characters of what is asked that are looked at."""
May = Callable[[str], bool]
"""Whether somebody may look for customers by a shared field."""
MOST = 200
"""Customers looked at, of many who fit."""
_NUMBER = re.compile(r"\(?[+0-9][0-9 ()./\u2010-\u2015-]{4,40}")
_HOME = re.compile(r"([0-9A-Za-z][0-9A-Za-z -]*?)[\s,]+([0-9]{1,6})[\s-]*([0-9A-Za-z]{0,6})")
_JOINED_HOME = re.compile(r"([0-9]{4} ?[A-Za-z]{2}) ?([0-9]{1,6})([A-Za-z]{0,6})")
_HOMES = ("NL", "BE", "DE", "GB", "FR", "LU")
"""Countries of which a national number may be, besides those the mapping files name."""
_WRITTEN_AS = re.compile(r"(?i:tel|mailto):([^?]*)(?:\?.*)?|[^<>]*<([^<>\s]+@[^<>\s]+)>")
"""A number or a mailbox as programs copy it: ``tel:+31…``, ``Jan <jan@example.nl>``."""
_BEHIND = re.compile(r"\?|#(?!/)")
"""What begins behind the address of a page: a question, or a place in it."""
_PLAIN = ("vat", "vat_number"), ("kvk", "coc_number"), ("domain", "domain")


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is meant."""

    golden_ids: Sequence[str]
    how: How
    words: Sequence[Forms] = ()
    """The words of a name that were looked for."""
    others: Sequence[str] = ()
    """Where several have these very words: who has others that begin so."""
    more: bool = False
    """More fit than were looked at."""


def _everything(_: str) -> bool:
    return True


def seek(hub: Hub, connection: Connection, asked: str, may: May = _everything) -> Sought:
    """Everybody whom these words may mean, by the surest of what they may be; nobody where none fits.

    ``may``: by which fields: who finds somebody by a number learns whose it is.
    """
    told = _bare(asked.strip()[:LONGEST]).encode("utf-8", "replace").decode("utf-8")  # no UTF-8 is nobody's
    if found := _by_id(hub, connection, told):
        return Sought(found, "id")
    named = reads.with_blocking_key(connection, list(_keys(hub, told, may)), MOST + 1)
    if found := sorted({*_by_key(hub, connection, told), *named}):
        return _sought(found, "value")
    if not (may("name") and may("legal_name")) or (_mailbox(told) and not may("emails")):
        return Sought((), "words")
    words = sought(told, form_words(hub.mappings.customer.matching["organisation"]))
    if generic := _mailbox(told):
        words = [frozenset((generic,))]
    if found := name_words.called(connection, words, MOST + 1):
        others = name_words.beginning(connection, words, MOST + 1) if 1 < len(found) <= MOST else ()
        return _sought(found, "words", words, others)
    if found := name_words.beginning(connection, words, MOST + 1):
        return _sought(found, "parts", words)
    return _sought(_holding(connection, words), "parts", words)


def _bare(told: str) -> str:
    """What is asked without what programs write around it."""
    if "://" in told:
        return _BEHIND.split(told, maxsplit=1)[0]
    found = _WRITTEN_AS.fullmatch(told)
    return (found[1] or found[2]).strip() if found else told


def _sought(
    found: Sequence[str], how: How, words: Sequence[Forms] = (), others: Sequence[str] = ()
) -> Sought:
    rest = [one for one in others if one not in found]
    more = len(found) > MOST or len(others) > MOST
    return Sought(found[:MOST], how, words, rest[: MOST - len(found)], more)


def _holding(connection: Connection, words: Sequence[Forms]) -> Sequence[str]:
    """Who has words in which these stand, wherever; of words so short that is anybody."""
    each = [
        {word for form in forms for word in name_words.vocabulary_with(connection, form, MOST)}
        for forms in words
        if any(len(form) > 2 for form in forms)
    ]
    if len(each) < len(words) or not all(each):
        return ()
    return name_words.called(connection, each, MOST + 1)


def _by_id(hub: Hub, connection: Connection, told: str) -> list[str]:
    """By a golden id, a record's key, or a vendor's record as plans print it: ``hubspot/contacts/123``."""
    now = identity.resolve(connection, told.lower())
    if goldens.by_ids(connection, [now]):
        return [now]
    system, _, rest = told.partition("/")
    obj, _, key = rest.partition("/")
    if system not in hub.mappings.systems or not key:
        return []
    rows = {*records.of_raw(connection, [(system, obj)], key)}
    if obj in KINDS:
        known = RecordKey(system, "person" if obj == "person" else "organisation", key)
        rows |= {*records.ids(connection, [known]).values()}
    return _golden(connection, rows)


def _by_key(hub: Hub, connection: Connection, told: str) -> list[str]:
    """By a vendor's id alone or behind its object (``contacts/123``), or the end of a link to the vendor."""
    *_, obj, alone = ("", *told.rstrip("/").split("/"))
    named = "://" not in told and told.partition("/")[0] in hub.mappings.systems
    if named or not any(map(str.isdecimal, alone)) or any(map(str.isspace, alone)):
        return []
    every = [(name, one) for name, it in hub.mappings.systems.items() for one in it.objects]
    places = [one for one in every if one[1] == obj] or every
    return _golden(connection, records.of_raw(connection, places, alone.partition("#")[0], alone))


def _golden(connection: Connection, rows: Collection[int]) -> list[str]:
    return sorted({*identity.golden_of(connection, rows).values()})


def _keys(hub: Hub, told: str, may: May) -> Iterator[Key]:
    """The keys of all these words may be as a value."""
    if address := _mailbox(told):
        yield from keys_of_value("emails", address) if may("emails") else ()
        return
    if _NUMBER.fullmatch(told) and may("phones"):
        for number in _numbers(hub, told):
            yield from keys_of_value("phones", number)
    for pattern in (_HOME, _JOINED_HOME) if may("address") else ():
        if (home := pattern.fullmatch(told)) and any(map(str.isdecimal, home[1])):
            yield from keys_of_place(home[1], home[2])
    for name, field in _PLAIN:
        if may(field) and (value := _read(name, told)) and (field != "domain" or "." in told):
            yield from keys_of_value(field, value)


def _mailbox(told: str) -> str:
    """The mailbox these words are, as the hub would store it; empty for what is none."""
    if "@" not in told.strip("@"):
        return ""
    return mailbox(told) or told.lower()


def _read(name: str, told: str) -> str:
    try:
        return str(codec(name).read(told) or "")
    except CodecError:
        return ""


def _numbers(hub: Hub, told: str) -> set[str]:
    """A telephone number as each of the lines it may be."""
    digits = "".join(one for one in told if one.isdecimal())
    found = {digits} if len(digits) >= 9 else set()
    try:
        number = str(Phone().read(told) or "")
    except CodecError:
        return found
    homes = {*_HOMES, *_regions(hub)}
    return found | {whole for home in homes if number and (whole := completed(number, [home]))}


def _regions(hub: Hub) -> Iterator[str]:
    """The countries of which the mapping files say that a number may be."""
    for system in hub.mappings.systems.values():
        facets = (facet for obj in system.objects.values() for facet in obj.facets)
        for part in (part for facet in facets for lens in facet.lenses.values() for part in lens.parts):
            if isinstance(part.codec, Phone):
                yield from f"{part.codec.region} {part.codec.likely}".upper().split()
