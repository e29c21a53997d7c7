"""Search before create: the customers most like somebody about to be entered, by the matching engine."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from hub.flow.errors import FlowError
from hub.flow.hub import Hub, Matching
from hub.flow.recognise.describe import Words, words_of
from hub.identity.at_hand import mailbox
from hub.identity.candidates import CROWD
from hub.identity.described import description
from hub.identity.features import features
from hub.identity.rating import stored
from hub.identity.searching import Searcher, searcher
from hub.matching.columns import ROLES, Columns
from hub.model.keys import Kind
from hub.store import descriptions, identity, reads, records
from hub.store.engine import Connection
from hub.views.naming import email_of, name_of, town_of

FIELDS = {
    **dict.fromkeys(("email",), "emails"),
    **dict.fromkeys(("phone", "mobile"), "phones"),
    **dict.fromkeys(("given_name", "family_name", "middle_name", "name_suffix", "name"), "name"),
    **dict.fromkeys(
        ("street", "house_number", "house_number_addition", "postal_code", "city", "country", "address"),
        "address",
    ),
}
"""Role of what is told → the shared field it tells of; the others are called as their field."""
ORGANISATIONAL = frozenset({"legal_name", "vat_number", "coc_number"})


class TooLittle(FlowError):
    """What was told identifies nobody; says what would."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One customer who may be meant."""

    golden_id: str
    kind: Kind
    name: str
    town: str
    email: str
    systems: tuple[str, ...]
    record: str
    """The record that is most like who is sought."""
    bits: float
    """In favour of one customer: 0 is as likely as not, each bit doubles the odds."""
    likely: bool
    """Enough alike to be taken for one, or the one who has that very mailbox of his own; enter nobody anew
    without a look."""


@dataclass(frozen=True, slots=True)
class Search:
    """A warm search, for one thread."""

    hub: Hub
    warm: Searcher
    words: Words
    matching: Matching

    def __call__(self, told: Mapping[str, str], kind: Kind | None = None, limit: int = 10) -> list[Candidate]:
        """The best candidates, likeliest first. ``told``: role (``name``, ``email``, …) → text.

        Raises TooLittle. ``kind``: else what is told decides; work follows what is told, not what is stored.
        """
        chosen, sought = self._described(told, kind)
        keys = self.warm.keys_of(chosen, sought)
        if not keys:
            raise TooLittle(
                "that identifies nobody; give an e-mail address, a telephone number, a full name, or a date "
                "of birth or an address beside a family name"
            )
        with self.hub.store.read() as connection:
            rows = descriptions.some_holders(connection, keys, CROWD)
            others = descriptions.documents(connection, rows)
            rated = self.warm.rated(sought, others, self.matching[chosen]) if others else {}
            likely = {row for row, bits in rated.items() if bits >= self.matching[chosen].accept}
            likely |= self._by_mailbox(connection, told.get("email", ""), chosen, others)
            return _candidates(connection, rated, likely, chosen, limit)

    def _by_mailbox(
        self, connection: Connection, address: str, kind: Kind, others: Mapping[int, str]
    ) -> set[int]:
        """The records that tell a private mailbox, where they are all one customer's."""
        told, words = mailbox(address), self.words[kind]
        if not told or words.is_generic(told) or words.is_shared(told):
            return set()
        rows = {row for row, one in others.items() if f'"{told}"' in one}
        return rows if len({*identity.golden_of(connection, rows).values()}) == 1 else set()

    def _described(self, told: Mapping[str, str], kind: Kind | None) -> tuple[Kind, str]:
        chosen: Kind = kind or ("organisation" if ORGANISATIONAL & told.keys() else "person")
        row = {role: told.get(role, "") for role in ROLES}
        columns = Columns({role: [role] for role in ROLES if told.get(role)}, chosen)
        _, said, employer = columns.read(row, self.hub.mappings.customer.fields)
        marks = frozenset({f"n:{employer}"} if employer else ())
        one = features(chosen, said, self.words[chosen], marks)
        return chosen, stored([description(one, self.words[chosen])])


@contextmanager
def searching(hub: Hub) -> Iterator[Search]:
    """A search, for as long as the block runs."""
    with searcher() as warm:
        yield Search(hub, warm, words_of(hub), hub.matching())


def _candidates(
    connection: Connection, rated: Mapping[int, float], likely: Collection[int], kind: Kind, limit: int
) -> list[Candidate]:
    """The best record of each customer, the likely ones first."""
    golden = identity.golden_of(connection, rated)
    best: dict[str, int] = {}
    for row in sorted(golden, key=lambda one: (one not in likely, -rated[one], one)):
        best.setdefault(golden[row], row)
    chosen = dict(list(best.items())[:limit])
    known = {one.golden_id: one for one in reads.named(connection, chosen)}
    keys = records.keys_by_row(connection, list(chosen.values()))
    return [
        Candidate(
            golden_id,
            kind,
            name_of(known[golden_id]),
            town_of(known[golden_id].document),
            email_of(known[golden_id].document),
            known[golden_id].systems,
            str(keys[row]),
            round(rated[row], 1),
            row in likely,
        )
        for golden_id, row in chosen.items()
        if golden_id in known
    ]
