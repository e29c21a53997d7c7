"""The command line over a real store and the sandbox's systems, as a steward or a data engineer uses it."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import structlog

from connectors.contract import Connection, Write
from connectors.registry import connector
from hub.cli import main
from hub.flow import verbs
from hub.flow.connections import from_environment
from hub.flow.hub import Hub, open_hub
from hub.golden.testimony import Pin
from hub.mapping.load import HERE
from hub.model.keys import RecordKey
from hub.model.value import Value
from hub.publish.effect import replaces
from hub.store import golden as goldens
from hub.store import identity, ledger, outbox, plans, quarantine, reads, records
from hub.store.change import Change
from hub.store.golden import Golden
from hub.views import ending
from hub.views.export import export
from sandbox.app import departments
from sandbox.core.clock import WallClock
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.moneybird.standin import ADMINISTRATION

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its stdout, which must be one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the commands are typed."""

    folder: Path
    world: World
    running: Running
    environment: dict[str, str]
    capsys: pytest.CaptureFixture[str]

    def type(self, *words: str) -> Said:
        self.capsys.readouterr()
        code = main(words)
        shown = self.capsys.readouterr()
        assert "Traceback" not in shown.err
        return Said(code, shown.out, shown.err)

    def ask(self, *words: str) -> Any:
        return self.type(*words, "--json").json

    def hub(self) -> Hub:
        return open_hub(from_environment(self.running.systems))

    def edit(self, system: str, obj: str, key: str, data: dict[str, Any]) -> None:
        """A person types something in a system."""
        given = Connection(
            self.running.systems[system],
            self.world.tokens.human,
            options={"administration_id": ADMINISTRATION},
        )
        (receipt,) = connector(system, given).push(obj, [Write("person-1", key, data)])
        assert receipt.status == "done"


@contextmanager
def seated(folder: Path, set_variable: Callable[[str, str], None]) -> Iterator[tuple[World, Running]]:
    world = World.of(WallClock(60), Tokens.chosen({}))
    systems, truth = departments(world, CUSTOMERS, 7)
    with running_sandbox(systems, world, truth) as running:
        for name, base in running.systems.items():
            extra = {"administration_id": ADMINISTRATION}
            document = {"host": base, "password": world.tokens.hub, "extra": extra}
            set_variable(f"AIRFLOW_CONN_{name.upper()}", json.dumps(document))
        set_variable("KLANTBEELD_SYSTEMS", ",".join(running.systems))
        set_variable("KLANTBEELD_STORE", f"sqlite:///{folder}/hub.db")
        set_variable("KLANTBEELD_REPORTS", str(folder / "reports"))
        yield world, running
    structlog.reset_defaults()


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """A desk whose systems nobody has read yet."""
    with seated(tmp_path, monkeypatch.setenv) as (world, running):
        yield Desk(tmp_path, world, running, dict(os.environ), capsys)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, World, Running]]:
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch, seated(folder, patch.setenv) as (world, running):
        assert main(["sync", "--no-publish"]) == 0
        yield folder, world, running


