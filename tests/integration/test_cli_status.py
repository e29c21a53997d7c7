"""Commands: how things stand, what is in quarantine, and the night's work by hand."""

import json
from dataclasses import replace

from hub.flow import verbs
from hub.flow.hub import Hub
from hub.model.keys import RecordKey
from hub.store import quarantine, records
from hub.views import ending
from tests.integration.desk import Desk


def exported(desk: Desk, kind: str) -> int:
    count: int = desk.ask("export", str(desk.folder / "count.ndjson"), "--kind", kind)["records"]
    return count


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
