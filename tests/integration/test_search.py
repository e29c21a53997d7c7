"""Before somebody is entered anew: who is there already, however they were written."""

import json
from collections.abc import Iterator

import pytest

from hub.cli.entry import main
from hub.flow.hub import Hub
from hub.identity.candidates import CROWD
from hub.views.search import Search, TooLittle, searching
from tests.databases import Databases
from tests.integration.people import admit, hub_with_nothing, said, settle
from tests.unit.said import person

HOME = ("2511 CR", "7")


@pytest.fixture
def hub(databases: Databases) -> Iterator[Hub]:
    """Jan (in two systems, one of which knows his mailbox), Petra of his house, and somebody else."""
    with hub_with_nothing(databases) as found:
        some = {
            person("brevo", 1): said(("Johannes", "Berg"), ["j.berg@b.nl"], [], "1980-01-02", HOME),
            person("hubspot", 1): said(("Jan", "van den Berg"), [], ["+31612345670"], "1980-01-02"),
            person("brevo", 2): said(("Petra", "Berg"), [], [], "1982-10-30", HOME),
            person("brevo", 3): said(("Eva", "Vos"), ["eva@c.nl"]),
        }
        admit(found, some)
        settle(found)
        yield found


@pytest.fixture
def search(hub: Hub) -> Iterator[Search]:
    with searching(hub) as found:
        yield found


@pytest.mark.parametrize(
    "told",
    [
        {"name": "J. van den Berg", "email": "J.Berg@b.nl"},
        {"name": "Jna Berg", "phone": "06-12345670"},
        {"given_name": "Hans", "family_name": "Berg", "birth_date": "2-1-1980"},
        {"email": "j.berg@b.nl"},
    ],
)
def test_whoever_is_there_is_found_however_they_are_written(search: Search, told: dict[str, str]) -> None:
    best, *others = search(told)
    assert best.record in {"brevo/person/1", "hubspot/person/1"} and best.systems == ("brevo", "hubspot")
    assert all(one.bits < best.bits and not one.likely for one in others)


def test_a_housemate_is_no_likely_candidate(search: Search) -> None:
    found = search({"name": "Kees Berg", "postal_code": "2511CR", "house_number": "7"})
    assert {one.name for one in found} == {"Johannes van den Berg", "Petra Berg"}
    assert not any(one.likely for one in found)


def test_the_only_one_with_that_very_mailbox_is_likely_whatever_else_is_told(search: Search) -> None:
    best, *others = search(
        {"name": "Karin Smit", "email": "EVA@c.nl", "postal_code": "2511CR", "house_number": "7"}
    )
    assert (best.name, best.likely, best.email) == ("Eva Vos", True, "eva@c.nl")
    assert others and not any(one.likely for one in others)


def test_one_search_after_the_other_gives_what_a_new_one_gives(hub: Hub, search: Search) -> None:
    both = [{"email": "eva@c.nl"}, {"name": "Petra Berg"}, {"email": "nobody@c.nl"}]
    told = [search(one) for one in both]
    for one, found in zip(both, told, strict=True):
        with searching(hub) as fresh:
            assert fresh(one) == found
    assert [len(one) for one in told] == [1, 1, 0]


@pytest.mark.parametrize("told", [{}, {"city": "Utrecht"}, {"family_name": "Berg"}, {"email": "info@b.nl"}])
def test_what_identifies_nobody_says_what_would(search: Search, told: dict[str, str]) -> None:
    with pytest.raises(TooLittle, match="give an e-mail address, a telephone number"):
        search(told)


def test_a_name_that_a_crowd_has_gives_some_of_them(hub: Hub, search: Search) -> None:
    admit(hub, {person("brevo", number): said(("Jan", "Jansen")) for number in range(10, 11 + CROWD)})
    settle(hub)
    assert len(search({"name": "Jan Jansen"}, limit=5)) == 5
    assert [one.name for one in search({"name": "Jan Jansen", "email": "eva@c.nl"})] == ["Eva Vos"]


def test_on_the_command_line(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    url = hub.store.engine.url.render_as_string(hide_password=False)
    assert main(["find", "--email", "eva@c.nl", "--json", "--store", url]) == 0
    (found,) = json.loads(capsys.readouterr().out)["candidates"]
    assert (found["name"], found["record"], found["likely"]) == ("Eva Vos", "brevo/person/3", True)
    assert main(["find", "--name", "Wim Nobody", "--store", url]) == 0
    assert "Nobody like that" in capsys.readouterr().err
    assert main(["find", "--city", "Utrecht", "--store", url]) == 1
    assert main(["find", "--kind", "organisation", "--name", "Berg", "--store", url]) == 0
