"""What is called otherwise from now on keeps everything, once the file says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from connectors.contract import Connector, Page, RawRecord
from hub.flow import verbs
from hub.flow.activate import proposed, to_activate
from hub.flow.mapping_doubts import doubts
from hub.flow.mappings import in_force
from hub.flow.preview import preview
from hub.mapping.load import load
from tests.databases import Databases
from tests.integration.changing import (
    FONE,
    Edit,
    changed,
    picture,
    put,
    ready,
    seeds,
    shipped,
)
from tests.integration.household import Customer, rows
from tests.integration.stage import keys, staged

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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
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
    with staged(seeds()) as stage:
        hub = ready(stage, databases)
        folder = shipped(tmp_path, ("zendesk", "system: zendesk", "system: support"))
        (folder / "zendesk.yml").rename(folder / "support.yml")
        files = load(folder, frozenset({"brevo", "hubspot", "moneybird", "support"}))
        in_force(hub.hub.store, hub.mappings)
        assert "support" not in in_force(hub.hub.store, files).systems
        (line,) = doubts(hub.hub.store, files).renamed
        assert "Write 'formerly: zendesk' at its top" in line