@pytest.fixture
def reader(read_once: tuple[Path, World, Running], capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk whose systems were read; for commands that only look."""
    capsys.readouterr()
    return Desk(*read_once, dict(os.environ), capsys)


# sync, plan and the person's word


def test_a_first_load_is_held_approved_and_then_sent(desk: Desk) -> None:
    assert desk.type("check", "--provision").code == 0
    first = desk.type("sync", "--json")
    assert first.code == first.json["exit_code"] == 3
    assert first.json["new_store"] == f"{desk.folder}/hub.db"
    rounds = {one["system"]: one for one in first.json["round"]["systems"]}
    assert {one["state"] for one in rounds.values()} == {"held"}
    assert not written(desk)

    plan = desk.ask("plan")
    assert sum(one["changes"] for one in plan["holds"]) == len(plan["changes"]) > 10
    assert all(one["fields"] and one["state"] == "held" for one in plan["changes"])
    _adds_up(desk, plan)

    for name in rounds:
        assert desk.type("plan", "approve", name, "--who", "anna", "--why", "read it").code == 0
    second = desk.type("sync", "--json")
    assert second.code == 0, second.out + second.err
    assert second.json["new_store"] is None
    sent = sum(one["published"].get("done", 0) for one in second.json["round"]["systems"])
    assert sent >= len({(one.system, one.object, one.key) for one in written(desk)}) > 10


def _adds_up(desk: Desk, plan: Any) -> None:
    """Totals by field, what only replaces, and the file: all of one plan; a log names no customer."""
    fields = Counter((it["system"], one["name"]) for it in plan["changes"] for one in it["fields"])
    assert {(one["system"], one["field"]): one["held"] for one in plan["fields"]} == fields
    assert all(sum(one["effects"].values()) == one["held"] for one in plan["fields"])
    over = desk.ask("plan", "--replaces")["changes"]
    assert 0 < sum(len(one["fields"]) for one in over) < sum(fields.values())
    assert all(replaces(one["before"], one["after"]) for it in over for one in it["fields"])
    phones = desk.ask("plan", "hubspot", "--field", "phones")
    assert {one["name"] for it in phones["changes"] for one in it["fields"]} == {"phones"}
    assert phones["partly"] and len(phones["changes"]) == fields["hubspot", "phones"]
    mistyped = desk.type("plan", "--field", "phnes")
    assert mistyped.code == 2 and "'phones'?" in mistyped.err

    file = desk.folder / "plan.csv"
    said = desk.type("plan", "--csv", str(file), "--lang", "nl")
    assert (said.code, file.stat().st_mode & 0o777) == (0, 0o600)
    with file.open(encoding="utf-8", newline="") as opened:
        written = list(csv.DictReader(opened))
    assert Counter((one["system"], one["field"]) for one in written) == fields
    dialled = [one["after"] for one in written if one["field"] == "phones"]
    assert any(dialled) and not any(one.startswith("+") for one in dialled)  # no spreadsheet works it out
    assert {one["state"] for one in written} == {"held"} and "HubSpot CRM (hubspot)" in said.out
    hub = desk.hub()
    log = " ".join(line for system in plan["totals"] for line in ending.published(hub, system))
    assert all(one["id"] in log for one in plan["holds"]) and "klantbeeld plan approve hubspot" in log
    assert "phones" in log and not any(one["customer"] in log for one in plan["changes"])


def written(desk: Desk) -> list[Any]:
    """Records the hub wrote, by the sandbox's own journal."""
    return [one for one in desk.world.journal.since() if one.actor == "hub"]


def test_a_dead_system_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = json.dumps({"host": desk.running.systems["brevo"], "password": "wrong"})
    monkeypatch.setenv("AIRFLOW_CONN_BREVO", shut)
    said = desk.type("sync", "--json")
    assert said.code == 1
    states = {one["system"]: one["state"] for one in said.json["round"]["systems"]}
    assert states == {"brevo": "failed", "hubspot": "held", "moneybird": "held", "zendesk": "held"}
    assert desk.type("sync", "hubspot", "zendesk").code == 3
    assert "brevo" in [one["system"] for one in desk.ask("status")["failures"]]


def test_a_system_without_a_connection_is_named_and_left_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_BREVO")
    said = desk.type("sync", "--no-publish")
    assert said.code == 0
    assert "AIRFLOW_CONN_BREVO" in said.err
    assert desk.type("sync", "brevo", "--no-publish").code == 1


def test_without_any_connection_sync_fails_with_the_remedy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in desk.running.systems:
        monkeypatch.delenv(f"AIRFLOW_CONN_{name.upper()}")
    said = desk.type("sync")
    assert said.code == 1
    assert "AIRFLOW_CONN_HUBSPOT" in said.err


def test_a_rejected_plan_is_not_sent(desk: Desk) -> None:
    """And of what nobody has read nothing is decided: it is shown."""
    desk.type("sync", "zendesk", "moneybird")
    word = ("--who", "anna", "--why", "not yet")
    unread = desk.type("plan", "reject", "zendesk", *word, "--json")
    (hold,) = unread.json["unread"]["holds"]
    assert (unread.code, unread.json["decided"]) == (3, []) and unread.json["unread"]["changes"]
    assert desk.type("plan", "reject", hold["id"], *word, "--mark", "00000000").code == 3
    said = desk.ask("plan", "reject", hold["id"], *word, "--mark", hold["mark"])
    assert said == {
        "decided": [
            {"hold": hold["id"], "system": "zendesk", "state": "rejected", "changes": hold["changes"]}
        ],
        "unread": None,
    }
    assert desk.type("sync", "zendesk").code == 0
    assert not written(desk)
    assert desk.type("plan", "approve", hold["id"], "--who", "anna", "--why", "yes after all").code == 1


def test_plan_shows_what_a_publish_would_send_before_there_is_one(reader: Desk) -> None:
    held = reader.ask("plan", "hubspot", "--limit", "3")
    assert len(held["changes"]) == 3
    assert held["totals"]["hubspot"]["held"] > 3
    assert not written(reader)
    shown = reader.type("plan", "hubspot")
    assert "before" in shown.out
    assert "after" in shown.out


@pytest.mark.parametrize(
    "missing", [["--who", "anna"], ["--why", "read"], ["--who", " ", "--why", "read"], []]
)
def test_without_a_terminal_nothing_is_asked(reader: Desk, missing: list[str]) -> None:
    reader.ask("plan", "zendesk")
    said = reader.type("plan", "approve", "zendesk", *missing)
    assert said.code == 2
    assert reader.ask("plan", "zendesk")["holds"]


# show


def someone(desk: Desk) -> Any:
    """A person known in three systems, HubSpot and Zendesk among them, as the card has it."""
    with desk.hub().store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT golden_id FROM golden WHERE kind = 'person' AND systems LIKE '%,%,%' "
            "AND systems LIKE '%hubspot%' AND systems LIKE '%zendesk%' ORDER BY document"
        )
        found = rows.scalars().all()[0]
    return desk.ask("show", found)["customer"]


