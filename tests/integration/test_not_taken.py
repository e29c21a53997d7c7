"""A system that answers yes and changes nothing is not believed: refused, told, and not asked for ever."""

from typing import Any, get_args

import pytest

from hub.cli.refused import tell
from hub.flow import verbs
from hub.flow.decide.decisions import decide, offer_freed
from hub.flow.publish.taken import NOT_TAKEN
from hub.store import ledger, outbox, plans, records
from hub.views.refused import refused
from hub.views.sentences import Lang, sentences
from tests.databases import Databases
from tests.integration.boundary import Ignoring, IgnoringLate
from tests.integration.settled import settled
from tests.integration.shown import OBJECT, home, key, line, seed, shows, types
from tests.integration.stage import ROUND, Staged, keys, staged


def _refused(hub: Staged, system: str) -> list[tuple[str, str]]:
    with hub.hub.store.read() as connection:
        found = outbox.changes(connection, system, ["refused"])
    return [(name, one.message) for one in found for name in one.fields]


def _deaf(hub: Staged, system: str, *fields: str, answers: bool = True) -> None:
    hub.wrap[system] = lambda real: Ignoring(real, *fields, answers=answers)


@pytest.mark.parametrize("answers", [True, False], ids=["its answer shows it", "only a look shows it"])
@pytest.mark.parametrize(
    ("system", "field", "place"),
    [
        ("moneybird", "emails", "send_invoices_to_email"),
        ("hubspot", "birth_date", "date_of_birth"),
        ("brevo", "language", "LANGUAGE"),
    ],
)
def test_what_is_ignored_is_refused_alone_and_offered_again_when_it_is_another(
    databases: Databases, system: str, field: str, place: str, *, answers: bool
) -> None:
    told = {
        "phones": ("+31687654321", "+31687654322"),
        "emails": ("nieuw@klant1.nl", "nieuwer@klant1.nl"),
        "birth_date": ("1999-01-01", "1999-01-02"),
        "language": ("de", "fr"),
    }[field]
    typing = {
        "phones": ("hubspot" if system != "hubspot" else "moneybird", "phone"),
        "emails": ("hubspot", "email"),
        "birth_date": ("brevo", "BIRTHDATE"),
        "language": ("hubspot", "hs_language"),
    }[field]
    with settled(databases, seed(1), 3) as (stage, hub):
        before = line(stage, system, place)
        _deaf(hub, system, place, answers=answers)
        types(
            stage,
            typing[0],
            1,
            **{typing[1]: told[0], **({"lastname": "Anders"} if typing[0] == "hubspot" else {})},
        )
        hub.sync(2 if answers else 3)
        assert line(stage, system, place) == before
        assert _refused(hub, system) == [(field, NOT_TAKEN)]
        assert hub.sync()["sent"] == 0
        assert "Anders" in str(shows(stage, system)) or typing[0] != "hubspot"
        hub.wrap.clear()
        types(stage, typing[0], 1, **{typing[1]: told[1]})
        hub.sync(2)
        assert told[1].removeprefix("+") in str(line(stage, system, place))
        assert refused(hub.hub, [system]).total == 0
        mark = stage.mark()
        hub.sync(2)
        assert keys(stage.by_hub(mark)) == []


def test_nothing_of_what_was_ignored_stands_in_the_ledger_or_is_asked_of_others(databases: Databases) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, "moneybird", "city")
        types(stage, "hubspot", 1, city="Breda", phone="+31687654321")
        hub.sync(3)
        with hub.hub.store.read() as connection:
            done = outbox.changes(connection, "moneybird", ["done"])
        (last,) = [one for one in done if "phones" in one.fields and one.raw_key == key("moneybird")][-1:]
        assert list(last.fields) == ["phones"]
        assert _refused(hub, "moneybird") == [("address", NOT_TAKEN)]
        (told,) = refused(hub.hub, hub.systems).refused
        assert (told.system, told.holder, [one.name for one in told.fields]) == (
            "moneybird",
            None,
            ["address"],
        )
        assert "takes no such value" in told.todo
        assert shows(stage, "brevo")["CITY"] == shows(stage, "hubspot")["city"] == "Breda"


