"""Finding a customer by whatever is at hand: an id, a record, a mailbox, a number, a home, a name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub.flow.decide.seek import Sought, seek
from hub.flow.decide.sides import record_key
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.identity.spelled import Forms, sought
from hub.mapping.views import ALL, Sight
from hub.model.instant import Instant
from hub.model.keys import Kind, RecordKey
from hub.store import due, reads, records
from hub.store import golden as goldens
from hub.store.engine import Connection
from hub.store.reads import Named
from hub.views.customer import Customer, card
from hub.views.naming import email_of, name_of, town_of
from hub.views.sentences import Lang, sentences


@dataclass(frozen=True, slots=True)
class Hit:
    """One customer among several."""

    golden_id: str
    kind: Kind
    name: str
    town: str
    email: str
    systems: tuple[str, ...]
    changed_at: Instant
    otherwise: bool
    """Found by a former name, or by one that lost: not by what the customer is called today."""


@dataclass(frozen=True, slots=True)
class Found:
    """One customer, or several to choose from."""

    customer: Customer | None = None
    redirected_from: str | None = None
    """The id that was asked for, where another one answers for it today."""
    hits: tuple[Hit, ...] = ()
    """The likeliest first."""
    more: bool = False
    """There are more than are listed."""


def find(hub: Hub, who: str, *, ledger: bool = False, limit: int = 20, lang: Lang = "en") -> Found:
    """The customer these words mean, or those they may mean. Raises NotFound.

    Work follows what is asked, not what is stored.
    """
    asked = who.strip()
    with hub.store.read() as connection:
        meant = seek(hub, connection, asked)
        if len(meant.golden_ids) > 1:
            return _listed(connection, meant, limit)
        golden = next(iter(goldens.by_ids(connection, meant.golden_ids).values()), None)
        if golden is None:
            raise NotFound(_why_nobody(connection, asked))
        shown = card(hub, connection, golden, sentences(lang), ledger=ledger)
    old = asked if meant.how == "id" and asked.lower() != golden.golden_id and "/" not in asked else None
    return Found(shown, old)


def candidates(hub: Hub, who: str, limit: int = 20, sight: Sight = ALL) -> Found:
    """Those whom these words may mean, as a list; of nobody too. ``sight``: sought by what is seen alone."""
    with hub.store.read() as connection:
        return _listed(connection, seek(hub, connection, who, sight.shows), limit)


def _listed(connection: Connection, meant: Sought, limit: int) -> Found:
    hits = _ranked(connection, meant, meant.golden_ids) + _ranked(connection, meant, meant.others)
    return Found(hits=tuple(hits[:limit]), more=meant.more or len(hits) > limit)


def _why_nobody(connection: Connection, asked: str) -> str:
    if key := record_key(asked):
        return _why_no_record(connection, key)
    waiting = due.count(connection)
    more = f". {waiting} records wait to be reconciled: klantbeeld sync" if waiting else ""
    return (
        "no such customer; give a golden id, a record key such as hubspot/person/123, an e-mail address, "
        f"a telephone number, a postal code with a house number, or words of the name{more}"
    )


def _why_no_record(connection: Connection, key: RecordKey) -> str:
    if reads.is_quarantined(connection, key):
        return f"{key} is in quarantine; klantbeeld quarantine {key.system} gives the reasons"
    if records.ids(connection, [key]):
        return f"{key} was admitted and waits to be reconciled; run klantbeeld sync"
    return f"there is no record {key}; klantbeeld sync {key.system} pulls what is new"


def _ranked(connection: Connection, meant: Sought, some: Collection[str]) -> list[Hit]:
    """Whoever is called so today first, then by name."""
    hits = [_hit(one, meant) for one in reads.named(connection, some)]
    return sorted(hits, key=lambda one: (one.otherwise, one.name.casefold(), one.golden_id))


def _hit(one: Named, meant: Sought) -> Hit:
    name = name_of(one)
    return Hit(
        one.golden_id,
        one.kind,
        name,
        town_of(one.document),
        email_of(one.document),
        one.systems,
        one.changed_at,
        meant.how in ("words", "parts") and not _is_called(name, meant.words),
    )


def _is_called(name: str, words: Sequence[Forms]) -> bool:
    """Whether a name has every word that was looked for, or what it is the beginning of."""
    own = sought(name)
    return all(any(it.startswith(form) for form in forms for one in own for it in one) for forms in words)
