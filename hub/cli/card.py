"""The card of one customer, for a terminal."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hub.cli import screen
from hub.cli.words import value, when

if TYPE_CHECKING:
    from hub.views.customer import Customer, FieldView, Rival

Row = tuple[str, str, str, str, str]


def tell(customer: "Customer") -> None:
    """Print everything known."""
    screen.show(f"{customer.name}  ({customer.kind})", "bold")
    screen.show(f"golden id {customer.golden_id}, version {customer.version}, {when(customer.changed_at)}")
    screen.show()
    rows = [row for field in customer.fields for row in _rows(field)]
    screen.table("Fields", ("field", "value", "from", "since", "rule"), rows)
    _records(customer)
    _links(customer)
    _consent(customer)
    if customer.ledger is not None:
        _ledger(customer)


def _rows(field: "FieldView") -> Iterator[Row]:
    rule = f"{field.rule} until {when(field.pinned_until)}" if field.pinned_until else field.rule
    why = f"{rule}: {_stands(field)}" if field.standing else rule
    yield field.name, value(field.value), field.source or "-", when(field.since) if field.since else "-", why
    for some in field.candidates.values():
        for number, it in enumerate(some, 1):
            yield "", f"  {number}? {value(it['value'])}", ", ".join(it["from"]), "", "nothing decides"
    for part, source in field.filled.items():
        yield "", f"  {part} filled in", source, "", ""
    for one in field.overruled:
        yield _rival("overruled", one)
    listed = {source for some in field.candidates.values() for it in some for source in it["from"]}
    for one in field.others:
        if one.source not in listed:
            yield _rival("not", one)


def _stands(field: "FieldView") -> str:
    """Why it stands, part by part where the reasons differ."""
    told = field.standing
    if len(set(told.values())) == 1 and not field.candidates:
        return next(iter(told.values()))
    return ", ".join(f"{unit} {why}".strip() for unit, why in told.items())


def _rival(word: str, one: "Rival") -> Row:
    said = "emptied" if one.value is None else value(one.value)
    return "", f"  {word}: {said}", one.source, when(one.at), one.why


def _records(customer: "Customer") -> None:
    rows = [(one.title, one.department, one.key, _state(one.deleted, one.held)) for one in customer.records]
    screen.show()
    screen.table("Known in", ("system", "department", "record", ""), rows)


def _state(deleted: bool, held: Mapping[str, str]) -> str:
    return "deleted there" if deleted else "; ".join(f"{name}: {why}" for name, why in held.items())


def _links(customer: "Customer") -> None:
    rows = [(one.link, one.name, one.golden_id or "-", ", ".join(one.sources)) for one in customer.links]
    if rows:
        screen.show()
    screen.table("Belongs to", ("link", "customer", "golden id", "said by"), rows)


def _consent(customer: "Customer") -> None:
    rows = [
        (one["channel"], one["decision"], when(one["at"]), one.get("address", "-"), one["evidence"])
        for one in customer.consent_events
    ]
    if rows:
        screen.show()
    screen.table("Consent", ("channel", "decision", "at", "address", "evidence"), rows)


def _ledger(customer: "Customer") -> None:
    rows = [
        (
            when(one.at),
            f"{one.system}/{one.object}/{one.raw_key}",
            one.field,
            value(one.before),
            value(one.after),
            one.status,
        )
        for one in customer.ledger or ()
    ]
    screen.show()
    screen.table("Written by the hub", ("at", "record", "field", "before", "after", "answer"), rows)
    if not rows:
        screen.show("The hub has written nothing about this customer.")
