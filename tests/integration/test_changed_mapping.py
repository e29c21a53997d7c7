"""A changed mapping file authors nothing, and when it is put back everything is as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Connector, Page, RawRecord
from hub.flow import verbs
from hub.flow.activate import changed_files, proposed, to_activate
from hub.flow.mapping_doubts import doubts
from hub.flow.mappings import in_force, waiting
from hub.flow.preview import Written, emptied_first, lines, preview
from hub.flow.pull import remap
from hub.golden.record import SourceRecord
from hub.mapping.load import load, readable
from hub.mapping.strict_yaml import BadFile
from hub.store import mapping_files, outbox, plans
from sandbox.core.standin import Rows
from tests.databases import Databases
from tests.integration.changing import FONE, Edit, changed, picture, put, said_of, shipped
from tests.integration.household import Customer, rows
from tests.integration.shown import shows
from tests.integration.stage import UNJUDGED, Stage, Staged, keys, staged

ONE, TWO, THREE = Customer(1), Customer(2), Customer(3)


def _seeds() -> dict[str, Rows]:
    """Customer 2 is known in Zendesk by the telephone number alone, customer 3 has one of its own there."""
    seeds = {
        name: {obj: list(some) for obj, some in one.items()}
        for name, one in rows([ONE, TWO, THREE], [ONE]).items()
    }
    users: Any = seeds["zendesk"]["users"]
    users[1]["email"] = "ander@elders.nl"
    users[2]["phone"] = "+31612999888"
    return seeds  # type: ignore[return-value]


def _ready(stage: Stage, databases: Databases) -> Staged:
    hub = stage.hub(databases)
    hub.sync(3)
    stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"phone": "+31687654321"})
    hub.sync(3)
    mark = stage.mark()
    hub.sync()
    assert keys(stage.by_hub(mark)) == []
    return hub


def _emptied(stage: Stage, mark: int) -> list[Any]:
    """What the hub emptied since."""
    return [
        (one.system, one.key, name)
        for one in stage.by_hub(mark)
        for name, value in _flat(one.after)
        if value in (None, "", [])
    ]


def _flat(document: Any, before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, one in document.items():
        found += _flat(one, f"{before}{name}.") if isinstance(one, dict) else [(f"{before}{name}", one)]
    return found


def test_a_mistyped_path_splits_and_empties_nothing_and_put_back_all_is_as_it_was(
    tmp_path: Path, databases: Databases
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before, mark = picture(hub), stage.mark()
        phones = said_of(hub, "phones")
        put(hub, changed(tmp_path, FONE))
        hub.sync(3)
        assert hub.clusters() == before.clusters and said_of(hub, "phones") == phones
        assert _emptied(stage, mark) == []
        put(hub, UNJUDGED)
        mark = stage.mark()
        hub.sync(3)
        after = picture(hub)
        assert after.clusters == before.clusters
        assert after.golden == before.golden
        assert after.records == before.records
        assert keys(stage.by_hub(mark)) == []


NO_BIRTH: Edit = ("hubspot", "          birth_date:", "          # birth_date:")
NO_USERS: Edit = ("zendesk", "when: {is: {role: [end-user]}}", "when: {is: {role: [nobody]}}")
SWAPPED: Edit = (
    "hubspot",
    "                customer: [customer, evangelist]\n                former: [other]",
    "                former: [customer, evangelist]\n                customer: [other]",
)
PAID: Edit = ("moneybird", "late]", "never]")
DOB: Edit = ("hubspot", "properties.date_of_birth", "properties.dob")


@pytest.mark.parametrize("edit", [NO_BIRTH, NO_USERS, DOB], ids=["field", "facet", "path"])
def test_what_is_taken_out_and_put_back_is_as_it_was(
    tmp_path: Path, databases: Databases, edit: Edit
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before, mark = picture(hub), stage.mark()
        births = said_of(hub, "birth_date")
        put(hub, changed(tmp_path, edit))
        hub.sync(2)
        assert hub.clusters() == before.clusters and said_of(hub, "birth_date") == births
        assert _emptied(stage, mark) == []
        put(hub, UNJUDGED)
        mark = stage.mark()
        hub.sync(3)
        after = picture(hub)
        assert after.clusters == before.clusters
        assert after.golden == before.golden
        assert after.records == before.records
        assert keys(stage.by_hub(mark)) == []


def _claims(hub: Staged, record: str, name: str) -> list[tuple[Any, str, str]]:
    (one,) = [one for one in hub.records() if str(one.key) == record]
    return [(claim.value, claim.at, claim.how) for claim in one.claims(name)]


def test_another_codec_reads_anew_and_dates_nothing_anew(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        record = ONE.record("hubspot", "person")
        ((value, at, how),) = _claims(hub, record, "journey_stage")
        assert value == "customer"
        put(hub, changed(tmp_path, SWAPPED))
        hub.pull()
        assert _claims(hub, record, "journey_stage") == [("former", at, how)]
        assert hub.golden_of(record).document["journey_stage"] == "former"
        put(hub, UNJUDGED)
        hub.pull()
        after = picture(hub)
        assert after.records == before.records and after.golden == before.golden


def test_only_what_reads_otherwise_is_read_anew(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        lead = {"properties": {"lifecyclestage": "lead"}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), lead)
        hub.sync()
        hub.hub = replace(hub.hub, on_disk=changed(tmp_path, SWAPPED))
        after = proposed(hub.hub, to_activate(hub.hub, "hubspot"))
        stages = [one.cells["journey_stage"].base for one in hub.records() if one.key.system == "hubspot"]
        otherwise = [one for one in stages if one in ("customer", "former")]
        counts = verbs.activate(after, "hubspot", "anna", "looked at")
        assert 0 < counts["admitted"] == len(otherwise) < len(stages)


def test_a_later_edit_in_a_living_cell_beats_what_is_set_aside(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        record = ONE.record("hubspot", "person")
        key = ONE.key("hubspot", "person")
        stage.edit("hubspot", "contacts", key, {"properties": {"date_of_birth": "1990-01-01"}})
        hub.sync(2)
        assert hub.golden_of(record).document["birth_date"] == "1990-01-01"
        put(hub, changed(tmp_path, DOB))
        hub.sync()
        assert hub.golden_of(record).document["birth_date"] == "1990-01-01"
        born = {"attributes": {"BIRTHDATE": "1991-02-02"}}
        stage.edit("brevo", "contacts", ONE.key("brevo", "person"), born)
        hub.sync(2)
        assert hub.golden_of(record).document["birth_date"] == "1991-02-02"
        put(hub, UNJUDGED)
        hub.sync(3)
        assert hub.golden_of(record).document["birth_date"] == "1991-02-02"
        assert all(one.cells["birth_date"].base == "1991-02-02" for one in _of(hub, "hubspot", ONE))


def _of(hub: Staged, system: str, who: Customer) -> list[SourceRecord]:
    return [one for one in hub.records() if str(one.key) == who.record(system, "person")]


def test_what_is_typed_while_nobody_reads_it_counts_when_it_is_read_again(
    tmp_path: Path, databases: Databases
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        put(hub, changed(tmp_path, FONE))
        hub.sync()
        asleep = hub.now()
        stage.pass_time(timedelta(hours=1))
        stage.edit("zendesk", "users", TWO.key("zendesk", "person"), {"phone": "+31611112222"})
        hub.sync()
        put(hub, UNJUDGED)
        hub.sync(2)
        (claim,) = [
            one
            for it in _of(hub, "zendesk", TWO)
            for one in it.claims("phones")
            if one.value == "+31611112222"
        ]
        assert claim.how == "edit" and claim.after() <= asleep < claim.at
        assert "+31611112222" in str(hub.golden_of(TWO.record("hubspot", "person")).document["phones"])


def test_a_changed_file_that_nobody_activated_changes_nothing(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        file = changed(tmp_path, FONE, ("brevo", "# Marketing", "# The marketing"))
        ruling = in_force(hub.hub.store, file)
        lens = ruling.systems["zendesk"].objects["users"].facets[0].lenses["phones"]
        assert [part.path for part in lens.parts] == [("phone",)]
        assert ruling.texts["brevo"].startswith("# The marketing")
        with hub.hub.store.read() as connection:
            (waits,) = waiting(mapping_files.in_force(connection), file)
        assert "mappings/zendesk.yml changed and is not active: klantbeeld preview zendesk" in str(waits)
        put(hub, ruling)
        hub.sync(2)
        assert picture(hub).golden == before.golden


@pytest.mark.parametrize("mistake", ["no YAML", "no such codec", "gone"])
def test_a_file_with_a_mistake_stops_no_system(tmp_path: Path, databases: Databases, mistake: str) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        file = shipped(tmp_path) / "zendesk.yml"
        text = file.read_text("utf-8")
        if mistake == "gone":
            file.unlink()
        else:
            file.write_text(
                text.replace("objects:", "objects: [")
                if "YAML" in mistake
                else text.replace("codec: email", "codec: e_mail")
            )
        files = readable(file.parent, frozenset(hub.hub.mappings.systems))
        hub.hub = replace(hub.hub, mappings=in_force(hub.hub.store, files), on_disk=files)
        (waits,) = changed_files(hub.hub)
        assert str(waits).startswith("mappings/zendesk.yml")
        assert str(waits).endswith("until it is right, the file before it rules zendesk")
        with pytest.raises(BadFile, match=r"mappings/zendesk\.yml"):
            to_activate(hub.hub, None)
        hub.sync()
        assert picture(hub) == before
        stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"phone": "+31611112222"})
        hub.sync()
        assert "+31611112222" in str(hub.golden_of(ONE.record("hubspot", "person")).document["phones"])


def test_a_new_system_with_a_mistake_in_its_file_is_refused(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        folder = shipped(tmp_path)
        (folder / "shop.yml").write_text("system: shop\n", "utf-8")
        with pytest.raises(BadFile, match=r"mappings/shop\.yml"):
            in_force(hub.hub.store, readable(folder))


def test_the_first_plan_of_every_system_is_held(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        put(hub, changed(tmp_path, PAID))
        hub.pull()
        for system in ("brevo", "hubspot"):
            verbs.publish(hub.hub, system)
        with hub.hub.store.read() as connection:
            held = {one.system: one.reasons[0] for one in plans.holds(connection)}
        assert held.keys() == {"brevo", "hubspot"}
        assert all("mappings/moneybird.yml was activated since the last plan" in one for one in held.values())
        assert hub.approve() > 0
        name = {"properties": {"firstname": "Johan"}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), name)
        hub.pull()
        assert verbs.publish(hub.hub, "brevo")["held"] == 0


def test_a_no_waits_for_no_activation(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        put(hub, changed(tmp_path, PAID))
        optout = {"properties": {"hs_email_optout": "true"}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), optout)
        hub.stage.pass_time(timedelta(minutes=10))
        hub.pull()
        mark = stage.mark()
        assert verbs.publish(hub.hub, "brevo")["held"] > 0
        assert any("Blacklisted" in str(one.after) for one in stage.by_hub(mark, "brevo"))


def test_the_plan_after_activation_is_what_was_previewed(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        hub.hub = replace(hub.hub, on_disk=changed(tmp_path, SWAPPED, PAID, NO_USERS))
        files = to_activate(hub.hub, None)
        assert [one.system for one in files] == ["hubspot", "moneybird", "zendesk"]
        told = preview(hub.hub, files, 1_000)
        assert picture(hub) == before, "a preview leaves no trace"
        assert told.changed["journey_stage"] and told.writes["brevo"] and told.writes["zendesk"]
        assert (told.merged, told.split, told.stopped) == ([], [], [])
        for one in files:
            verbs.activate(proposed(hub.hub, files), one.system, "anna", "looked at")
        hub.hub = proposed(hub.hub, files)
        for name in hub.systems:
            verbs.prepare(hub.hub, name)
        assert told.written == _planned(hub)
        changes = {one.golden_id: one.document.get("journey_stage") for one in hub.golden()}
        assert all(changes[one.golden_id] == one.after for one in told.edited if one.field == "journey_stage")


def _planned(hub: Staged) -> list[Written]:
    with hub.hub.store.read() as connection:
        found = [
            it
            for name in hub.systems
            for one in outbox.changes(connection, name, ("held", "ready"))
            for it in lines(one)
        ]
    return sorted(found, key=emptied_first)


def test_killed_between_two_batches_the_next_pull_goes_on(
    tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        monkeypatch.setattr(remap, "BATCH", 1)
        for mappings in (changed(tmp_path, FONE), UNJUDGED):
            put(hub, mappings)
            for batches in (0, 1, 2):
                _killed_after(hub, batches, monkeypatch)
            hub.pull()
        assert picture(hub).records == before.records


def _killed_after(hub: Staged, batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real, done = mapping_files.move, iter(range(batches))

    def move(*told: Any) -> None:
        next(done)
        real(*told)

    with monkeypatch.context() as patch, pytest.raises((StopIteration, RuntimeError)):
        patch.setattr(mapping_files, "move", move)
        hub.pull("zendesk")


TELEPHONE: Edit = ("zendesk", "{from: [phone], codec", "{from: [telephone], formerly: [phone], codec")
UNTOLD: Edit = ("zendesk", "{from: [phone], codec", "{from: [telephone], codec")


class Renamed:
    """Zendesk, on the day it calls a telephone number ``telephone``."""

    def __init__(self, real: Connector) -> None:
        self.real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def pull(self, obj: str, cursor: Any) -> Iterator[Page]:
        for page in self.real.pull(obj, cursor):
            yield replace(page, records=tuple(map(_renamed, page.records)))

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        return {key: _renamed(one) for key, one in self.real.fetch(obj, keys).items()}


def _renamed(one: RawRecord) -> RawRecord:
    return replace(one, data={"telephone" if name == "phone" else name: it for name, it in one.data.items()})


def test_a_path_of_another_name_keeps_what_was_said_there(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before, mark = picture(hub), stage.mark()
        hub.wrap["zendesk"] = Renamed
        put(hub, changed(tmp_path, TELEPHONE))
        hub.sync(3)
        assert picture(hub) == before and keys(stage.by_hub(mark)) == []


def test_a_path_whose_name_changed_is_refused_until_the_file_says_so(
    tmp_path: Path, databases: Databases
) -> None:
    people = [Customer(number) for number in range(1, 7)]
    with staged(rows(people, [])) as stage:
        hub = stage.hub(databases)
        hub.pull()
        assert doubts(hub.hub.store, hub.mappings).all == []
        hub.wrap["zendesk"] = Renamed
        for one in people[:3]:
            stage.edit("zendesk", "users", one.key("zendesk", "person"), {"notes": "moved"})
        stage.pass_time(timedelta(minutes=10))
        hub.pull()
        (line,) = doubts(hub.hub.store, changed(tmp_path, UNTOLD)).renamed
        assert line.startswith("mappings/zendesk.yml, objects.users…phones.from: 'phone', stored until now,")
        assert "Write {from: telephone, formerly: phone}" in line
        assert doubts(hub.hub.store, changed(tmp_path, TELEPHONE)).all == []


def test_a_path_that_stands_nowhere_is_told(tmp_path: Path, databases: Databases) -> None:
    with staged(rows([Customer(number) for number in range(1, 7)], [])) as stage:
        hub = stage.hub(databases)
        hub.pull()
        (line,) = doubts(hub.hub.store, changed(tmp_path, FONE), ["zendesk"]).unseen
        assert line == (
            "mappings/zendesk.yml, objects.users…phones.from: 'fone' stands in none of the 6 stored users; "
            "did you mean 'phone'?"
        )


def test_a_system_of_another_name_keeps_everything(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        before = picture(hub)
        folder = shipped(tmp_path, ("zendesk", "system: zendesk", "system: support\nformerly: zendesk"))
        (folder / "zendesk.yml").rename(folder / "support.yml")
        rules = folder / "customer.yml"
        rules.write_text(rules.read_text("utf-8").replace("[zendesk]", "[support]"), "utf-8")
        files = load(folder, frozenset({"brevo", "hubspot", "moneybird", "support"}))
        ruling = in_force(hub.hub.store, files)
        assert "zendesk" in ruling.systems and "support" not in ruling.systems
        hub.hub = replace(hub.hub, mappings=ruling, on_disk=files)
        waits = to_activate(hub.hub, "support")
        told = preview(hub.hub, waits, 100)
        assert (told.merged, told.split, told.changed, told.writes) == ([], [], {}, {})
        verbs.activate(proposed(hub.hub, waits), "support", "anna", "the contract says so")
        assert in_force(hub.hub.store, files) is files
        put(hub, files)
        after = picture(hub)
        assert {str(one.key).replace("support/", "zendesk/") for one in after.records} == {
            str(one.key) for one in before.records
        }
        assert {one: it[0] for one, it in after.golden.items()} == {
            one: it[0] for one, it in before.golden.items()
        }


def test_a_system_that_vanished_beside_one_that_came_is_refused(tmp_path: Path, databases: Databases) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        folder = shipped(tmp_path, ("zendesk", "system: zendesk", "system: support"))
        (folder / "zendesk.yml").rename(folder / "support.yml")
        files = load(folder, frozenset({"brevo", "hubspot", "moneybird", "support"}))
        in_force(hub.hub.store, hub.mappings)
        assert "support" not in in_force(hub.hub.store, files).systems
        (line,) = doubts(hub.hub.store, files).renamed
        assert "Write 'formerly: zendesk' at its top" in line


PLAIN: tuple[Edit, ...] = (
    (
        "brevo",
        "{from: attributes.LASTNAME, codec: dutch_family_name}",
        "{from: attributes.LASTNAME, as: family_name}",
    ),
    ("brevo", "as: postal_code, codec: postal_code}", "as: postal_code}"),
)


def test_what_is_typed_where_no_codec_reads_the_parts_is_an_edit(
    tmp_path: Path, databases: Databases
) -> None:
    with staged(_seeds()) as stage:
        hub = stage.hub(databases)
        put(hub, changed(tmp_path, *PLAIN))
        hub.sync(3)
        key = ONE.key("brevo", "person")
        stage.edit("brevo", "contacts", key, {"attributes": {"LASTNAME": "Bos"}})
        hub.sync(2)
        stage.edit(
            "hubspot", "contacts", ONE.key("hubspot", "person"), {"properties": {"firstname": "Joost"}}
        )
        hub.sync(2)
        assert hub.golden_of(ONE.record("brevo", "person")).document["name"] == {
            "given_name": "Joost",
            "family_name": "Bos",
        }
        town = {"attributes": {"CITY": "Breda"}}
        stage.edit("brevo", "contacts", key, town)
        hub.sync(2)
        home = hub.golden_of(ONE.record("brevo", "person")).document["address"]
        assert isinstance(home, dict) and (home["city"], home["street"]) == ("Breda", "Plein")


TYPED = ("firstname", "lastname", "email", "address", "zip", "city")
TOWN: Edit = ("hubspot", "from: properties.city,", "from: properties.town,")


def test_a_record_made_while_a_mistyped_path_is_read_lacks_it_as_all_others_do(
    tmp_path: Path, databases: Databases
) -> None:
    """Read as one that has no town, it would take the town from everybody with the next house it tells of."""
    some: Any = rows([ONE, TWO, THREE], [])
    (made,) = [one for one in some["hubspot"]["contacts"] if one["id"] == ONE.key("hubspot", "person")]
    some["hubspot"]["contacts"].remove(made)
    some["moneybird"] = {name: [] for name in some["moneybird"]}
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
        assert {one.key.system for one in hub.records() if one.key.key == made["id"]} == set()
        put(hub, changed(tmp_path, TOWN))
        told = {name: made["properties"][name] for name in TYPED}
        new = stage.edit("hubspot", "contacts", None, {"properties": told})
        hub.sync(2)
        moved = {"address": "Nieuwstraat 7", "zip": "4811 AB", "city": "Breda"}
        stage.edit("hubspot", "contacts", new, {"properties": moved})
        hub.sync(2)
        assert shows(stage, "brevo", ONE.key("brevo", "person"))["CITY"] == "Delft"
        put(hub, UNJUDGED)
        hub.sync(2)
        home = hub.golden_of(ONE.record("brevo", "person")).document["address"]
        assert isinstance(home, dict) and (home["city"], home["street"]) == ("Breda", "Nieuwstraat")
        assert shows(stage, "brevo", ONE.key("brevo", "person"))["CITY"] == "Breda"


STREET: Edit = (
    "brevo",
    "{from: attributes.STREET, codec: street_line}",
    "{from: attributes.STREET, as: street}",
)


def test_a_codec_that_finds_other_parts_at_the_same_path_moves_nobodys_word(
    tmp_path: Path, databases: Databases
) -> None:
    with staged(_seeds()) as stage:
        hub = _ready(stage, databases)
        key = ONE.key("brevo", "person")
        moved = {"STREET": "Markt 5", "POSTCODE": "4811 XA", "CITY": "Breda", "LASTNAME": "Bos"}
        stage.edit("brevo", "contacts", key, {"attributes": moved})
        hub.sync(2)
        stage.edit("brevo", "contacts", TWO.key("brevo", "person"), {"attributes": {"FIRSTNAME": ""}})
        hub.sync(3)
        before, mark = picture(hub), stage.mark()
        put(hub, changed(tmp_path, STREET, *PLAIN))
        hub.sync(2)
        assert [one for one in stage.by_hub(mark) if one.system != "brevo"] == []
        put(hub, UNJUDGED)
        hub.sync(2)
        assert picture(hub).golden == before.golden
        assert [one for one in stage.by_hub(mark) if one.system != "brevo"] == []