def test_one_customer_is_found_by_id_record_and_mailbox(reader: Desk) -> None:
    card = someone(reader)
    mailbox = next(one["value"][0] for one in card["fields"] if one["name"] == "emails")
    for who in (card["golden_id"], card["records"][-1]["key"], mailbox, mailbox.upper()):
        assert reader.ask("show", who)["customer"] == card


def test_every_value_says_where_it_comes_from(reader: Desk) -> None:
    card = someone(reader)
    known = {one["key"] for one in card["records"]}
    filled = [one for one in card["fields"] if one["value"] is not None]
    assert filled
    assert {one["source"] for one in filled} <= known
    assert all(one["since"] and one["rule"] for one in filled)
    shown = reader.type("show", card["golden_id"]).out
    assert all(one["source"] in shown and one["name"] in shown for one in filled)


def test_an_employer_is_shown_by_name(reader: Desk) -> None:
    with reader.hub().store.read() as connection:
        rows = connection.exec_driver_sql("SELECT golden_id FROM golden WHERE provenance LIKE '%works_for%'")
        card = reader.ask("show", rows.scalars().all()[0])["customer"]
    (link,) = card["links"]
    employer = reader.ask("show", link["golden_id"])["customer"]
    assert link["link"] == "works_for"
    assert employer["kind"] == "organisation"
    assert link["name"] == employer["name"]


def test_a_merged_id_still_resolves(desk: Desk) -> None:
    desk.type("sync", "--no-publish")
    card = someone(desk)
    old = "00000000-0000-4000-8000-00000000dead"
    hub = desk.hub()
    with hub.store.begin() as connection:
        identity.redirected(connection, {old: card["golden_id"]}, hub.now())
    found = desk.ask("show", old)
    assert found["redirected_from"] == old
    assert found["customer"] == card


