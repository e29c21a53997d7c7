"""Invented customers and values nobody else has: whatever stands somewhere later tells who typed it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hub.codecs import CodecError, codec
from hub.model.keys import Kind
from hub.model.value import Value
from sandbox.people.dice import Dice
from sandbox.people.words import listed

HEADS = listed(
    "Ahorn Berk Cedar Duin Eik Fazant Gras Haver Iep Jasmijn Klaver Linde Meer Noten Olm Populier Ratel "
    "Sperwer Tarwe Uilen Vlier Wilgen Zilver Adelaar Bever Das Egel Fuut Gaai Havik Kievit Leeuwerik "
    "Merel Otter Patrijs Reiger Snoek Tureluur Valk Wulp"
)
TAILS = listed(
    "akker brink camp dijk esch feld gaard hoeve iland jager kamp land maat naber oever poort rade schot "
    "terp vaart waard zicht stra sma ing huizen man ink horst beek"
)
GIVEN = listed(
    "Anna Bram Cornelia Daan Esther Fleur Gerrit Hanneke Ingrid Joris Karin Lotte Marieke Niels Olga "
    "Petra Quinten Roos Sanne Thijs Ursula Vera Wouter Xander Yvonne Zeger Astrid Boudewijn Dirk"
)
PREFIXES = ("", "", "", "de", "van", "van der")
STREETS = listed(
    "Kerkstraat Molenweg Stationsweg Julianalaan Eikenlaan Havenstraat Marktplein Dijkweg Singel Zandweg"
)
TOWNS = listed("Delft Breda Zwolle Leiden Gouda Assen Venlo Tilburg Deventer Alkmaar Arnhem Hilversum")
LANGUAGES = ("nl", "de", "fr", "en")
STAGES = ("lead", "prospect", "customer", "former")
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"

Values = dict[str, Value]
"""Shared field → value; a list field has its elements."""


@dataclass(slots=True)
class Words:
    """Where new values come from: unlike any given before, but for languages, stages and given names."""

    dice: Dice
    drawn: int = 0
    families: list[str] = field(default_factory=list)

    def next(self) -> int:
        """1, 2, 3 …"""
        self.drawn += 1
        return self.drawn

    def family(self) -> Values:
        """A surname of its own, some with a prefix."""
        if not self.families:
            self.families = [head + tail for head in HEADS for tail in TAILS]
            self.dice.shuffle(self.families)
        name: Values = {"family_name": self._rare(self.families.pop())}
        prefix = self.dice.choice(PREFIXES)
        return {"family_name_prefix": prefix, **name} if prefix else name

    def _rare(self, name: str) -> str:
        """The name, doubled where all the plain ones are used up."""
        used = self.next() > 8 * len(HEADS) * len(TAILS)
        return f"{name}-{self.dice.choice(HEADS)}" if used else name

    def given(self) -> Values:
        """A given name; many share one."""
        return {"given_name": self.dice.choice(GIVEN)}

    def email(self) -> str:
        """An address of its own."""
        return f"post{self.next()}@klant{self.dice.randrange(90)}.nl"

    def phone(self, kind: Kind) -> str:
        """A mobile number, or an organisation's."""
        return f"+316{11_000_000 + self.next()}" if kind == "person" else f"+3171{4_000_000 + self.next()}"

    def home(self) -> Values:
        """A whole address; no two have the same postcode."""
        number = self.next()
        letters = LETTERS[number % 20] + LETTERS[number // 20 % 20]
        return {
            "street": self.dice.choice(STREETS),
            "house_number": str(1 + self.dice.randrange(180)),
            "postal_code": f"{1001 + number * 7 % 8900} {letters}",
            "city": self.dice.choice(TOWNS),
            "country": "NL",
        }

    def birth(self) -> str:
        """A day of its own."""
        return (date(1941, 3, 2) + timedelta(days=self.next() * 3 % 22_000)).isoformat()

    def vat(self) -> str:
        """A Dutch VAT number that passes every test."""
        vats = codec("vat")
        while True:
            text = f"NL{100_000_000 + self.next() * 37}B01"
            try:
                vats.read(text)
            except CodecError:
                continue
            return text

    def firm(self) -> str:
        """A legal name."""
        return f"{self.family()['family_name']} {self.dice.choice(('Handel', 'Techniek', 'Advies'))}"

    def scalar(self, name: str) -> Value:
        """A value for a field that is neither a name, an address nor a list."""
        number = self.next()
        made: dict[str, Value] = {
            "language": self.dice.choice(LANGUAGES),
            "journey_stage": self.dice.choice(STAGES),
            "coc_number": str(20_000_000 + number),
            "domain": f"firma{number}.nl",
        }
        special = {"birth_date": self.birth, "vat_number": self.vat, "legal_name": self.firm}
        return special[name]() if name in special else made[name]


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who exists in some of the systems; all of them say the same at first."""

    id: str
    """``p0012`` or ``o0005``: what the driver calls him, and nobody else."""
    number: int
    kind: Kind
    systems: tuple[str, ...]
    values: Values


def customers(count: int, words: Words) -> list[Customer]:
    """So many, each fifth an organisation."""
    return [_organisation(n, words) if n % 5 == 0 else _person(n, words) for n in range(1, count + 1)]


def _person(number: int, words: Words) -> Customer:
    values: Values = {
        "name": {**words.given(), **words.family()},
        "emails": [words.email()],
        "phones": [words.phone("person")],
        "address": words.home(),
        "birth_date": words.birth(),
        "language": words.dice.choice(LANGUAGES),
        "journey_stage": words.dice.choice(STAGES),
    }
    for channel in ("email_consent", "sms_consent"):
        if words.dice.chance(0.1):
            values[channel] = "no"
    return Customer(f"p{number:04d}", number, "person", _some(words.dice, 4), values)


def _organisation(number: int, words: Words) -> Customer:
    names = ("legal_name", "vat_number", "coc_number", "domain", "language", "journey_stage")
    values: Values = {
        **{name: words.scalar(name) for name in names},
        "emails": [words.email()],
        "phones": [words.phone("organisation")],
        "address": words.home(),
    }
    return Customer(f"o{number:04d}", number, "organisation", _some(words.dice, 3), values)


def _some(dice: Dice, most: int) -> tuple[str, ...]:
    every = ("hubspot", "moneybird", "zendesk", "brevo")[:most]
    return tuple(sorted(dice.sample(every, dice.randint(2, most))))
