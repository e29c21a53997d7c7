"""A file that reads one place of a field more, or less: what people said at the others goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.mapping.load import Mappings
from hub.store import plans
from hub.views.disputes import disputes
from tests.databases import Databases
from tests.integration.changing import Edit, changed, put
from tests.integration.settled import settled
from tests.integration.shown import home, name, seed, shows, types, unattended, written_over
from tests.integration.stage import ROUND, UNJUDGED, Stage, Staged, staged

COUNTRY: Edit = (
    "brevo",
    "              - {from: attributes.COUNTRY, as: country, codec: {country: {as: name_nl}}}\n",
    "",
)
OURS: Edit = (
    "hubspot",
    "              - {from: properties.country, as: country, codec: {country: {as: name_en}}}\n",
    "",
)
LINE: Edit = ("moneybird", "              - {from: address2, as: second_line}\n", "")
GIVEN: Edit = (
    "hubspot",
    '              - {from: properties.firstname, as: given_name, max_length: "100"}\n',
    "",
)
MOBILE: Edit = ("hubspot", "[properties.phone, properties.mobilephone]", "[properties.phone]")
TOWN: Edit = ("brevo", "attributes.CITY, as: city", "attributes.TOWN, as: city")
CAPITALS: Edit = ("brevo", "attributes.CITY, as: city}", "attributes.CITY, as: city, codec: uppercase}")

HOMES = {
    "moneybird": {"address1": "Kerkstraat 9", "zipcode": "3811 AA", "city": "Amersfoort"},
    "brevo": {"STREET": "Markt 5", "POSTCODE": "4811 XX", "CITY": "Breda"},
    "hubspot": {"address": "Markt 5", "zip": "4811 XX", "city": "Breda"},
}
BACK = {
    "brevo": {"STREET": "Plein 2", "POSTCODE": "1001 AB", "CITY": "Delft"},
    "hubspot": {"address": "Plein 2", "zip": "1001 AB", "city": "Delft"},
}
NONE = {
    "brevo": {"STREET": "", "POSTCODE": "", "CITY": ""},
    "hubspot": {"address": "", "zip": "", "city": ""},
}
Story = Callable[[Staged, str], None]


def moves(hub: Staged, system: str) -> None:
    """Finance moves him, and later another department does."""
    types(hub.stage, "moneybird", 1, **HOMES["moneybird"])
    hub.sync(2)
    if system != "moneybird":
        types(hub.stage, system, 1, **HOMES[system])
        hub.sync(2)


def moves_back(hub: Staged, system: str) -> None:
    """What stood there before Finance moved him is typed there again."""
    types(hub.stage, "moneybird", 1, **HOMES["moneybird"])
    hub.sync(2)
    types(hub.stage, system, 1, **BACK[system])
    hub.sync(2)


def empties(hub: Staged, system: str) -> None:
    types(hub.stage, system, 1, **NONE[system])
    hub.sync(2)


def disagrees(hub: Staged, system: str) -> None:
    """Two homes in one round: nobody knows which is the later."""
    types(hub.stage, "moneybird", 1, **HOMES["moneybird"])
    types(hub.stage, system, 1, **HOMES[system])
    hub.sync(2)


def rejects(hub: Staged, system: str) -> None:
    """A steward keeps the home as it is here."""
    types(hub.stage, "moneybird", 1, **HOMES["moneybird"])
    hub.stage.pass_time(ROUND)
    hub.pull()
    _reject(hub, system)
    hub.sync(2)


def renames(hub: Staged, system: str) -> None:
    types(hub.stage, "moneybird", 1, lastname="Vos")
    hub.sync(2)
    types(hub.stage, system, 1, lastname="Zonneveld")
    hub.sync(2)


def calls(hub: Staged, system: str) -> None:
    types(hub.stage, "moneybird", 1, phone="+31201234567")
    hub.sync(2)
    types(hub.stage, system, 1, phone="+31207654321")
    hub.sync(2)


def _reject(hub: Staged, system: str) -> None:
    verbs.prepare(hub.hub, system)
    with hub.hub.store.begin() as connection:
        plans.hold_ready(connection, system, "to be looked at", hub.now())
        held = [one.id for one in plans.holds(connection, system=system)]
    for one in held:
        decide(hub.hub, one, approve=False, who="an", why="he told us")


def _all(stage: Stage) -> Any:
    people = {
        system: (home(stage, system), name(stage, system)) for system in ("hubspot", "brevo", "moneybird")
    }
    return people, [shows(stage, system)["phone"] for system in ("hubspot", "zendesk", "moneybird")]


def _asked(hub: Staged) -> list[tuple[str, str]]:
    return [(one.field, one.unit) for one in disputes(hub.hub).questions]


CASES: list[tuple[str, Edit, Story, bool]] = [
    ("brevo", COUNTRY, moves, True),
    ("hubspot", OURS, moves, False),
    ("moneybird", LINE, moves, False),
    ("brevo", COUNTRY, moves_back, False),
    ("hubspot", OURS, moves_back, True),
    ("brevo", COUNTRY, empties, False),
    ("brevo", COUNTRY, empties, True),
    ("brevo", COUNTRY, disagrees, False),
    ("brevo", COUNTRY, rejects, True),
    ("hubspot", GIVEN, renames, False),
    ("hubspot", MOBILE, calls, True),
]


@pytest.mark.parametrize(
    ("system", "edit", "story", "put_back"),
    CASES,
    ids=[f"{one[0]} {one[2].__name__}, {'put back' if one[3] else 'a place more'}" for one in CASES],
)
def test_what_was_said_under_a_file_that_read_less_stands_when_more_is_read(
    tmp_path: Path,
    databases: Databases,
    system: str,
    edit: Edit,
    story: Story,
    *,
    put_back: bool,
) -> None:
    """Nobody types when the file changes, so nothing is written, asked, or put to anybody anew."""
    less = changed(tmp_path, edit)
    with staged(seed(1)) as stage:
        hub = stage.hub(databases, UNJUDGED if put_back else less)
        hub.sync(2)
        if put_back:
            put(hub, less)
            hub.sync(2)
        story(hub, system)
        _changes_nothing(hub, UNJUDGED)


@pytest.mark.parametrize(
    ("system", "edit", "story"),
    [
        ("brevo", COUNTRY, rejects),
        ("brevo", TOWN, rejects),
        ("brevo", COUNTRY, disagrees),
        ("brevo", TOWN, moves),
    ],
    ids=["rejected", "rejected, another place", "undecided", "typed, another place"],
)
def test_what_was_said_stands_while_less_is_read_and_after(
    tmp_path: Path, databases: Databases, system: str, edit: Edit, story: Story
) -> None:
    with settled(databases, seed(1), 2) as (_, hub):
        story(hub, system)
        _changes_nothing(hub, changed(tmp_path, edit))
        _changes_nothing(hub, UNJUDGED)


def _changes_nothing(hub: Staged, mappings: Mappings) -> None:
    before, asked, mark = _all(hub.stage), _asked(hub), hub.stage.mark()
    clusters = hub.clusters()
    put(hub, mappings)
    hub.sync(3)
    assert _all(hub.stage) == before
    assert written_over(hub.stage, mark) == []
    assert (_asked(hub), hub.clusters()) == (asked, clusters)


def test_what_was_typed_at_a_place_while_it_was_not_read_is_an_edit_of_that_time(
    tmp_path: Path, databases: Databases
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        put(hub, changed(tmp_path, MOBILE))
        hub.sync(2)
        types(stage, "hubspot", 1, mobilephone="+31687654321")
        hub.sync(2)
        assert shows(stage, "moneybird")["phone"] == "+31610000001"
        put(hub, UNJUDGED)
        hub.sync(2)
        golden: Any = hub.golden_of("hubspot/person/10001").document["phones"]
        assert set(golden) == {"+31610000001", "+31687654321"}


def test_a_rejection_holds_in_the_words_of_either_file(tmp_path: Path, databases: Databases) -> None:
    upper = changed(
        tmp_path, ("brevo", "attributes.CITY, as: city}", "attributes.CITY, as: city, codec: uppercase}")
    )
    with settled(databases, seed(1), 2) as (stage, hub):
        rejects(hub, "brevo")
        for mappings in (upper, UNJUDGED):
            put(hub, mappings)
            unattended(hub, 2)
            with hub.hub.store.read() as connection:
                assert [one.system for one in plans.holds(connection)] == []
            assert home(stage, "brevo") == "Plein 2, 1001 AB, Delft"
