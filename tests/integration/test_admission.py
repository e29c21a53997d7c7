"""At the gate: what is held back says why and comes through once corrected; a batch that is wrong stops."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hub.flow import verbs
from hub.flow.errors import BatchStopped
from hub.flow.sync import sync
from hub.mapping.load import HERE, Mappings, load
from hub.store import outbox, quarantine, records, runs
from hub.store.quarantine import Held
from sandbox.app import SYSTEMS
from sandbox.core.standin import Rows
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.stage import SHIPPED, Stage, Staged, keys, staged

ONE, OTHER = Customer(1), Customer(2)
NOTED = 'codec: {phone: {likely: NL BE DE GB}}, write: always, clear: "yes", unreadable: note'
NAMELESS = {"properties": {"firstname": None, "lastname": None}}


def held(hub: Staged) -> list[Held]:
    """The whole quarantine."""
    with hub.hub.store.read() as connection:
        return quarantine.listed(connection)


def mapped(folder: Path, edit: Callable[[str], str], system: str = "hubspot") -> Mappings:
    """The shipped mappings, one file of them changed."""
    copy = Path(shutil.copytree(HERE, folder / "mappings"))
    file = copy / f"{system}.yml"
    before = file.read_text("utf-8")
    after = edit(before)
    assert after != before
    file.write_text(after, "utf-8")
    return load(copy, frozenset(kind.name for kind in SYSTEMS))


def test_what_is_held_back_says_where_what_and_why_and_costs_nobody_else(databases: Databases) -> None:
    with settled(databases, rows([ONE], [OTHER]), 2) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), NAMELESS)
        stage.edit(
            "hubspot", "companies", OTHER.key("hubspot", "organisation"), {"properties": {"name": "x" * 301}}
        )
        hub.sync()
        found = {str(one.key): one for one in held(hub)}
        assert found.keys() == {ONE.record("hubspot", "person"), OTHER.record("hubspot", "organisation")}
        (nameless,) = found[ONE.record("hubspot", "person")].reasons
        assert "name" in f"{nameless['path']} {nameless['allowed']}" and nameless["rule"] == "required"
        (long,) = found[OTHER.record("hubspot", "organisation")].reasons
        assert (long["path"], long["rule"]) == ("legal_name", "maxLength") and "xxx" in long["value"]
        golden = hub.golden_of(ONE.record("hubspot", "person"))
        assert golden.document["name"] == ONE.said("person")["name"]


def test_a_correction_at_the_source_lets_it_through(databases: Databases) -> None:
    seeds = rows([ONE], [])
    contact: Any = seeds["hubspot"]["contacts"][0]
    contact["properties"] |= {"firstname": None, "lastname": None}
    with settled(databases, seeds, 2) as (stage, hub):
        assert [str(one.key) for one in held(hub)] == [ONE.record("hubspot", "person")]
        assert not any(one.key.system == "hubspot" for one in hub.records())
        named = {"properties": {"firstname": "Jan", "lastname": ONE.letters}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), named)
        hub.sync()
        assert held(hub) == []
        assert hub.golden_of(ONE.record("hubspot", "person")).systems == (
            "brevo",
            "hubspot",
            "moneybird",
            "zendesk",
        )


def test_a_redrive_after_a_correction_of_the_mapping_lets_it_through(
    tmp_path: Path, databases: Databases
) -> None:
    strict = mapped(
        tmp_path, lambda text: text.replace(NOTED, NOTED.replace("note", "quarantine")), "zendesk"
    )
    seeds = rows([ONE], [])
    user: Any = seeds["zendesk"]["users"][0]
    user["phone"] = "by the back door"
    with staged(seeds) as stage:
        hub = stage.hub(databases, strict)
        hub.pull()
        (reason,) = held(hub)[0].reasons
        assert (reason["path"], reason["rule"]) == ("phone", "codec phone") and reason["value"]
        assert verbs.try_again(hub.hub, "zendesk")["held_after"] == 1
        lenient = replace(hub, mappings=SHIPPED)
        lenient.hub = replace(hub.hub, mappings=SHIPPED, connect=lenient.connect)
        assert verbs.try_again(lenient.hub, "zendesk")["held_after"] == 0
        lenient.pull()
        whole = hub.golden_of(ONE.record("zendesk", "person"))
        assert whole.systems == ("brevo", "hubspot", "moneybird", "zendesk")
        (mine,) = [one for one in lenient.records() if one.key.system == "zendesk"]
        assert mine.cells["language"].claim and mine.cells["language"].claim.at < "2026-03"


@contextmanager
def _ruled(
    databases: Databases, folder: Path, rule: str, seeds: Mapping[str, Rows]
) -> Iterator[tuple[Stage, Staged]]:
    """A stage and a hub whose mapping of sales' contacts has one batch rule."""
    last = "    batch:\n"
    mappings = mapped(folder, lambda text: text[: text.rindex(last)] + f"{last}      {rule}\n")
    with staged(seeds) as stage:
        yield stage, stage.hub(databases, mappings)


