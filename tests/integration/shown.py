"""What systems show of a customer, what people type there, and what of theirs the hub wrote over."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from connectors.contract import Json
from hub.flow import verbs
from tests.integration.household import Customer, rows
from tests.integration.stage import ROUND, SHIPPED, Stage, Staged

OBJECT = {"hubspot": "contacts", "brevo": "contacts", "zendesk": "users", "moneybird": "contacts"}
Seed = dict[str, dict[str, list[dict[str, Any]]]]
FACTS = {"golden_id", "GOLDEN_ID", "overdue_balance", "OVERDUE_BALANCE", "open_tickets", "OPEN_TICKETS"}
"""What the hub keeps for itself: nobody types there."""


def seed(*people: int, firms: tuple[int, ...] = (), without: tuple[str, ...] = ()) -> Seed:
    """The rows of these customers, to be altered; the systems ``without`` them know nobody."""
    made = rows([Customer(one) for one in people], [Customer(one) for one in firms])
    return {
        system: {
            obj: [] if system in without else [deepcopy(dict(one)) for one in some]
            for obj, some in objects.items()
        }
        for system, objects in made.items()
    }


def key(system: str, number: int = 1, kind: str = "person") -> str:
    """The key of a customer's record."""
    return Customer(number).key(system, kind)


_LINES: Mapping[str, Callable[[Json], Json]] = {
    "hubspot": lambda told: {"properties": told},
    "brevo": lambda told: {"attributes": told},
    "zendesk": lambda told: told,
    "moneybird": lambda told: told,
}


def types(stage: Stage, system: str, number: int = 1, /, **told: str | None) -> None:
    """A person types this into a customer's record."""
    stage.edit(system, OBJECT[system], key(system, number), _LINES[system](told))


def shows(stage: Stage, system: str, record: str = "", obj: str = "") -> dict[str, Any]:
    """What a system shows of a record: of customer 1, where none is named."""
    record, obj = record or key(system), obj or OBJECT[system]
    data: dict[str, Any] = stage.connector(SHIPPED.systems[system]).fetch(obj, [record])[record].data
    inner: dict[str, Any] = data.get({"hubspot": "properties", "brevo": "attributes"}.get(system, ""), data)
    return inner


def line(stage: Stage, system: str, *names: str) -> tuple[Any, ...]:
    """Some of what a system shows of customer 1."""
    shown = shows(stage, system)
    return tuple(shown.get(one) or "" for one in names)


def name(stage: Stage, system: str) -> str:
    """The name a system shows of customer 1; a bar stands where it is cut."""
    places = {
        "hubspot": ("firstname", "lastname"),
        "brevo": ("FIRSTNAME", "LASTNAME"),
        "moneybird": ("firstname", "lastname"),
        "zendesk": ("name",),
    }
    return "|".join(line(stage, system, *places[system]))


def home(stage: Stage, system: str) -> str:
    """The address a system shows of customer 1, without its country."""
    places = {
        "hubspot": ("address", "zip", "city"),
        "brevo": ("STREET", "POSTCODE", "CITY"),
        "moneybird": ("address1", "address2", "zipcode", "city"),
    }
    return ", ".join(filter(None, line(stage, system, *places[system])))


def unattended(hub: Staged, rounds: int = 1) -> None:
    """Rounds in which nobody approves anything: what is held stays held."""
    for _ in range(rounds):
        hub.stage.pass_time(ROUND)
        hub.pull()
        for system in hub.systems:
            verbs.publish(hub.hub, system)


def written_over(stage: Stage, since: int = 0) -> list[tuple[str, str, str, Any, Any]]:
    """What was filled and the hub replaced or emptied: system, key, field, before, after."""
    return [
        (one.system, one.key, field, was, became)
        for one in stage.by_hub(since)
        for field, was, became in _changes(one.before, one.after)
        if was not in (None, "", []) and field.rpartition(".")[2] not in FACTS
    ]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for field in sorted(before.keys() | after.keys()):
        was, became = before.get(field), after.get(field)
        if isinstance(was, dict) and isinstance(became, dict):
            yield from _changes(was, became)
        elif was != became and field.rpartition(".")[2] not in _STAMPS:
            yield field, was, became


_STAMPS = {"updated_at", "updatedAt", "modifiedAt", "lastmodifieddate", "hs_lastmodifieddate", "version"}