def test_several_namesakes_are_a_list_to_choose_from(reader: Desk) -> None:
    found = reader.ask("show", "JAN")
    assert not found["customer"]
    assert len(found["hits"]) > 1
    assert not found["more"]
    names = [one["name"] for one in found["hits"]]
    assert all(reader.ask("show", one["golden_id"])["customer"]["name"] in names for one in found["hits"])
    cut = reader.ask("show", "jan", "--limit", "1")
    assert len(cut["hits"]) == 1
    assert cut["more"]


@pytest.mark.parametrize("who", ["nobody-of-this-name", "%", "_", "hubspot/person/404", "x@y.example"])
def test_nobody_is_one_clear_line_and_code_1(reader: Desk, who: str) -> None:
    said = reader.type("show", who)
    assert said.code == 1
    assert not said.out
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1


def test_an_overruled_edit_is_shown_with_the_reason(desk: Desk) -> None:
    desk.type("check", "--provision")
    desk.type("sync", "--no-publish")
    card = someone(desk)
    key = next(one["key"] for one in card["records"] if one["key"].startswith("hubspot/"))
    desk.edit("hubspot", "contacts", key.split("/")[2], {"properties": {"open_tickets": "99"}})
    desk.world.clock.advance(timedelta(minutes=10))
    desk.type("sync", "--no-publish")
    fields = desk.ask("show", card["golden_id"])["customer"]["fields"]
    tickets = next(one for one in fields if one["name"] == "open_tickets")
    (lost,) = tickets["overruled"]
    assert (lost["source"], lost["value"]) == (key, 99)
    assert lost["why"] == "the sum of what Zendesk Support holds"
    assert tickets["value"] != 99
    assert "overruled: 99" in desk.type("show", card["golden_id"]).out


def test_the_ledger_tells_what_was_written_to_this_customer_alone(desk: Desk) -> None:
    desk.type("check", "--provision")
    desk.type("sync")
    desk.type("plan", "zendesk")
    desk.type("plan", "approve", "zendesk", "--who", "anna", "--why", "read")
    sent = next(one for one in desk.ask("plan", "zendesk")["changes"])
    desk.type("sync", "zendesk")
    card = desk.ask("show", sent["golden_id"], "--ledger")["customer"]
    wrote = {one["field"]: (one["before"], one["after"]) for one in card["ledger"]}
    assert wrote == {one["name"]: (one["before"], one["after"]) for one in sent["fields"]}
    assert "Written by the hub" in desk.type("show", sent["golden_id"], "--ledger").out


def test_a_pin_is_shown_with_who_and_why_and_nothing_steers_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/pins.db"
    hub = open_hub({}, store=url)
    rival = {"from": "brevo/person/1", "value": "de", "at": hub.now(), "how": "edit"}
    name: dict[str, Value] = {"given_name": "Eve\x1b[2J", "family_name": "Bell\x07"}
    document: dict[str, Value] = {"name": name, "language": "nl"}
    made = Golden("g1", "person", document, {"language": {"rule": "pin", "others": [rival]}}, ("brevo",))
    with hub.store.begin() as connection:
        goldens.save(connection, [made], hub.now(), "run")
        goldens.add_pin(connection, "g1", "language", Pin("nl", "anna", "asked by phone", hub.now()))
    assert main(["show", "g1", "--store", url]) == 0
    shown = capsys.readouterr().out
    assert "pin of anna" in shown
    assert "not: de" in shown
    assert "pinned by anna: asked by phone" in shown
    assert "Eve" in shown
    assert not {"\x1b", "\x07"} & set(shown)
    structlog.reset_defaults()


