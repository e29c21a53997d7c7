"""A changed mapping file authors nothing, and when it is put back everything is as it was."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.flow import verbs
from hub.flow.activate import proposed, to_activate
from hub.flow.pull import remap
from hub.golden.record import SourceRecord
from hub.store import mapping_files
from tests.databases import Databases
from tests.integration.boundary import Killed
from tests.integration.changing import (
    FONE,
    NO_USERS,
    ONE,
    SWAPPED,
    THREE,
    TWO,
    Edit,
    changed,
    picture,
    put,
    ready,
    said_of,
    seeds,
)
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.shown import shows
from tests.integration.stage import UNJUDGED, Stage, Staged, keys, staged


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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
DOB: Edit = ("hubspot", "properties.date_of_birth", "properties.dob")


@pytest.mark.parametrize("edit", [NO_BIRTH, NO_USERS, DOB], ids=["field", "facet", "path"])
def test_what_is_taken_out_and_put_back_is_as_it_was(
    tmp_path: Path, databases: Databases, edit: Edit
) -> None:
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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


def test_killed_between_two_batches_the_next_pull_goes_on(
    tmp_path: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
        if next(done, None) is None:
            raise Killed
        real(*told)

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(mapping_files, "move", move)
        hub.pull("zendesk")


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
    with staged(seeds()) as stage:
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
    with settled(databases, some, 3) as (stage, hub):
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