def test_a_field_that_nobody_made_there_is_told_to_be_made(databases: Databases) -> None:
    with staged(seed(1), provisioned=False) as stage:
        hub = stage.hub(databases)
        hub.sync(5)
        some = {one.fields[0].name: one for one in refused(hub.hub, ["brevo", "zendesk"]).refused}
        assert set(some) == {"open_tickets", "overdue_balance"}
        for one in some.values():
            assert f"klantbeeld check {one.system} --provision" in one.todo and one.system in one.again


def test_what_the_hub_saw_is_told_in_the_reader_s_language_and_not_as_the_system_s_words(
    databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, "moneybird", "city")
        types(stage, "hubspot", 1, city="Breda")
        hub.sync(3)
        for lang in get_args(Lang):
            (one,) = refused(hub.hub, ["moneybird"], lang=lang).refused
            assert one.said == "" and one.seen.startswith("Moneybird ")
            tell([one], sentences(lang))
            assert one.seen in " ".join(capsys.readouterr().out.split())
            assert NOT_TAKEN not in one.seen


@pytest.mark.parametrize("answers", [True, False], ids=["its answer shows it", "only a look shows it"])
@pytest.mark.parametrize(
    ("system", "lost", "field", "typed"),
    [
        ("moneybird", "city", "address", {"address": "Nieuwe Gracht 5", "zip": "4811 AB", "city": "Breda"}),
        ("brevo", "POSTCODE", "address", {"address": "Nieuwe Gracht 5", "zip": "4811 AB", "city": "Breda"}),
        ("moneybird", "lastname", "name", {"firstname": "Anna", "lastname": "Anders"}),
    ],
)
def test_a_value_of_which_a_part_was_ignored_was_not_taken_and_is_nobody_s_edit(
    databases: Databases, system: str, lost: str, field: str, typed: dict[str, str], *, answers: bool
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        before = line(stage, system, lost)
        _deaf(hub, system, lost, answers=answers)
        types(stage, "hubspot", 1, **typed)
        hub.sync(4)
        assert line(stage, system, lost) == before
        assert _refused(hub, system) == [(field, NOT_TAKEN)]
        assert hub.sync()["sent"] == 0
        assert shows(stage, "hubspot").items() >= typed.items()
        others = {"moneybird", "brevo"} - {system}
        assert all(one in str(shows(stage, each)) for each in others for one in typed.values())
        assert _ledger(hub, system, field)[-1] == _what_stands(hub, system, field)
        hub.wrap.clear()
        types(stage, "hubspot", 1, **{name: f"{one[:-1]}x" for name, one in typed.items() if name != "zip"})
        hub.sync(3)
        assert refused(hub.hub, [system]).total == 0
        mark = stage.mark()
        hub.sync(2)
        assert keys(stage.by_hub(mark)) == []


@pytest.mark.parametrize("answers", [True, False], ids=["its answer shows it", "only a look shows it"])
@pytest.mark.parametrize("ahead", [False, True], ids=["clocks agree", "its clock is ahead"])
def test_of_a_creation_too_a_part_that_was_ignored_is_told(
    databases: Databases, *, ahead: bool, answers: bool
) -> None:
    with staged(seed(1, without=("brevo",))) as stage:
        hub = stage.hub(databases)
        deaf = IgnoringLate if ahead else Ignoring
        hub.wrap["brevo"] = lambda real: deaf(real, "CITY", answers=answers)
        hub.sync(5)
        assert ("address", NOT_TAKEN) in _refused(hub, "brevo")
        assert hub.sync()["sent"] == 0
        assert line(stage, "hubspot", "city") == line(stage, "moneybird", "city") != ("",)


def test_offered_again_is_what_the_system_refused_and_not_what_a_person_did(databases: Databases) -> None:
    system, obj = "brevo", OBJECT["brevo"]
    with settled(databases, seed(1), 3) as (stage, hub):
        types(stage, "hubspot", 1, hs_language="de")
        stage.pass_time(ROUND)
        hub.pull()
        _reject(hub, system)
        _deaf(hub, system, "LANGUAGE")
        types(stage, "hubspot", 1, hs_language="fr")
        hub.sync(2)
        assert _refused(hub, system) == [("language", NOT_TAKEN)]
        with hub.hub.store.begin() as connection:
            assert offer_freed(connection, system, obj, {"language": None}, hub.now()) == 1
            (record,) = records.by_raw(connection, system, obj, [key(system)])[key(system)]
        assert [one.value for one in record.cells["language"].refused] == ["de"]


HOME = {"address": "Nieuwe Gracht 5", "zip": "4811 AB", "city": "Breda"}


@pytest.mark.parametrize("answers", [True, False], ids=["its answer shows it", "only a look shows it"])
def test_what_a_pull_should_have_shown_is_awaited_no_longer(databases: Databases, *, answers: bool) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        (town,) = line(stage, "hubspot", "city")
        _deaf(hub, "moneybird", "city", answers=answers)
        types(stage, "hubspot", 1, **HOME)
        hub.sync()
        types(stage, "hubspot", 1, city=town)
        hub.sync(2)
        hub.wrap.clear()
        types(stage, "moneybird", 1, city="Breda")
        hub.sync(2)
        assert shows(stage, "hubspot")["city"] == shows(stage, "brevo")["CITY"] == "Breda"


def test_what_stood_there_typed_back_over_a_share_of_what_was_sent_is_an_edit(databases: Databases) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        before = home(stage, "moneybird")
        street, code = line(stage, "moneybird", "address1", "zipcode")
        _deaf(hub, "moneybird", "city")
        types(stage, "hubspot", 1, **HOME)
        hub.sync()
        assert home(stage, "moneybird").startswith("Nieuwe Gracht 5, 4811 AB")
        types(stage, "moneybird", 1, address1=street, zipcode=code)
        hub.sync(2)
        assert home(stage, "hubspot") == home(stage, "brevo") == home(stage, "moneybird") == before


def test_a_part_that_was_seen_in_a_record_made_and_is_gone_before_it_is_read_was_emptied(
    databases: Databases,
) -> None:
    with settled(databases, seed(1, without=("brevo",)), 1) as (stage, hub):
        made = next(one.key for one in stage.by_hub() if one.system == "brevo")
        stage.edit("brevo", "contacts", str(made), {"attributes": {"CITY": ""}})
        hub.sync(2)
        assert line(stage, "hubspot", "city") == line(stage, "moneybird", "city") == ("",)


def test_an_address_emptied_of_which_a_system_keeps_the_town_is_told_and_comes_back_nowhere(
    databases: Databases,
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        town = line(stage, "moneybird", "city")
        _deaf(hub, "moneybird", "city", answers=False)
        types(stage, "hubspot", 1, address="", zip="", city="", country="")
        hub.sync(4)
        assert (home(stage, "hubspot"), home(stage, "brevo")) == ("", "")
        assert line(stage, "moneybird", "city") == town
        assert _refused(hub, "moneybird") == [("address", NOT_TAKEN)]


@pytest.mark.parametrize("answers", [True, False], ids=["its answer shows it", "only a look shows it"])
@pytest.mark.parametrize("place", ["phone", "mobilephone"])
def test_of_two_places_one_that_was_ignored_is_not_called_done(
    databases: Databases, place: str, *, answers: bool
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        types(stage, "hubspot", 1, phone="", mobilephone="")
        hub.sync(2)
        _deaf(hub, "hubspot", place, answers=answers)
        types(stage, "moneybird", 1, phone="+31687654322")
        types(stage, "zendesk", 1, phone="+31201234567")
        hub.sync(4)
        stood = line(stage, "hubspot", "phone", "mobilephone")
        assert sum(map(bool, stood)) == 1
        assert _refused(hub, "hubspot") == [("phones", NOT_TAKEN)]
        assert {one for one in _ledger(hub, "hubspot", "phones")[-1] if one} == {*stood} - {""}


def test_what_a_person_rejected_after_the_system_had_refused_it_stays_rejected(databases: Databases) -> None:
    system, obj = "brevo", OBJECT["brevo"]
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, system, "LANGUAGE")
        types(stage, "hubspot", 1, hs_language="fr")
        hub.sync(2)
        assert _refused(hub, system) == [("language", NOT_TAKEN)]
        hub.wrap.clear()
        types(stage, "hubspot", 1, hs_language="de")
        hub.sync(2)
        types(stage, "hubspot", 1, hs_language="fr")
        stage.pass_time(ROUND)
        hub.pull()
        _reject(hub, system)
        with hub.hub.store.begin() as connection:
            offer_freed(connection, system, obj, {"language": None}, hub.now())
        hub.sync(2)
        assert shows(stage, system)["LANGUAGE"] == "de"


def test_what_no_look_showed_and_somebody_typed_over_is_not_called_done(databases: Databases) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, "brevo", "LANGUAGE", answers=False)
        types(stage, "hubspot", 1, hs_language="de")
        hub.sync()
        types(stage, "brevo", 1, LANGUAGE="fr")
        hub.sync(2)
        assert shows(stage, "hubspot")["hs_language"] == "fr"
        with hub.hub.store.read() as connection:
            done = outbox.changes(connection, "brevo", ["done", "accepted"])
        assert [one for one in done if "language" in one.fields and one.raw_key == key("brevo")] == []


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({"zipcode": "4811 AC"}, "Nieuwe Gracht 5, 4811 AC, Breda"),
        ({"address1": "Nieuwe Gracht 5a"}, "Nieuwe Gracht 5a, 4811 AB, Breda"),
        ({"address1": "Nieuwe Grachtt 5"}, "Nieuwe Grachtt 5, 4811 AB, Breda"),
        ({"address1": "Dijk 9", "zipcode": "2611 AA"}, "Dijk 9, 2611 AA, Delft"),
    ],
    ids=["postal code", "door", "slip", "a move"],
)
def test_who_corrects_another_part_says_nothing_of_the_one_that_was_not_taken(
    databases: Databases, typed: dict[str, str], stands: str
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, "moneybird", "city")
        types(stage, "hubspot", 1, **HOME)
        hub.sync(3)
        types(stage, "moneybird", 1, **typed)
        hub.sync(3)
        assert home(stage, "hubspot") == home(stage, "brevo") == stands
        assert home(stage, "moneybird").endswith("Delft")