def test_the_ledger_of_a_record_with_two_customers_is_told_apart(tmp_path: Path) -> None:
    hub = open_hub({}, store=f"sqlite:///{tmp_path}/ledger.db")
    with hub.store.begin() as connection:
        plans.add_plan(connection, "plan", "moneybird", hub.now(), "run")
        for row, field in ((1, "legal_name"), (2, "name")):
            both = {field: {"before": None, "after": "New"}}
            change = Change(f"change{row}", "moneybird", "contacts", f"g{row}", row, "7", "update", both, {})
            outbox.add_changes(connection, "plan", [change], hub.now())
            ledger.enter(connection, [(change, "7", "done")], hub.now())
        found = [reads.entries(connection, "moneybird", "contacts", ["7"], [row], 10) for row in (1, 2)]
    assert [[one.field for one in some] for some in found] == [["legal_name"], ["name"]]


# status, quarantine, export


def test_status_adds_up(reader: Desk) -> None:
    found = reader.ask("status", "--agreement")
    golden = sum(found["golden"].values())
    for one in found["systems"]:
        counts = one["last_pull"]["counts"]
        assert counts["offered"] == counts["landed"]
        assert one["pending"] == 0
        assert one["behind_s"] >= 0
        assert one["quarantined"] == counts.get("quarantined", 0)
    assert golden == sum(exported(reader, kind) for kind in ("person", "organisation"))
    assert found["agreement"]["agree"] > found["agreement"]["differ"] > 0
    assert "hubspot" in reader.type("status").out


def exported(desk: Desk, kind: str) -> int:
    count: int = desk.ask("export", str(desk.folder / "count.ndjson"), "--kind", kind)["records"]
    return count


def stricter(hub: Hub) -> Hub:
    """The hub under a rule that nobody can pass whose surname begins with ``de``."""
    schema = json.loads(json.dumps(dict(hub.mappings.schema)))
    parts = schema["$defs"]["person"]["properties"]["name"]["properties"]
    parts["family_name_prefix"] = {"type": "string", "not": {"const": "de"}}
    return replace(hub, mappings=replace(hub.mappings, schema=schema))


def test_a_redrive_admits_what_the_corrected_rule_allows_and_loses_nothing(desk: Desk) -> None:
    strict = stricter(desk.hub())
    began = strict.now()
    for name in desk.running.systems:
        verbs.pull(strict, name)
    with strict.store.read() as connection:
        held = {str(one.key) for one in quarantine.listed(connection)}
    listed = desk.ask("quarantine", "--limit", "5")
    assert listed["total"] == len(held) > len(listed["held"]) == 5
    assert {one["record"] for one in listed["held"]} <= held

    for system in ("brevo", "hubspot"):
        verbs.try_again(strict, system)
    assert desk.ask("quarantine")["total"] == len(held)

    before = admitted(strict)
    said = desk.ask("quarantine", "redrive")
    still = {one["record"] for one in desk.ask("quarantine")["held"]}
    assert still < held
    assert admitted(strict) == before | (held - still)
    assert all(claimed_at(strict, key) < began for key in held - still)
    assert sum(one["held_before"] for one in said["systems"].values()) == len(held)
    assert sum(one["held_after"] for one in said["systems"].values()) == len(still)


def claimed_at(hub: Hub, key: str) -> str:
    """When the name of a record was authored, as far as the hub knows."""
    with hub.store.read() as connection:
        record = records.by_key(connection, RecordKey.parse(key))
    assert record is not None
    claim = (record.cells.get("name") or record.cells["legal_name"]).claim
    assert claim is not None
    return claim.at


def admitted(hub: Hub) -> set[str]:
    with hub.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT system, kind, key FROM source_record WHERE NOT deleted")
        return {"/".join(row) for row in rows}


