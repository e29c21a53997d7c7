"""Values that stand somewhere and that nobody ever typed for that customer."""

from collections.abc import Iterator, Mapping

from bench.edits.judge.found import Found
from bench.edits.judge.known import Known, without
from bench.edits.place import CONSENTS, Place, Texts, Unit

VENDORS = {("hubspot", "journey_stage"): ("lead",), ("zendesk", "language"): ("nl",)}
"""What a system fills in by itself in a new record."""


def nobody_typed(
    known: Known, owners: Mapping[Place, str], standing: Mapping[Place, Texts]
) -> Iterator[Found]:
    """Unit by unit; a no is none of them, for it may have come with a mailbox."""
    for place, told in standing.items():
        customer = owners.get(place, "")
        for unit, text in told.items():
            if unit[0] not in CONSENTS and not _said(known, customer, place, unit, told):
                yield Found("nobody_typed", (customer, *unit), place, f"stands {text!r}")


def _said(known: Known, customer: str, place: Place, unit: Unit, told: Texts) -> bool:
    text = told[unit]
    if text in VENDORS.get((place.system, unit[0]), ()):
        return True
    if unit[0] == "address":
        second = told.get(("address", "second_line"), "")
        return unit[1] == "second_line" or _home(known, customer, text, second)
    if place.system == "zendesk" and unit[0] == "name":
        return _line(known, customer, told)
    return known.ever((customer, *unit), text)


def _line(known: Known, customer: str, told: Texts) -> bool:
    """Zendesk has a name on one line: cut elsewhere, it is the same line."""
    line = " ".join(told[unit] for unit in (("name", "given"), ("name", "family")) if unit in told)
    given = known.typed((customer, "name", "given")) | {""}
    family = known.typed((customer, "name", "family")) | {""}
    return any(f"{one} {other}".strip() == line for one in given for other in family)


def _home(known: Known, customer: str, home: str, second: str) -> bool:
    """Somebody must have typed or seen a second line with that address; one without may be told of it."""
    if known.ever((customer, "address", "home"), home) and (
        not second or known.together(customer, home, second)
    ):
        return True
    line = known.second_line_in(customer, home)
    return bool(line) and not second and known.together(customer, without(home, line), line)