@contextmanager
def _quietly(what: str) -> Iterator[None]:
    yield


def _no_birthday(seeds: Any) -> None:
    seeds["hubspot"]["contacts"][0]["properties"]["date_of_birth"] = None


def _same_birthday(seeds: Any) -> None:
    one, other = seeds["hubspot"]["contacts"]
    other["properties"]["date_of_birth"] = one["properties"]["date_of_birth"]


def _unknown_employer(seeds: Any) -> None:
    seeds["hubspot"]["contacts"][0]["properties"]["associatedcompanyid"] = "999"


def _as_it_is(seeds: Any) -> None:
    """Nothing is wrong with the records themselves."""


RULES = [
    ('volume: {max: "1"}', _as_it_is, "volume_max"),
    ('volume: {min: "3"}', _as_it_is, "volume_min"),
    ('not_null: {birth_date: "1.0"}', _no_birthday, "not_null birth_date"),
    ("unique: [birth_date]", _same_birthday, "unique birth_date"),
    ("value_sets: {language: [de, fr]}", _as_it_is, "value_sets language"),
    ("references: {works_for: companies}", _unknown_employer, "references works_for"),
]


@pytest.mark.parametrize(
    ("rule", "spoil", "said"), RULES, ids=[rule.split(":")[0] + said for rule, _, said in RULES]
)
def test_a_batch_that_breaks_a_rule_is_not_admitted_and_nothing_is_published(
    rule: str, spoil: Callable[[Any], None], said: str, tmp_path: Path, databases: Databases
) -> None:
    seeds = rows([ONE, OTHER], [])
    spoil(seeds)
    with _ruled(databases, tmp_path, rule, seeds) as (stage, hub):
        with pytest.raises(BatchStopped) as caught:
            verbs.pull(hub.hub, "hubspot")
        assert said in str(caught.value) and "correct the system or the rule" in str(caught.value)
        round_ = sync(hub.hub, hub.systems, _quietly)
        assert {one.system: one.state for one in round_.systems}["hubspot"] == "stopped"
        assert not any(one.key.system == "hubspot" for one in hub.records())
        assert keys(stage.by_hub(system="hubspot")) == []
        with hub.hub.store.read() as connection:
            assert outbox.changes(connection, "hubspot", ["ready", "held", "sending"]) == []
            assert runs.recent(connection, 1, "pull", "hubspot")[0].state == "stopped"
            assert records.count(connection, "hubspot") == 0


@pytest.mark.parametrize(
    ("rule", "spoil"), [(rule, spoil) for rule, spoil, _ in RULES if spoil is not _as_it_is]
)
def test_a_good_batch_passes_the_same_rule(
    rule: str, spoil: Callable[[Any], None], tmp_path: Path, databases: Databases
) -> None:
    with _ruled(databases, tmp_path, rule, rows([ONE, OTHER], [])) as (_, hub):
        assert verbs.pull(hub.hub, "hubspot")["admitted"] == 2


def test_once_the_source_is_right_again_the_batch_goes_through(tmp_path: Path, databases: Databases) -> None:
    seeds = rows([ONE, OTHER], [])
    _same_birthday(seeds)
    with _ruled(databases, tmp_path, "unique: [birth_date]", seeds) as (stage, hub):
        with pytest.raises(BatchStopped):
            verbs.pull(hub.hub, "hubspot")
        corrected = {"properties": {"date_of_birth": "1990-02-03"}}
        stage.edit("hubspot", "contacts", OTHER.key("hubspot", "person"), corrected)
        hub.sync()
        assert sum(one.key.system == "hubspot" for one in hub.records()) == 2