def test_quarantined_values_are_shown_and_never_logged(desk: Desk) -> None:
    strict = stricter(desk.hub())
    verbs.pull(strict, "hubspot")
    (one, *_) = desk.ask("quarantine", "hubspot")["held"]
    (reason, *_) = one["reasons"]
    assert " de " in one["name"] and one["title"] == "HubSpot CRM" and one["link"] is None
    assert reason["place"] == "properties.lastname" and "properties.lastname holds 'de'" in reason["sentence"]
    assert reason["path"] == "name/family_name_prefix"
    assert reason["value"] == "'de'"
    log = " ".join(ending.pulled(desk.hub(), "hubspot"))
    assert "name/family_name_prefix (not)" in log and "klantbeeld quarantine hubspot" in log
    assert "'de'" not in log and one["name"] not in log
    said = desk.type("quarantine", "hubspot")
    assert "'de'" in said.out and one["name"] in said.out
    assert "In properties.lastname staat 'de'" in desk.type("quarantine", "hubspot", "--lang", "nl").out
    assert "'de'" not in said.err + desk.type("quarantine", "redrive", "hubspot").err


def test_the_three_formats_hold_the_same_customers(reader: Desk) -> None:
    files = {form: reader.folder / f"people.{form}" for form in ("ndjson", "csv", "parquet")}
    for file in files.values():
        assert reader.type("export", str(file)).code == 0
        assert file.stat().st_mode & 0o077 == 0
    whole = [json.loads(line) for line in files["ndjson"].read_text("utf-8").splitlines()]
    with files["csv"].open(encoding="utf-8", newline="") as text:
        flat = list(csv.DictReader(text))
    cells = [cell for row in flat for cell in row.values()]
    assert [one for one in cells if one.startswith(tuple("=+-@\t\r"))] == []
    assert any(one.startswith("'+31") for one in cells)  # a spreadsheet shows it as it stands, plus and all
    flat = [{name: re.sub("^'(?=[=+@-])", "", cell) for name, cell in row.items()} for row in flat]
    table = parquet_rows(files["parquet"])
    assert len(whole) > 20
    assert [{name: "" if one is None else str(one) for name, one in row.items()} for row in table] == flat
    for nested, row in zip(whole, flat, strict=True):
        assert row["golden_id"] == nested["golden_id"]
        assert row["systems"] == " | ".join(nested["systems"])
        assert row["emails"] == " | ".join(nested.get("emails", []))
        assert row["name.family_name"] == nested["name"].get("family_name", "")


