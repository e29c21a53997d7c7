"""What goes wrong: mistyped mappings, partial answers, archived properties, bad imports."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from bench.edits.between import Loss, Script
from bench.edits.hands import Hands
from bench.edits.imports import TARGETS, Import
from bench.edits.journal import Hidden
from bench.edits.mapping import change_mapping, shipped_text
from bench.edits.place import Place
from bench.edits.touches import touched
from connectors.contract import Json, RawRecord

TYPOS = (
    ("zendesk", "phones", "from: [phone]", "from: [fone]"),
    ("hubspot", "email_consent", "properties.hs_email_optout", "properties.company"),
    ("brevo", "birth_date", "attributes.BIRTHDATE", "attributes.BIRTHDAT"),
    ("moneybird", "vat_number", "from: tax_number", "from: taxnumber"),
    ("hubspot", "address", "properties.city,", "properties.town,"),
    ("hubspot", "coc_number", "from: properties.coc_number", "from: properties.coc_numer"),
    ("brevo", "name", "attributes.FIRSTNAME", "attributes.FIRST_NAME"),
)
"""System, field, what the shipped file says, and what somebody made of it."""
LOST = (
    ("brevo", "contacts", ("emailBlacklisted", "smsBlacklisted")),
    ("brevo", "contacts", ("attributes",)),
    ("hubspot", "contacts", ("properties.date_of_birth", "properties.hs_email_optout")),
    ("hubspot", "companies", ("properties.vat_number", "properties.coc_number")),
    ("moneybird", "contacts", ("phone",)),
    ("zendesk", "users", ("phone",)),
)
"""System, object, and the keys or containers one answer lacks."""
ARCHIVED = ("vat_number", "coc_number")
"""HubSpot's own custom properties of this account, of companies."""
PROPERTIES = "/crm/properties/2026-09/companies"


@dataclass(slots=True)
class Mishaps:
    """One after another, each put right before the rounds end."""

    hands: Hands
    script: Script
    rounds: int
    happened: int = 0
    ends: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    """Round → what is put right at its beginning."""

    @property
    def lasting(self) -> int:
        """Rounds until it is put right."""
        return 3 if self.rounds >= 12 else 2

    def begin(self, number: int) -> None:
        """The beginning of a round: what is over is put right, and something new may go wrong."""
        for end in self.ends.pop(number, []):
            end()
        self._touch_partial()
        if number % 2 == 1 and number + self.lasting <= self.rounds:
            (self._typo, self._partial, self._import, self._archived)[self.happened % 4]()
            self.happened += 1

    def read(self) -> None:
        """The pulls are over: what was partial is whole again, and what it hid is noted."""
        self.script.losses.clear()
        now = self.hands.round
        for system, _, key in self.script.lost:
            self.hands.journal.hidden.append(Hidden(system, "", key, now, now))

    def _later(self, end: Callable[[], None]) -> None:
        self.ends.setdefault(self.hands.round + self.lasting, []).append(end)

    def _hide(self, system: str, name: str) -> None:
        now = self.hands.round
        self.hands.journal.hidden.append(Hidden(system, name, "", now, now + self.lasting - 1))

    def _turn(self) -> int:
        return self.happened // 4

    def _count(self, kind: str) -> None:
        self.hands.journal.begin(kind, "before")

    def _typo(self) -> None:
        stage = self.hands.stage
        system, name, right, wrong = TYPOS[self._turn() % len(TYPOS)]
        before = shipped_text(system)
        self._count(f"mapping {system} {name}")
        stage.hub = change_mapping(stage.hub, system, before.replace(right, wrong), stage.folder)
        self._hide(system, name)

        def end() -> None:
            stage.hub = change_mapping(stage.hub, system, before, stage.folder)

        self._later(end)

    def _partial(self) -> None:
        system, obj, paths = LOST[self._turn() % len(LOST)]
        self._count(f"partial {system} {paths[0]}")
        self._touch_some(system, obj)
        self.script.losses[system, obj] = lacking(paths)

    def _touch_some(self, system: str, obj: str) -> None:
        """Enough records are saved anew that the answer is about somebody."""
        here = self.hands.register.records(system, obj)
        for place in self.hands.words.dice.sample(here, min(len(here), max(3, len(here) // 8))):
            touched(self.hands, place)

    def _touch_partial(self) -> None:
        """Who was shown in part is saved once more, so that the hub has a chance to see all of it."""
        for one in sorted(self.script.lost):
            place = Place(*one)
            if self.hands.register.lives(place):
                touched(self.hands, place)
        self.script.lost.clear()

    def _archived(self) -> None:
        stage, name = self.hands.stage, ARCHIVED[self._turn() % len(ARCHIVED)]
        self._count(f"archived hubspot {name}")
        stage.ask("hubspot", "DELETE", f"{PROPERTIES}/{name}")
        self._hide("hubspot", name)
        words = {"label": name, "type": "string", "fieldType": "text", "groupName": "companyinformation"}

        def end() -> None:
            stage.ask("hubspot", "POST", PROPERTIES, {"name": name, **words})

        self._later(end)

    def _import(self) -> None:
        system, obj, name, part = TARGETS[self._turn() % len(TARGETS)]
        self._count(f"import {system} {name}")
        one = Import(self.hands, name, part)
        one.spoil(system, obj)
        self._later(one.repair)


def lacking(paths: tuple[str, ...]) -> Loss:
    """A record without these keys."""

    def loss(record: RawRecord) -> Json:
        data = deepcopy(record.data)
        for path in paths:
            *way, last = path.split(".")
            inner = data
            for step in way:
                inner = inner.get(step) or {}
            inner.pop(last, None)
        return data

    return loss
