"""People's hands: what they type goes through the system's own API and, as it reads, into the journal."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from bench.edits.invented import Words
from bench.edits.journal import Journal, Line, When
from bench.edits.place import Place, Texts, differing, lenses, reading, texts
from bench.edits.register import Register
from bench.edits.rows import fill
from bench.edits.stage import Stage
from connectors.contract import Json, RawRecord, Write
from hub.mapping.lens import Lens
from hub.mapping.paths import Path, put
from hub.mapping.read import CustomerReading
from hub.model.value import Value
from sandbox.moneybird.standin import ADMINISTRATION

HUBSPOT = "/crm/objects/2026-09"
EVERYTHING = "*"
Typed = tuple[str, str]
"""Customer and field."""


@dataclass(slots=True)
class Hands:
    """Everybody who types, in whatever system."""

    stage: Stage
    words: Words
    journal: Journal
    register: Register
    round: int = 0
    when: When = "before"
    stood: dict[Typed, list[Value]] = field(default_factory=dict)
    """What stood in a field once, as shared values (of a list: elements); what people may retype."""

    def look(self, place: Place) -> CustomerReading | None:
        """What a record says now; None where it is gone."""
        return self._read(place, self._fetch(place))

    def would_say(self, place: Place, written: Json) -> CustomerReading | None:
        """What a record will say once this is written over it."""
        raw = self._fetch(place)
        return self._read(place, raw and replace(raw, data=_over(raw.data, written)))

    def lenses(self, place: Place) -> Mapping[str, Lens]:
        """Field → lens of a record of a known customer."""
        return lenses(self.stage.mappings, place, self.register.kind(self.register.owners[place]))

    def type(self, place: Place, data: Mapping[Path, Any], kind: str, not_meant: str = "") -> list[Line]:
        """Put this where it belongs; what changed, or nothing where the system would not have it.

        ``not_meant``: the field in which nobody means what is typed, or EVERYTHING.
        """
        before = self.look(place)
        nested: Json = {}
        for where, value in data.items():
            put(nested, where, value)
        if before is None or self._push(place, nested) is None:
            return []
        return self._noted(place, before, self.look(place), kind, not_meant)

    def create(
        self, system: str, obj: str, customer: str, values: Mapping[str, Value], kind: str
    ) -> Place | None:
        """A new record; None where the system would not have it."""
        place = Place(system, obj, "")
        row: Json = {}
        fill(row, lenses(self.stage.mappings, place, self.register.kind(customer)), values)
        key = self._push(place, row)
        if key is None:
            return None
        made = Place(system, obj, key)
        self.register.owners[made] = customer
        self._noted(made, None, self.look(made), kind)
        return made

    def delete(self, place: Place) -> bool:
        """Delete, or put away where the system only does that."""
        root = f"/api/v2/{ADMINISTRATION}/contacts/{place.key}/archive.json"
        how = {
            "hubspot": ("DELETE", f"{HUBSPOT}/{place.object}/{place.key}"),
            "brevo": ("DELETE", f"/v3/contacts/{place.key}?identifierType=contact_id"),
            "zendesk": ("DELETE", f"/api/v2/{place.object}/{place.key}"),
            "moneybird": ("PATCH", root),
        }
        done = self.stage.ask(place.system, *how[place.system])
        if done:
            self._ends(place, "delete")
        return done

    def merge(self, winner: Place, loser: Place) -> bool:
        """Fold one record into another of the same system and customer."""
        both = {"primaryObjectId": winner.key, "objectIdToMerge": loser.key}
        asked: dict[str, tuple[str, str, Json]] = {
            "hubspot": ("POST", f"{HUBSPOT}/{winner.object}/merge", both),
            "zendesk": ("PUT", f"/api/v2/users/{loser.key}/merge", {"user": {"id": winner.key}}),
        }
        before = self.look(winner)
        done = self.stage.ask(winner.system, *asked[winner.system])
        if done:
            self._ends(loser, "merge")
            stays = self._goes_on(winner)
            self._noted(stays, before, self.look(stays), "merge")
        return done

    def _goes_on(self, winner: Place) -> Place:
        """Where the winner of a merge is now: some systems make a new record of two."""
        raw = self._fetch(winner)
        if raw is None or raw.merged_into is None:
            return winner
        new = winner._replace(key=raw.merged_into)
        lines = self.journal.lines
        lines[:] = [replace(one, place=new) if one.place == winner else one for one in lines]
        self.register.owners[new] = self.register.owners[winner]
        self.register.gone.add(winner)
        return new

    def remember(self, customer: str, found: CustomerReading | None, names: Set[str]) -> None:
        """What somebody meant may be retyped one day."""
        for name, value in found.document().items() if found else ():
            if name not in names:
                continue
            some = self.stood.setdefault((customer, name), [])
            some += [one for one in (value if isinstance(value, list) else [value]) if one not in some]

    def _ends(self, place: Place, kind: str) -> None:
        self.register.gone.add(place)
        self.journal.begin(kind, self.when)

    def _noted(
        self,
        place: Place,
        before: CustomerReading | None,
        after: CustomerReading | None,
        kind: str,
        not_meant: str = "",
    ) -> list[Line]:
        customer, now = self.register.owners[place], self.stage.now()
        act = self.journal.begin(kind, self.when)
        lines = [
            Line(act, now, self.round, self.when, kind, place, customer, unit, was, became, meant)
            for unit, was, became in differing(before, after)
            for meant in [not_meant not in (EVERYTHING, unit[0])]
        ]
        self.journal.lines += lines
        self._remember_home(customer, texts(after))
        self.register.note(customer, texts(after))
        self.remember(customer, after, {one.unit[0] for one in lines if one.deliberate})
        return lines

    def _remember_home(self, customer: str, told: Texts) -> None:
        home, second = told.get(("address", "home"), ""), told.get(("address", "second_line"), "")
        if any(unit[0] == "address" for unit in told):
            self.journal.homes.add((customer, home, second))

    def _push(self, place: Place, data: Json) -> str | None:
        write = Write(f"person-{self.words.next()}", place.key or None, data)
        (receipt,) = self.stage.human(place.system).push(place.object, [write])
        return receipt.key if receipt.status == "done" else None

    def _fetch(self, place: Place) -> RawRecord | None:
        return self.stage.human(place.system).fetch(place.object, [place.key]).get(place.key)

    def _read(self, place: Place, raw: RawRecord | None) -> CustomerReading | None:
        return reading(self.stage.mappings, place, raw)


def _over(data: Json, written: Json) -> Json:
    merged = dict(data)
    for name, one in written.items():
        inner = merged.get(name)
        merged[name] = _over(inner, one) if isinstance(inner, dict) and isinstance(one, dict) else one
    return merged
