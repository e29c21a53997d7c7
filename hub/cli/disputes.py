"""``klantbeeld disputes`` and ``disputes answer``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Field, Json, Language, Limit, Store, System
from hub.cli.words import value
from hub.views.sentences import Sentences, sentences

if TYPE_CHECKING:
    from hub.flow.decide.answer import Reply
    from hub.views.disputes import Choice, Dispute, Disputes

ABOUT = """What nothing decides: values that differ, and no rule, edit or majority says which is right.

Nobody's value is written over meanwhile; the owner of the field says which one stands.

Example: klantbeeld disputes --owner sales

Example: klantbeeld disputes answer GOLDEN_ID birth_date --choice 1 --who anna --why 'asked him'
"""

Owner = Annotated[str | None, typer.Option("--owner", help="Only the fields of this department.")]


def listed(
    system: System = None,
    owner: Owner = None,
    field: Field = None,
    limit: Limit = 20,
    lang: Language = "en",
    json: Json = False,
    store: Store = None,
) -> None:
    """List what nothing decides, those first whose answer settles most customers at once.

    Of one system: those in which its people say something.

    Example: klantbeeld disputes --field address --limit 50
    """
    from typing import get_args

    from hub.cli.opening import named, one_field, one_of, opened
    from hub.mapping.spec import Department
    from hub.views.disputes import disputes

    with opened(store) as hub, screen.working("looking for what nothing decides"):
        who, what = one_of(get_args(Department), owner, "--owner"), one_field(hub, field)
        (where,) = named(hub, [system]) if system else (None,)
        found = disputes(hub, limit, system=where, owner=who, field=what, lang=lang)
    if json:
        screen.answer(found)
    else:
        _tell(found, sentences(lang))


def _tell(found: "Disputes", words: Sentences) -> None:
    rows: list[tuple[str, str, str, str, str]] = []
    for one in found.questions:
        told = {"customer": one.customer, "more": one.alike - 1}
        customer = words("disputes.alike", **told) if one.alike > 1 else one.customer
        where = words.field(f"{one.field}.{one.unit}" if one.unit else one.field)
        rows.append((one.golden_id, customer, where, one.owner_name, ""))
        for number, choice in enumerate(one.choices, 1):
            rows.append(("", f"  {number}: {value(choice.value, words)}", "", "", ", ".join(choice.records)))
    head = ("golden", "customer", "field", "owner", "says")
    screen.table("", [words(f"head.{one}") for one in head], rows)
    whole = {"listed": len(found.questions), "total": found.total, "customers": found.customers}
    screen.say(words("disputes.total", **whole))
    if found.questions:
        screen.say(words("disputes.answer"))


def answer(
    golden_id: Annotated[str, typer.Argument(metavar="GOLDEN_ID", help="Of which customer.")],
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="Of which field: birth_date, name.given_name.")
    ],
    choice: Annotated[
        int | None, typer.Option("--choice", min=1, help="The value's number, as listed.")
    ] = None,
    system: Annotated[
        str | None, typer.Option("--from", metavar="SYSTEM", help="The value this system's people have.")
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Answer every customer of whom the very same is asked.")
    ] = False,
    pin_until: Annotated[
        str | None,
        typer.Option("--pin-until", metavar="DATE", help="Until then no later edit changes it either."),
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Whose answer this is; kept with it.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why; kept with the answer.")] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Say which value stands. It counts as an edit made now: whoever edits later is believed.

    Example: klantbeeld disputes answer GOLDEN_ID address --from moneybird --who piet --why 'post came back'
    """
    from hub.cli.opening import opened
    from hub.flow.decide.answer import answer as take
    from hub.views.disputes import disputes

    person, reason, until = told("--who", who), told("--why", why), _date(pin_until)
    with opened(store) as hub, screen.working("bringing golden records up to date"):
        asked = disputes(hub).questions
        mine = _meant(asked, golden_id, field)
        chosen = _chosen(mine, choice, system)
        every = [one for one in asked if alike and _is_alike(one, mine)] or [mine]
        done = take(hub, [_reply(one, chosen) for one in every], person, reason, until)
    if json:
        screen.answer(done)
        return
    screen.show(f"{done.answers} answered: {value(chosen.value)}")
    screen.say("klantbeeld sync tells the systems")


def _date(text: str | None) -> str | None:
    from datetime import UTC, date, datetime

    from hub.model.instant import instant

    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a date such as 2027-01-31 is needed", param_hint="--pin-until") from None
    if day <= datetime.now(UTC).date():
        raise typer.BadParameter(f"{text} is over; give a day to come", param_hint="--pin-until")
    return instant(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _meant(asked: "tuple[Dispute, ...]", golden_id: str, field: str) -> "Dispute":
    """The question somebody means by a golden id and a field, or a field and a part of it."""
    name, _, unit = field.partition(".")
    found = [
        one for one in asked if one.golden_id == golden_id and one.field == name and unit in ("", one.unit)
    ]
    if len(found) > 1:
        names = ", ".join(f"{one.field}.{one.unit}" for one in found)
        raise typer.BadParameter(f"both are asked of it: {names}; name one", param_hint="FIELD")
    if not found:
        raise typer.BadParameter(
            "nothing is asked about that; klantbeeld disputes lists what is", param_hint="GOLDEN_ID FIELD"
        )
    return found[0]


def _chosen(one: "Dispute", number: int | None, system: str | None) -> "Choice":
    if (number is None) == (system is None):
        raise typer.BadParameter("give --choice N or --from SYSTEM", param_hint="--choice")
    if number is not None:
        if number > len(one.choices):
            raise typer.BadParameter(f"there are {len(one.choices)} values", param_hint="--choice")
        return one.choices[number - 1]
    found = [it for it in one.choices if system in it.systems]
    if len(found) != 1:
        what = "several values" if found else "no value"
        raise typer.BadParameter(f"{system} has {what} to choose; give --choice N", param_hint="--from")
    return found[0]


def _is_alike(one: "Dispute", other: "Dispute") -> bool:
    """Whether the very same is asked of both: the values as the hub holds them, not as they are shown."""
    where = (one.kind, one.field, one.unit) == (other.kind, other.field, other.unit)
    return where and _values(one) == _values(other)


def _values(one: "Dispute") -> set[str]:
    from hub.model.value import canonical

    return {canonical(it.value) for it in one.choices}


def _reply(one: "Dispute", chosen: "Choice") -> "Reply":
    from hub.flow.decide.answer import Reply
    from hub.model.keys import RecordKey

    (mine,) = [it for it in one.choices if it.value == chosen.value]
    return Reply(one.golden_id, one.field, one.unit, mine.value, RecordKey.parse(mine.records[0]))
