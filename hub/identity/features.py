"""What two records are compared on: their authored values, standardised for matching only.

The source value is never touched. What the hub placed is not looked at: it is no evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import phonenumbers

from hub.identity.firms import firm
from hub.identity.letters import plain
from hub.identity.mailboxes import beside_family, called_by, one_box
from hub.identity.personal import personal
from hub.identity.streets import street
from hub.identity.vocabulary import Vocabulary
from hub.model.keys import Kind
from hub.model.value import Value

EVIDENCE = frozenset(
    [
        *("name", "legal_name", "emails", "phones", "address", "birth_date"),
        *("vat_number", "coc_number", "domain", "number"),
    ]
)
"""Shared fields that tell whose record it is; another ticket or another consent makes nobody another."""
_IN_ORDER = "12345678901234567890 98765432109876543210"
LINE = 9
"""Digits of a telephone number from which on nobody else has it by chance."""
FEW = 3
"""Different digits below which a national number is what somebody typed to fill the field."""
FACTS = 4
"""Other things a file may tell of each customer."""
SHORT = 10
"""Characters of an E.164 number below which it is no customer's line: a service, an emergency."""


@dataclass(frozen=True, slots=True)
class Features:
    """One record, ready to be compared. Empty texts and sets mean: not known."""

    kind: Kind
    given: str = ""
    """The first given name; where that is missing or an initial, what the e-mail address spells out."""
    family: str = ""
    name: str = ""
    """An organisation's name without its legal form."""
    legal_form: str = ""
    emails: frozenset[str] = frozenset()
    """As :func:`hub.identity.mailboxes.one_box`."""
    phones: frozenset[str] = frozenset()
    """Mobile numbers: one person's."""
    landlines: frozenset[str] = frozenset()
    """Other numbers: a household's or an office's."""
    domains: frozenset[str] = frozenset()
    postal_code: str = ""
    house_number: str = ""
    birth_date: str = ""
    vat: str = ""
    coc: str = ""
    employer: frozenset[str] = frozenset()
    """Marks of the organisation this person works for, and the domains of the person's addresses."""
    street: str = ""
    city: str = ""
    number: str = ""
    """Any other number that is one person's: of a passport, an insurance, a member."""
    second: str = ""
    """Given names after the first, or their initials."""
    mark: str = ""
    """Which of several generations of one name: ``jr``."""
    addition: str = ""
    """To the house number: which home in a building."""
    facts: tuple[str, ...] = ()
    """What else a file tells of its customers, column by column."""
    group: str = ""
    """Which firm of a group an organisation is: ``holding``."""
    own_words: frozenset[str] = frozenset()
    """What an organisation is called, without what it does."""
    trades: frozenset[str] = frozenset()
    """What it does: ``bakkerij``."""
    sign: str = ""
    """What kind of house it is that is called by its sign: ``café``."""

    @property
    def workplaces(self) -> frozenset[str]:
        """What the employer is known by, so that ``Bakkerij de Vries`` and ``bakkerijdevries.nl`` are one."""
        return frozenset(_workplace(one) for one in self.employer)

    def marks(self) -> frozenset[str]:
        """What an organisation is known by, for comparing the people who work there."""
        named = {f"n:{self.name}", f"v:{self.vat}", f"k:{self.coc}"}
        domains = {f"d:{one}" for one in self.domains}
        return frozenset({one for one in named if len(one) > 2} | domains)


def features(
    kind: Kind, said: Mapping[str, Value], words: Vocabulary, employer: frozenset[str] = frozenset()
) -> Features:
    """The features of a record from what its people said (``authored`` values by shared field)."""
    named, address = personal(_object(said.get("name"))), _object(said.get("address"))
    emails = frozenset(one_box(one) for one in _texts(said.get("emails")) if not words.is_generic(one))
    told = (one for one in _texts(said.get("phones")) if _is_line(one))
    phones = frozenset(one for one in told if not words.is_generic(one))
    mobiles = frozenset(one for one in phones if one.startswith("+") and is_mobile(one))
    house, addition = _house(address)
    called, domains = firm(str(said.get("legal_name", "")), words), _domains(said, words)
    return Features(
        kind,
        _given(named.given, named.family, emails, words),
        named.family,
        called.name,
        called.form,
        emails,
        mobiles,
        phones - mobiles,
        domains,
        plain(address.get("postal_code", "")).replace(" ", ""),
        house,
        str(said.get("birth_date", "")),
        str(said.get("vat_number", "")),
        str(said.get("coc_number", "")),
        employer | {f"d:{one}" for one in domains},
        street(address.get("street", "")),
        plain(address.get("city", "")),
        plain(str(said.get("number", ""))).replace(" ", ""),
        named.second,
        named.mark,
        addition,
        tuple(plain(one) for one in _texts(said.get("facts"))[:FACTS]),
        called.group,
        called.own,
        called.trades,
        called.sign,
    )


def _house(address: Mapping[str, str]) -> tuple[str, str]:
    """The number of a house, and which home in it: ``12a`` is 12, and a."""
    number, more = plain(address.get("house_number", "")), plain(address.get("house_number_addition", ""))
    digits = "".join(takewhile(str.isdigit, number)) or number
    return digits, f"{number[len(digits) :]} {more}".replace(" ", "")


def _workplace(mark: str) -> str:
    kind, _, value = mark.partition(":")
    known = {"n": value.replace(" ", ""), "d": plain(value.partition(".")[0]).replace(" ", "")}
    return known.get(kind, mark)


def _is_line(phone: str) -> bool:
    """Whether two who have this number share one: national ones do too, but for what fills a field.

    A national number tells no country, or is none in its own: it is written nowhere.
    """
    if phone.startswith("+"):
        return True
    digits = "".join(filter(str.isdigit, phone)).lstrip("0")
    return len(phone) >= LINE and len({*digits}) >= FEW and digits not in _IN_ORDER


def is_mobile(phone: str) -> bool:
    """Whether an E.164 number is a mobile one, as far as its country's numbering tells.

    Numbers are handed out by ten thousand: of all but the shortest the last four digits do not matter.
    """
    return _is_mobile(phone if len(phone) < SHORT else f"{phone[:-4]}0000")


@lru_cache(maxsize=200_000)
def _is_mobile(phone: str) -> bool:
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return bool(kind == phonenumbers.PhoneNumberType.MOBILE)


def _given(given: str, family: str, emails: frozenset[str], words: Vocabulary) -> str:
    """An initial or nothing gives way to what ``johannes.deboer@`` spells out."""
    if not family or len(given) > 1:
        return given
    for email in sorted(emails):
        spelled = beside_family(email, family) or called_by(email, family, words)
        if len(spelled) > 2 and spelled.startswith(given) and not words.is_generic(f"{spelled}@"):
            return spelled
    return given


def _domains(said: Mapping[str, Value], words: Vocabulary) -> frozenset[str]:
    found = {one.split("@", 1)[1] for one in _texts(said.get("emails")) if "@" in one}
    if isinstance(domain := said.get("domain"), str):
        found.add(domain)
    return frozenset(one for one in found if one not in words.public_domains)


def _object(value: Value | None) -> dict[str, str]:
    return {part: str(one) for part, one in value.items()} if isinstance(value, dict) else {}


def _texts(value: Value | None) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
