"""New rules and new mappings reach old customers: the same history gives what the files say today."""

import shutil
from dataclasses import replace
from pathlib import Path

from hub.flow import verbs
from hub.mapping.load import HERE, Mappings, load
from tests.databases import Databases
from tests.integration.household import Customer, rows
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
    with staged(rows([ONE], [])) as stage:
        hub = stage.hub(databases)
        hub.sync()
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
