"""Finding a customer by whatever somebody has at hand: an id, a record, a mailbox, a name."""

from dataclasses import dataclass
from unicodedata import normalize

import orjson

from hub.codecs import CodecError, codec
from hub.flow.decide.sides import record_key
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.identity.candidates import key
from hub.model.instant import Instant
from hub.model.keys import KINDS, Kind, RecordKey
from hub.store import golden as goldens
from hub.store import identity, reads, records
from hub.store.engine import Connection
from hub.views.customer import Customer, card
from hub.views.naming import Called, name_of
from hub.views.sentences import Lang, sentences


@dataclass(frozen=True, slots=True)
class Hit:
    """One customer among several."""

    golden_id: str
    kind: Kind
    name: str
    systems: tuple[str, ...]
    changed_at: Instant


@dataclass(frozen=True, slots=True)
class Found:
    """One customer, or several to choose from."""

    customer: Customer | None = None
    redirected_from: str | None = None
    """The id that was asked for, where another one answers for it today."""
    hits: tuple[Hit, ...] = ()
    more: bool = False
    """There are more than are listed."""


def find(hub: Hub, who: str, *, ledger: bool = False, limit: int = 20, lang: Lang = "en") -> Found:
    """The customer with this golden id, record key, e-mail address or name.

    Raises NotFound. Only a name (or an address too common to be a key) reads every golden record.
    """
    asked = who.strip()
    with hub.store.read() as connection:
        now = identity.resolve(connection, asked)
        ids = _known(connection, asked, now, limit + 1)
        hits = _hits(connection, ids) if ids else _search(connection, asked, limit + 1)
        if not hits:
            raise NotFound(
                "no such customer; give a golden id, a record key such as hubspot/person/123, "
                "an e-mail address or a part of the name"
            )
        if len(hits) > 1:
            return Found(hits=tuple(hits[:limit]), more=len(hits) > limit)
        golden = goldens.by_ids(connection, [hits[0].golden_id])[hits[0].golden_id]
        shown = card(hub, connection, golden, sentences(lang), ledger=ledger)
    return Found(shown, asked if now != asked else None)


def _known(connection: Connection, asked: str, now: str, limit: int) -> list[str]:
    """Golden ids by an index: id, record key or mailbox. Empty for what can only be a name."""
    if goldens.by_ids(connection, [now]):
        return [now]
    if record := record_key(asked):
        return [_of_record(connection, record)]
    if "@" in asked and not asked.endswith("@"):
        address = _address(asked)
        return reads.with_blocking_key(connection, [key(kind, f"e{address}") for kind in KINDS], limit)
    return []


def _of_record(connection: Connection, key: RecordKey) -> str:
    row = records.ids(connection, [key]).get(key)
    golden_id = identity.golden_of(connection, [row]).get(row) if row is not None else None
    if golden_id:
        return golden_id
    if reads.is_quarantined(connection, key):
        raise NotFound(f"{key} is in quarantine; klantbeeld quarantine {key.system} gives the reasons")
    if row is not None:
        raise NotFound(f"{key} was admitted and waits to be reconciled; run klantbeeld sync")
    raise NotFound(f"there is no record {key}; klantbeeld sync {key.system} pulls what is new")


def _address(asked: str) -> str:
    """The mailbox as the hub would store it."""
    try:
        return str(codec("email").read(asked))
    except CodecError:
        return asked.lower()


def _hits(connection: Connection, ids: list[str]) -> list[Hit]:
    known = goldens.by_ids(connection, ids)
    return [Hit(one.golden_id, one.kind, name_of(one), one.systems, one.changed_at) for one in known.values()]


def _search(connection: Connection, asked: str, limit: int) -> list[Hit]:
    """Customers whose name (or one of whose addresses) holds every word, by name."""
    words = normalize("NFC", asked).split()
    hits: list[Hit] = []
    if not words:
        return hits
    for one in reads.containing(connection, [_pattern(word.lower()) for word in words]):
        if all(word.casefold() in _searched(one) for word in words):
            hits.append(Hit(one.golden_id, one.kind, name_of(one), one.systems, one.changed_at))
        if len(hits) == limit:
            break
    return sorted(hits, key=lambda one: (one.name.casefold(), one.golden_id))


def _searched(one: Called) -> str:
    emails = one.document.get("emails")
    addresses = " ".join(map(str, emails)) if isinstance(emails, list) else ""
    return f"{name_of(one)} {addresses}".casefold()


def _pattern(word: str) -> str:
    """A LIKE pattern; a letter beyond ASCII matches any, for databases fold only some of them."""
    quoted = orjson.dumps(word).decode()[1:-1]
    return "%" + "".join(_step(letter) for letter in quoted) + "%"


def _step(letter: str) -> str:
    return "_" if not letter.isascii() else f"\\{letter}" if letter in "\\%_" else letter