def test_of_a_list_too_what_no_look_showed_and_somebody_typed_over_is_not_called_done(
    databases: Databases,
) -> None:
    ours = "+31687654322"
    with settled(databases, seed(1), 3) as (stage, hub):
        _deaf(hub, "hubspot", "phone", "mobilephone", answers=False)
        types(stage, "moneybird", 1, phone=ours)
        hub.sync()
        types(stage, "hubspot", 1, phone="+31201234567")
        hub.sync(2)
        with hub.hub.store.read() as connection:
            done = outbox.changes(connection, "hubspot", ["done", "accepted"])
        assert [one for one in done if ours in str(one.fields.get("phones"))] == []
        assert "+31201234567" in line(stage, "hubspot", "phone", "mobilephone")


def _reject(hub: Staged, system: str) -> None:
    """A person rejects all that is planned for a system."""
    verbs.prepare(hub.hub, system)
    with hub.hub.store.begin() as connection:
        plans.hold_ready(connection, system, "to be looked at", hub.now())
        (hold,) = plans.holds(connection, system=system)
    decide(hub.hub, hold.id, approve=False, who="an", why="no")


def _ledger(hub: Staged, system: str, field: str) -> list[Any]:
    """What the hub knows to have put in a field, the last one last."""
    with hub.hub.store.read() as connection:
        found = ledger.written(connection, system, OBJECT[system], {key(system): ""})
    return [one.after for one in reversed(found.get((key(system), field), []))]


def _what_stands(hub: Staged, system: str, field: str) -> Any:
    with hub.hub.store.read() as connection:
        (record,) = records.by_raw(connection, system, OBJECT[system], [key(system)])[key(system)]
    return record.cells[field].base
