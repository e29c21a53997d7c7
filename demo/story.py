"""The main job, step by step, in real figures."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from connectors.contract import Connection
from demo import vendor
from demo.judge import Judge
from demo.rounds import Rounds
from hub.flow.decide.decisions import decide
from hub.flow.hub import Hub
from hub.flow.publish.agreement import agreement
from hub.golden.record import SourceRecord
from hub.model.value import canonical
from hub.store import golden as goldens
from hub.store import outbox, plans, records, runs
from hub.store.golden import Golden
from hub.views.disputes import disputes

Json = dict[str, Any]
NEW_NAME = "Zonneveld"
DISPUTABLE = ("name", "emails", "phones", "address", "birth_date")


@dataclass(slots=True)
class Story:
    """The demo's figures as they come; ends as ``var/demo/report.json``."""

    hub: Hub
    rounds: Rounds
    judge: Judge
    hand: Mapping[str, Connection]
    """Connections of the departments' people."""
    say: Callable[[str], None]
    harm: Callable[[Sequence[Mapping[str, Any]]], Json | None]
    """What these writes, as the systems noted them, did to people's values."""
    report: Json = field(default_factory=dict)
    hero: str = ""
    """The golden id of the customer the story follows."""

    def provision(self) -> None:
        """Create the custom fields the hub writes, as IT does once."""
        for name, mapping in self.hub.mappings.systems.items():
            connector = self.hub.connect(mapping)
            for obj in mapping.objects:
                if fields := mapping.provisions(obj):
                    findings = connector.provision(obj, fields)
                    for one in findings:
                        if not one.ok:
                            self.say(f"{name}: {one.what}: {one.remedy}")

    def first_pull(self) -> None:
        """Everything comes in, golden records are composed, and the first load is held."""
        self.rounds.pull()
        self.report["systems"] = self._systems()
        with self.hub.store.read() as connection:
            counts = goldens.counts(connection)
        self.report["golden"] = {
            "people": counts.get("person", 0),
            "organisations": counts.get("organisation", 0),
        }
        found = self.judge.accuracy(self.hub)
        self.report["truth"] = {
            **{
                kind: {"precision": round(one.precision, 4), "recall": round(one.recall, 4)}
                for kind, one in found.items()
            },
            "households_merged": self.judge.people_merged(self.hub),
        }
        self.report["agreement"] = {"before": agreement(self.hub).as_dict()}
        hero = self._choose()
        self.hero = hero.golden_id
        self.report["customer"] = {"before": self._four_views(hero)}

    def approve(self) -> list[Json]:
        """A person looks at what is held and releases it."""
        with self.hub.store.read() as connection:
            held = plans.holds(connection)
        approved = []
        for one in held:
            number = decide(
                self.hub, one.id, approve=True, who="data office (demo)", why="first load, looked at"
            )
            approved.append({"system": one.system, "changes": number, "reasons": list(one.reasons)})
        self.report["approved"] = approved
        self.rounds.follow()
        return approved

    def settle(self) -> None:
        """Pull again: what was written is seen back, and the systems are compared once more."""
        self.rounds.pull()
        found = agreement(self.hub).as_dict()
        self.report["agreement"] |= {"after": found, "exempt": found["exempt"]}
        asked = disputes(self.hub)
        self.report["disputes"] = {
            "questions": asked.total,
            "customers": asked.customers,
            "by_field": dict(asked.by_field),
        }
        self.report["harm"] = self.harm(self.judge.journal())
        golden = self._golden(self.hero)
        self.report["customer"] |= {"after": self._card(golden), "facts": self._facts(golden)}

    def edit(self) -> None:
        """Somebody in Sales corrects a surname; one sync later the others have it."""
        started = time.monotonic()
        contact = next(one for one in self._records(self.hero) if one.key.system == "hubspot")
        before = shown(contact.cells["name"].base)
        edit = {"properties": {"lastname": NEW_NAME}}
        vendor.type_in(self.hand["hubspot"], "hubspot", contact.object, contact.raw_key, edit)
        self.rounds.pull(["hubspot"])
        seen = {one.key.system: self._name(one) for one in self._records(self.hero)}
        self.report["edit"] = {
            "system": "hubspot",
            "field": "name",
            "before": before,
            "after": NEW_NAME,
            "seen_in": seen,
            "arrived": all(NEW_NAME in name for name in seen.values()),
            "seconds": round(time.monotonic() - started, 1),
        }

    def second_sync(self) -> None:
        """With no edits nothing is sent: one sync to see the edit back, one to prove it."""
        self.rounds.pull()
        mark = self.judge.mark()
        self.rounds.pull()
        self.report["second_sync"] = {
            "writes": self.judge.hub_writes(mark),
            "agreement": agreement(self.hub).as_dict()["share"],
        }
        self.report["writes"] = self._writes()

    def _systems(self) -> Json:
        with self.hub.store.read() as connection:
            done = {
                name: [one for one in runs.recent(connection, 50, "pull", name) if one.state == "done"]
                for name in self.hub.mappings.systems
            }
        names = ("offered", "landed", "unchanged", "admitted", "quarantined")
        return {
            name: {what: sum(one.counts.get(what, 0) for one in some) for what in names}
            for name, some in done.items()
        }

    def _writes(self) -> Json:
        with self.hub.store.read() as connection:
            tally = outbox.tally(connection, self.hub.mappings.systems)
        return {
            name: {
                "planned": sum(number for state, number in states.items() if state != "superseded"),
                "sent": states.get("done", 0) + states.get("conflict", 0) + states.get("unanswered", 0),
                "acknowledged": states.get("done", 0),
                "refused": states.get("refused", 0),
            }
            for name, states in sorted(tally.items())
        }

    def _choose(self) -> Golden:
        """A person known once in every system, with an open ticket and an overdue invoice.

        Of two as good to tell of, the one with the higher source keys: the same in every run.
        """
        with self.hub.store.read() as connection:
            people = list(goldens.everyone(connection, "person"))
            likely = [one for one in people if len(one.systems) == len(self.hub.mappings.systems)]
            held = records.of_golden(connection, [one.golden_id for one in likely])
        mine = {golden_id: sorted(some.values(), key=lambda one: one.key) for golden_id, some in held.items()}
        return max(
            likely,
            key=lambda one: (
                self._renamable(mine[one.golden_id]),
                _interest(one, mine[one.golden_id]),
                [record.key for record in mine[one.golden_id]],
            ),
        )

    def _renamable(self, mine: Sequence[SourceRecord]) -> bool:
        """Whether a new name can be written to every one of them: not so to contact people in Moneybird."""
        lenses = [
            self.hub.mapping(one.key.system).lens(one.object, one.key.kind, one.key.key, "name")
            for one in mine
        ]
        return all(lens is not None and lens.write_rule != "never" for lens in lenses)

    def _golden(self, golden_id: str) -> Golden:
        with self.hub.store.read() as connection:
            return goldens.by_ids(connection, [golden_id])[golden_id]

    def _records(self, golden_id: str) -> list[SourceRecord]:
        with self.hub.store.read() as connection:
            mine = records.of_golden(connection, [golden_id])[golden_id]
        return sorted(mine.values(), key=lambda one: one.key)

    def _four_views(self, golden: Golden) -> list[Json]:
        return [
            {"record": str(one.key), **{name: shown(value) for name, value in one.authored().items()}}
            for one in self._records(golden.golden_id)
        ]

    def _card(self, golden: Golden) -> Json:
        origin = golden.provenance
        return {
            name: {"value": shown(value), "from": origin[name].get("from"), "rule": origin[name]["rule"]}
            for name, value in golden.document.items()
        }

    def _facts(self, golden: Golden) -> Json:
        """What the other departments now see in their own system, asked of that system itself."""
        places = {
            "hubspot": ("properties.open_tickets", "properties.overdue_balance"),
            "brevo": ("attributes.OPEN_TICKETS", "attributes.OVERDUE_BALANCE"),
        }
        found: Json = {}
        for one in self._records(golden.golden_id):
            if one.key.system in places:
                data = vendor.look(self.hub, one, self.hand)
                tickets, overdue = (vendor.fact(data, where) for where in places[one.key.system])
                found[one.key.system] = {"open_tickets": tickets, "overdue_balance": overdue}
        return found

    def _name(self, record: SourceRecord) -> str:
        """The name the system itself shows now, as the mapping reads it."""
        mapping = self.hub.mapping(record.key.system)
        data = vendor.look(self.hub, record, self.hand)
        facet = mapping.facet(record.object, record.key.key, record.key.kind, data)
        return shown(facet.lenses["name"].read(data, {})) if facet else "-"


def _interest(one: Golden, mine: Sequence[SourceRecord]) -> tuple[int, ...]:
    """How good a customer is to tell of: known once everywhere, owing, with tickets, and much disputed."""
    overdue = float(str(one.document.get("overdue_balance", "0"))) > 0
    once = len(mine) == len(one.systems)
    disputed = sum(_disputed(name, mine) for name in DISPUTABLE)
    return (once, overdue + bool(one.document.get("open_tickets")), disputed)


def _disputed(name: str, mine: Sequence[SourceRecord]) -> bool:
    said = {canonical(value) for record in mine if (value := record.authored().get(name)) is not None}
    return len(said) > 1


def shown(value: object) -> str:
    """A shared value on one line."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        order = (
            *("given_name", "family_name_prefix", "family_name"),
            *("street", "house_number", "house_number_addition", "postal_code", "city", "country"),
        )
        return " ".join(str(value[part]) for part in order if part in value)
    return str(value)