def test_all_that_was_written_is_its_owner_s(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    var = desk.folder / "var"
    monkeypatch.setenv("KLANTBEELD_STORE", f"sqlite:///{var}/hub/hub.db")
    monkeypatch.setenv("KLANTBEELD_REPORTS", str(var / "reports"))
    (desk.folder / "in.csv").write_text("voornaam,achternaam\nJan,Berg\n", "utf-8")
    (desk.folder / "out").mkdir(mode=0o755)
    before, out = os.umask(0), str(desk.folder / "out")
    try:
        for words in (
            *(["sync", "--no-publish"], ["train", "--out", str(var / "matching")], ["backup", f"{out}/b.db"]),
            *(["export", f"{out}/e.{form}"] for form in ("csv", "ndjson", "parquet")),
            ["match", str(desk.folder / "in.csv"), "--out", f"{out}/m.csv"],
        ):
            assert desk.type(*words).code == 0
        with desk.hub().store.begin():  # while its log stands beside it
            written = [var, *var.rglob("*"), *Path(out).iterdir()]
            modes = {str(one): oct(one.stat().st_mode & 0o777) for one in written}
    finally:
        os.umask(before)
    assert len(modes) > 12 and any(one.endswith("-wal") for one in modes)
    assert {one: mode for one, mode in modes.items() if mode not in ("0o600", "0o700")} == {}


def parquet_rows(file: Path) -> list[dict[str, Any]]:
    parquet: Any = import_module("pyarrow.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(file).to_pylist()
    return rows


def test_an_export_that_breaks_off_leaves_the_earlier_file_alone(reader: Desk) -> None:
    folder = reader.folder / "broken"
    folder.mkdir()
    file = folder / "people.csv"
    file.write_text("earlier", "utf-8")

    def full(_: int) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        export(reader.hub(), "person", file, "csv", full)
    assert [one.name for one in folder.iterdir()] == ["people.csv"]
    assert file.read_text("utf-8") == "earlier"


@pytest.mark.parametrize("name", ["people.xls", "people", "nowhere/people.csv"])
def test_a_file_that_cannot_be_is_wrong_usage(reader: Desk, name: str) -> None:
    assert reader.type("export", str(reader.folder / name)).code == 2


def test_keep_and_audit_by_hand(reader: Desk) -> None:
    swept = reader.ask("keep", "brevo")
    assert swept["exit_code"] == 0 and swept["round"]["systems"][0]["swept"]["gone"] == 0
    found = reader.ask("audit")
    assert found["agreement"]["agree"] > 0 and found["broken"] == []
    with reader.hub().store.begin() as connection:
        connection.exec_driver_sql("INSERT INTO redirect VALUES ('old', 'nobody', '2026')")
    said = reader.type("audit")
    assert said.code == 1 and "an old golden id leads" in said.err and "(1: old)" in said.err
    with reader.hub().store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM redirect WHERE old = 'old'")


# check


def test_check_finds_what_is_missing_and_provision_makes_it(desk: Desk) -> None:
    before = desk.type("check", "--json")
    assert before.code == 1
    missing = [one for system in before.json["systems"] for one in system["findings"] if not one["ok"]]
    assert missing
    assert all(one["remedy"] for one in missing)
    assert desk.type("check", "zendesk", "--provision").code == 0
    assert desk.type("check").code == 1
    assert desk.type("check", "--provision").code == 0
    assert desk.type("check", "--json").json["ok"]


def test_mistakes_in_mapping_files_are_all_told_with_their_place(desk: Desk) -> None:
    folder = desk.folder / "mappings"
    shutil.copytree(HERE, folder)
    for name, right, wrong in (
        ("brevo", "codec: date,", "codec: dat,"),
        ("zendesk", "emails: {from", "emials: {from"),
    ):
        file = folder / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    said = desk.type("check", "--mappings", str(folder), "--json")
    assert said.code == 1
    mistakes = "\n".join(said.json["mappings"]["mistakes"])
    assert "mappings/brevo.yml" in mistakes
    assert "dat" in mistakes
    assert "mappings/zendesk.yml" in mistakes


# errors, and the command as a process


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nowhere/hub.db", "mysql+none://127.0.0.1/x"])
def test_a_store_that_does_not_work_is_one_line(desk: Desk, url: str) -> None:
    said = desk.type("status", "--store", url)
    assert said.code == 1
    assert said.err.startswith("error: ") or "\nerror: " in said.err


def test_a_connection_that_cannot_be_read_does_not_show_its_secret(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_HUBSPOT", '{"password": "very-secret"')
    said = desk.type("sync")
    assert said.code == 1
    assert "AIRFLOW_CONN_HUBSPOT" in said.err
    assert "very-secret" not in said.err


def test_stdout_holds_one_json_document_and_no_colour(desk: Desk) -> None:
    done = subprocess.run(
        [str(ROOT / "klantbeeld"), "sync", "--json"],
        env=desk.environment,
        cwd=desk.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["exit_code"] == 3
    assert "pulling hubspot" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_without_a_venv_the_launcher_says_what_to_do(tmp_path: Path) -> None:
    script = Path(shutil.copy(ROOT / "klantbeeld", tmp_path))
    done = subprocess.run([str(script)], capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 1
    assert "make setup" in done.stderr


def test_the_sandbox_command_gives_connections_that_work_and_ends_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hub.cli", "sandbox", "--customers", "5", "--speed", "60"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(4)]
        script = tmp_path / "connections.sh"
        script.write_text("".join(lines), "utf-8")
        words = f". {script} && exec {ROOT}/klantbeeld check --provision"
        done = subprocess.run(
            ["/bin/sh", "-c", words],
            env={**os.environ, "KLANTBEELD_SYSTEMS": "brevo,hubspot,moneybird,zendesk"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0
    assert done.returncode == 0, done.stderr
