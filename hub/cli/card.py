"""The card of one customer, for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.cli import refused, screen
from hub.cli.words import value, when
from hub.views.sentences import Sentences

if TYPE_CHECKING:
    from hub.views.customer import Customer, FieldView, RecordView, Rival

Row = tuple[str, str, str, str, str]


def tell(customer: "Customer", words: Sentences) -> None:
    """Print everything known."""
    _Card(customer, words).tell()


@dataclass(frozen=True, slots=True)
class _Card:
    customer: "Customer"
    words: Sentences

    def tell(self) -> None:
        one = self.customer
        screen.show(f"{one.name}  ({self.words(f'kind.{one.kind}')})", "bold")
        whole = {"golden_id": one.golden_id, "version": one.version, "at": when(one.changed_at)}
        screen.show(self.words("card.golden", **whole))
        screen.show()
        rows = [row for field in one.fields for row in self._rows(field)]
        self._table("card.fields", ("field", "value", "from", "since", "rule"), rows)
        self._records()
        self._links()
        self._consent()
        if one.refused:
            screen.show()
            screen.show(self.words("plan.refused", total=len(one.refused)), "bold")
            refused.tell(one.refused, self.words)
        if one.ledger is not None:
            self._ledger()

    def _table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        screen.table(self.words(title), [self.words(f"head.{one}") if one else "" for one in head], rows)

    def _rows(self, field: "FieldView") -> Iterator[Row]:
        words, name = self.words, self.words.field(field.name)
        since = when(field.since) if field.since else "-"
        yield name, value(field.value, words), field.source or "-", since, self._rule(field)
        for some in field.candidates.values():
            for number, it in enumerate(some, 1):
                undecided = words("card.undecided")
                yield "", f"  {number}? {value(it['value'], words)}", ", ".join(it["from"]), "", undecided
        for part, source in field.filled.items():
            yield "", "  " + words("card.filled", part=part), source, "", ""
        for one in field.overruled:
            yield self._rival("card.overruled", one)
        listed = {source for some in field.candidates.values() for it in some for source in it["from"]}
        for one in field.others:
            if one.source not in listed:
                yield self._rival("card.not", one)

    def _rule(self, field: "FieldView") -> str:
        rule = self.words.name("by", field.rule)
        if field.pinned_until:
            rule = self.words("card.pinned", rule=rule, until=when(field.pinned_until))
        return f"{rule}: {self._stands(field)}" if field.standing else rule

    def _stands(self, field: "FieldView") -> str:
        """Why it stands, part by part where the reasons differ."""
        told = {unit: self.words.name("stands", why) for unit, why in field.standing.items()}
        if len(set(told.values())) == 1 and not field.candidates:
            return next(iter(told.values()))
        return ", ".join(f"{unit} {why}".strip() for unit, why in told.items())

    def _rival(self, key: str, one: "Rival") -> Row:
        said = self.words("card.emptied") if one.value is None else value(one.value, self.words)
        return "", "  " + self.words(key, value=said), one.source, when(one.at), one.why

    def _records(self) -> None:
        rows = [(one.title, one.department_name, one.key, self._state(one)) for one in self.customer.records]
        screen.show()
        self._table("card.known_in", ("system", "department", "record", ""), rows)

    def _state(self, one: "RecordView") -> str:
        if one.deleted:
            return self.words("card.deleted")
        held = one.held.items()
        return "; ".join(f"{self.words.field(name)}: {self.words.name('waits', why)}" for name, why in held)

    def _links(self) -> None:
        rows = [
            (self.words.name("link", one.link), one.name, one.golden_id or "-", ", ".join(one.sources))
            for one in self.customer.links
        ]
        if rows:
            screen.show()
        self._table("card.belongs", ("link", "customer", "golden", "said_by"), rows)

    def _consent(self) -> None:
        rows = [
            (one["channel"], one["decision"], when(one["at"]), one.get("address", "-"), one["evidence"])
            for one in self.customer.consent_events
        ]
        if rows:
            screen.show()
        self._table("card.consent", ("channel", "decision", "at", "address", "evidence"), rows)

    def _ledger(self) -> None:
        rows = [
            (
                when(one.at),
                f"{one.system}/{one.object}/{one.raw_key}",
                self.words.field(one.field),
                value(one.before, self.words),
                value(one.after, self.words),
                one.status,
            )
            for one in self.customer.ledger or ()
        ]
        screen.show()
        self._table("card.ledger", ("at", "record", "field", "before", "after", "answer"), rows)
        if not rows:
            screen.show(self.words("card.no_ledger"))
