"""Until somebody activates a changed file the one before it rules; the first plan after it is held."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hub.flow import verbs
from hub.flow.activate import changed_files, proposed, to_activate
from hub.flow.mappings import in_force, waiting
from hub.flow.preview import Written, emptied_first, lines, preview
from hub.mapping.load import readable
from hub.mapping.strict_yaml import BadFile
from hub.store import mapping_files, outbox, plans
from tests.databases import Databases
from tests.integration.changing import (
    FONE,
    NO_USERS,
    ONE,
    PAID,
    SWAPPED,
    changed,
    picture,
    put,
    ready,
    seeds,
    shipped,
)
from tests.integration.stage import Staged, staged


def test_a_changed_file_that_nobody_activated_changes_nothing(tmp_path: Path, databases: Databases) -> None:
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
        folder = shipped(tmp_path)
        (folder / "shop.yml").write_text("system: shop\n", "utf-8")
        with pytest.raises(BadFile, match=r"mappings/shop\.yml"):
            in_force(hub.hub.store, readable(folder))


def test_the_first_plan_of_every_system_is_held(tmp_path: Path, databases: Databases) -> None:
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
        put(hub, changed(tmp_path, PAID))
        optout = {"properties": {"hs_email_optout": "true"}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), optout)
        hub.stage.pass_time(timedelta(minutes=10))
        hub.pull()
        mark = stage.mark()
        assert verbs.publish(hub.hub, "brevo")["held"] > 0
        assert any("Blacklisted" in str(one.after) for one in stage.by_hub(mark, "brevo"))


def test_the_plan_after_activation_is_what_was_previewed(tmp_path: Path, databases: Databases) -> None:
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
