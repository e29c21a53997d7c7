"""Commands: a sync, what it would send, and a person's word on that."""

import csv
import json
from collections import Counter
from typing import Any

import pytest

from hub.publish.effect import replaces
from hub.views import ending
from tests.integration.desk import Desk


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


def test_a_folder_for_a_file_is_told_before_anything_is_planned(reader: Desk) -> None:
    said = reader.type("plan", "hubspot", "--csv", str(reader.folder))
    assert said.code == 2 and "folder" in said.err and "planning" not in said.err


@pytest.mark.parametrize(
    "missing", [["--who", "anna"], ["--why", "read"], ["--who", " ", "--why", "read"], []]
)
def test_without_a_terminal_nothing_is_asked(reader: Desk, missing: list[str]) -> None:
    reader.ask("plan", "zendesk")
    said = reader.type("plan", "approve", "zendesk", *missing)
    assert said.code == 2
    assert reader.ask("plan", "zendesk")["holds"]
