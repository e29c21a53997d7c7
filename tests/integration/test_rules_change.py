"""New rules and new mappings reach old customers: the same history gives what the files say today."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hub.flow import verbs
from hub.flow.errors import NotFound
from hub.flow.preview import preview, to_preview
from hub.mapping.load import HERE, Mappings, load
from hub.store import golden as goldens
from hub.store import mapping_files, plans
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.stage import UNJUDGED, Staged, staged

ONE = Customer(1)


def _changed(folder: Path, file: str, old: str, new: str) -> Mappings:
    shutil.copytree(HERE, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return load(folder, only=frozenset({"hubspot", "brevo", "zendesk", "moneybird"}))


def test_a_rule_that_changes_is_applied_to_customers_nobody_touched(
    tmp_path: Path, databases: Databases
) -> None:
    with settled(databases, rows([ONE], []), 1) as (stage, hub):
        stage.edit(
            "brevo", "contacts", ONE.key("brevo", "person"), {"attributes": {"BIRTHDATE": "1990-05-05"}}
        )
        hub.sync(2)
        person = ONE.record("hubspot", "person")
        before = hub.golden_of(person).document["birth_date"]
        rule = _changed(
            tmp_path / "rules",
            "customer.yml",
            "      birth_date:\n        rule: most_agreed\n",
            "      birth_date:\n        rule: first_of\n        systems: [hubspot]\n",
        )
        hub.hub = replace(hub.hub, mappings=rule)
        verbs.recompose(hub.hub)
        assert before == "1990-05-05"
        assert hub.golden_of(person).document["birth_date"] == ONE.said("person")["birth_date"]
        assert verbs.recompose(hub.hub)["records"] == 0


def test_a_mapping_that_reads_a_new_field_reads_it_of_everybody(tmp_path: Path, databases: Databases) -> None:
    without = "          language: {from: properties.hs_language"
    with staged(rows([ONE], [])) as stage:
        bare = _changed(
            tmp_path / "bare", "hubspot.yml", without, "          # language: {from: properties.hs_language"
        )
        hub = stage.hub(databases, bare)
        hub.pull()
        record = ONE.record("hubspot", "person")
        assert "language" not in _cells(hub, record)
        hub.hub = replace(hub.hub, mappings=UNJUDGED)
        hub.pull()
        assert "language" in _cells(hub, record)


def _cells(hub: Staged, record: str) -> set[str]:
    found = [one for one in hub.records() if str(one.key) == record]
    return {name for one in found for name in one.cells}


def _apart(folder: Path) -> Mappings:
    """Rules by which hardly anybody is one customer."""
    found = _changed(folder, "matching/person.yml", "accept: ", "accept: 9")
    return replace(UNJUDGED, customer=found.customer, weights=found.weights, prints=found.prints)


def test_other_rules_for_who_is_who_are_previewed_and_the_first_plan_by_them_waits(
    tmp_path: Path, databases: Databases
) -> None:
    with settled(databases, rows([ONE], []), 2) as (_, hub):
        before = {one.golden_id for one in hub.golden()}
        hub.hub = replace(hub.hub, mappings=_apart(tmp_path / "apart"))
        assert to_preview(hub.hub, None) == []
        told = preview(hub.hub, [])
        assert told.rules == ("mappings/matching/person.yml",) and told.files == ()
        assert {one.golden_id for one in hub.golden()} == before, "a preview leaves no trace"
        counts = verbs.recompose(hub.hub)
        assert counts["split"] == len(told.split) > 0 and counts["moved"] > 0
        with hub.hub.store.read() as connection:
            assert before <= {*goldens.ids(connection)}, "whoever had an id keeps it"
        verbs.publish(hub.hub, "brevo")
        with hub.hub.store.read() as connection:
            (hold,) = plans.holds(connection, "open", "brevo")
        assert hold.reasons[0].endswith("changed since the last plan: mappings/matching/person.yml")
        assert hub.approve() > 0
        with pytest.raises(NotFound, match="all mapping files are in force"):
            to_preview(hub.hub, None)
        hub.hub = replace(hub.hub, mappings=UNJUDGED)
        again = verbs.recompose(hub.hub)
        assert again["merged"] == counts["split"]
        assert {one.golden_id for one in hub.golden()} == before


def test_rules_that_stay_hold_nothing(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 2) as (_, hub), hub.hub.store.read() as connection:
        assert mapping_files.activations(connection) == []
        assert "*" not in mapping_files.in_force(connection)
