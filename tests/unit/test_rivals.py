"""Two that are nearly one, as stored records are judged: never written into each other."""

from typing import Any

import pytest

from hub.identity.care import ASKED, CONFLICTS, ENOUGH, ONE_VOICE, OWN, SETTLED
from hub.identity.findings import named
from hub.model.keys import KINDS
from tests.unit.test_rating import ASK, HOME, NO, SAME, firm, someone, verdict

BERG: dict[str, Any] = {"family": "van der Berg"}
JAN: dict[str, Any] = {"given": "Jan", **BERG}
MOBILE, OTHER = "+31612345670", "+31687654321"
LINE = "+31703456789"
REACHED: dict[str, Any] = {"emails": ["post@smit.nl"], "phones": [LINE], "address": HOME}
AWAY = {"street": "Laan", "house_number": "12", "postal_code": "1234 AB", "city": "Delft"}


def home(**other: str) -> dict[str, str]:
    return {**HOME, **other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {**JAN, "address": HOME, "emails": ["jan.berg@b.nl"]},
            {**JAN, "address": HOME, "emails": ["j.berg7@c.nl"]},
            id="a parent and a child of one name, each with a mailbox",
        ),
        pytest.param(
            {"given": "Jan", "family": "Berg Jr", "address": HOME},
            {**JAN, "address": HOME},
            id="one who is called Jr, and one who is not",
        ),
        pytest.param(
            {"given": "Jan", "family": "Berg Jr", "address": HOME},
            {"given": "Jan", "family": "Berg Sr", "address": HOME},
            id="Jr and Sr",
        ),
        pytest.param(
            {"given": "Johan", **BERG, "address": HOME, "birth_date": "1990-01-02"},
            {"given": "Johanna", **BERG, "address": HOME, "birth_date": "1990-01-02"},
            id="two names in their own right that differ by an ending",
        ),
        pytest.param(
            {"given": "Tim", **BERG, "address": HOME},
            {"given": "Tom", **BERG, "address": HOME},
            id="and by a letter",
        ),
        pytest.param(
            {"given": "Anna", **BERG, "birth_date": "1999-05-06", "phones": [MOBILE], "address": HOME},
            {"given": "Sofie", **BERG, "birth_date": "1999-05-06", "phones": [MOBILE], "address": HOME},
            id="twins with a parent's mobile",
        ),
        pytest.param(
            {**JAN, "address": home(house_number_addition="A")},
            {**JAN, "address": home(house_number_addition="B")},
            id="two of one name in one building",
        ),
        pytest.param(
            {**JAN, "address": HOME}, {**JAN, "address": home(house_number="9")}, id="and two next door"
        ),
        pytest.param(
            {**JAN, "emails": ["jan.berg@b.nl"], "birth_date": "1950-01-02", "address": HOME},
            {**JAN, "emails": ["jan.berg@b.nl"], "birth_date": "1980-11-23", "address": HOME},
            id="a parent and a child of one name with one mailbox",
        ),
        pytest.param(
            {**JAN, "emails": ["jan.berg@b.nl"], "number": "NX1234567"},
            {**JAN, "emails": ["jan.berg@b.nl"], "number": "BT9876543"},
            id="two passports and one mailbox",
        ),
        pytest.param(
            {"given": "Jan", "family": "Berg Jr", "emails": ["jan.berg@b.nl"], "address": HOME},
            {"given": "Jan", "family": "Berg Sr", "emails": ["jan.berg@b.nl"], "address": HOME},
            id="Jr and Sr with one mailbox",
        ),
        pytest.param(
            {"given": "Anna", "family": "Bakker", "birth_date": "1990-08-15"},
            {"given": "Anna", "family": "Smit", "birth_date": "1990-08-15"},
            id="two of one given name, born on one day",
        ),
        pytest.param(
            {**JAN, "address": HOME, "phones": [MOBILE]},
            {**JAN, "address": HOME, "phones": [OTHER]},
            id="a parent and a child of one name, each with a mobile",
        ),
        pytest.param(
            {**JAN, "phones": ["1111111111"]},
            {**JAN, "phones": ["1111111111"]},
            id="one filler for a telephone",
        ),
        pytest.param(
            {**JAN, "phones": ["0123456789"]}, {**JAN, "phones": ["0123456789"]}, id="another filler"
        ),
        pytest.param(
            {"given": "Louis", **BERG, "emails": ["louis.berg@b.nl"]},
            {"given": "Louise", **BERG, "emails": ["louise.berg@b.nl"]},
            id="each with a mailbox that spells a name of its own",
        ),
        pytest.param(
            {**JAN, "emails": ["j.berg@gmail.com"], "address": HOME},
            {**JAN, "emails": ["jberg@hotmail.com"], "address": AWAY},
            id="mailboxes that have no more than one name",
        ),
        pytest.param(
            {"given": "Jan", **BERG, "emails": ["jan.berg7@gmail.com"]},
            {"given": "Jan", **BERG, "emails": ["jan.berg9@gmail.com"]},
            id="one mailbox's name with another digit",
        ),
    ],
)
def test_two_people_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(someone(**one), someone(**other)) in (ASK, NO)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"given": "Jan", "family": "Berg Jr", "address": HOME, "birth_date": "1990-01-02"},
            {**JAN, "address": HOME, "birth_date": "1990-01-02"},
            id="Jr and no mark, born on one day",
        ),
        pytest.param(
            {**JAN, "address": HOME, "emails": ["jan.berg@b.nl"], "phones": [MOBILE]},
            {**JAN, "address": HOME, "emails": ["j.berg7@c.nl"], "phones": [MOBILE]},
            id="two mailboxes and one mobile",
        ),
        pytest.param(
            {"given": "J.", **BERG, "emails": ["johannes.vanderberg@b.nl"]},
            {"given": "Johannes", **BERG, "emails": ["johannes.vanderberg@b.nl"], "address": HOME},
            id="an initial, and whom the mailbox spells",
        ),
        pytest.param(
            {"given": "Berendina", **BERG, "emails": ["b.berg@b.nl"]},
            {"given": "B.", **BERG, "emails": ["b.berg@b.nl"], "phones": [MOBILE]},
            id="a mailbox that has the initial of both",
        ),
        pytest.param(
            {"given": "Aleida", "family": "Kilhof", "emails": ["zeilvos77@b.nl"], "address": HOME},
            {"given": "Aleida", "family": "Birtwist", "emails": ["zeilvos77@b.nl"], "address": HOME},
            id="one who married",
        ),
        pytest.param(
            {**JAN, "phones": ["01976748340"]},
            {**JAN, "phones": ["+441976748340"]},
            id="a telephone number that is none in its country",
        ),
        pytest.param(
            {"given": "Uschi", "family": "Kilhof", "emails": ["kilhofur@b.nl"]},
            {"given": "Ursula", "family": "Kilhof", "emails": ["kilhofur@b.nl"]},
            id="a mailbox that begins as the given name does",
        ),
        pytest.param({"emails": ["zeilvos77@b.nl"]}, {**JAN, "emails": ["zeilvos77@b.nl"]}, id="no name"),
        pytest.param(
            {"given": "Jan Willem", **BERG, "address": HOME},
            {"given": "Jan W.", **BERG, "address": HOME},
            id="a second name and its initial",
        ),
        pytest.param(
            {"given": "Тарас", "family": "Шевченко", "phones": [MOBILE]},  # noqa: RUF001
            {"given": "Taras", "family": "Shevchenko", "phones": [MOBILE]},
            id="two scripts",
        ),
    ],
)
def test_one_person_is_one(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(someone(**one), someone(**other)) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"legal_name": "Smit B.V.", "emails": ["post@smit.nl"], "phones": [LINE], "address": HOME},
            {
                "legal_name": "Smit Holding B.V.",
                "emails": ["post@smit.nl"],
                "phones": [LINE],
                "address": HOME,
            },
            id="a holding and its operating company",
        ),
        pytest.param(
            {"legal_name": "Vos Drukkerij", "coc_number": "12345678", "address": HOME},
            {"legal_name": "Vos Drukkerij", "coc_number": "12345679", "address": HOME},
            id="numbers given out one after the other",
        ),
        pytest.param(
            {"legal_name": "Bakkerij Vos", "emails": ["klanten@kantoor.nl"], "phones": [LINE]},
            {"legal_name": "Garage Smit", "emails": ["klanten@kantoor.nl"], "phones": [LINE]},
            id="two clients of one office",
        ),
        pytest.param(
            {"legal_name": "Café de Kroon", "address": HOME},
            {"legal_name": "Café de Kroon", "address": AWAY},
            id="one sign in two towns",
        ),
        pytest.param({"legal_name": "Café de Kroon"}, {"legal_name": "Café de Kroon"}, id="one sign alone"),
        pytest.param(
            {"legal_name": "Vos Advies", "address": home(house_number_addition="Suite 4")},
            {"legal_name": "Smit Software", "address": home(house_number_addition="Suite 4")},
            id="neighbours in a business centre",
        ),
        *(
            pytest.param({"legal_name": one}, {"legal_name": other}, id=f"{one}, {other}")
            for one, other in (
                ("J. Jansen Advies", "P. Jansen Advies"),
                ("Pronk I B.V.", "Pronk II B.V."),
                ("Basisschool 17", "Basisschool 71"),
                ("Jansen", "Kapsalon Jansen"),
            )
        ),
        pytest.param(
            {"legal_name": "Vos Advies", "domain": "vos.nl", "phones": [LINE], "address": HOME},
            {"legal_name": "Vos Software", "domain": "vos.nl", "phones": [LINE], "address": HOME},
            id="sister firms",
        ),
    ],
)
def test_two_firms_stay_two(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(firm(**one), firm(**other)) in (ASK, NO)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"legal_name": "Bouwbedrijf Smit B.V."}, {"legal_name": "Smit Bouwbedrijf BV"}),
        ({"legal_name": "Fosse Ltd"}, {"legal_name": "Fosse Limited"}),
        ({"legal_name": "Möbelhaus Wagner"}, {"legal_name": "Mobelhaus Wagner GmbH"}),
        (
            {"legal_name": "Jansen", "phones": [LINE], "address": HOME},
            {"legal_name": "Kapsalon Jansen", "phones": [LINE], "address": HOME},
        ),
        ({"legal_name": "Jansen & de Boer"}, {"legal_name": "Jansen en de Boer"}),
        (
            {"legal_name": "Café de Kroon", "address": HOME},
            {"legal_name": "De Kroon Café", "address": home(street="Plein, 2e etage")},
        ),
    ],
)
def test_one_firm_is_one(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(firm(**one), firm(**other)) == SAME


@pytest.mark.parametrize("kind", KINDS)
def test_care_speaks_of_findings_there_are(kind: Any) -> None:
    ways = [*ENOUGH[kind], CONFLICTS[kind], *OWN[kind], *ONE_VOICE[kind]]
    ways += [one for settled in SETTLED[kind].values() for one in settled]
    ways += [one for found, settled in ASKED[kind] for one in (found, *settled)]
    for way in ways:
        for comparison, findings in way.items():
            assert {*findings} <= {*named(kind, comparison)}
