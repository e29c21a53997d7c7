"""What two records are compared on: their authored values, standardised for matching only.

The source value is never touched. What the hub placed is not looked at: it is no evidence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from hub.codecs.clean import unaccented
from hub.identity.vocabulary import Vocabulary
from hub.model.keys import Kind
from hub.model.value import Value

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae"})
PREFIXES = frozenset(
    ["v", "d", "vd", "van", "von", "de", "den", "der", "het", "t", "ten", "ter", "te", "op", "in"]
)
"""Of family names, as they are compared: they tell nobody apart."""
_NOT_WORD = re.compile(r"[^a-z0-9]+")
EVIDENCE = frozenset(
    [
        *("name", "legal_name", "emails", "phones", "address", "birth_date"),
        *("vat_number", "coc_number", "domain", "number"),
    ]
)
"""Shared fields that tell whose record it is; another ticket or another consent makes nobody another."""
SHORT = 10
"""Characters of an E.164 number below which it is no customer's line: a service, an emergency."""


@dataclass(frozen=True, slots=True)
class Features:
    """One record, ready to be compared. Empty texts and sets mean: not known."""

    kind: Kind
    given: str = ""
    """The given name; where that is missing or an initial, what the e-mail address spells out."""
    family: str = ""
    name: str = ""
    """An organisation's name without its legal form."""
    legal_form: str = ""
    emails: frozenset[str] = frozenset()
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
    name, address = _object(said.get("name")), _object(said.get("address"))
    emails = frozenset(one for one in _texts(said.get("emails")) if not words.is_generic(one))
    # A national number whose country nothing tells is no line in the world: it matches nothing.
    told = (one for one in _texts(said.get("phones")) if one.startswith("+"))
    phones = frozenset(one for one in told if not words.is_generic(one))
    mobiles = frozenset(one for one in phones if is_mobile(one))
    family, legal, domains = _family(name), str(said.get("legal_name", "")), _domains(said, words)
    return Features(
        kind,
        _given(_first_names(name), family, emails, words),
        family,
        _firm(legal, words),
        _form(legal, words),
        emails,
        mobiles,
        phones - mobiles,
        domains,
        plain(address.get("postal_code", "")).replace(" ", ""),
        address.get("house_number", ""),
        str(said.get("birth_date", "")),
        str(said.get("vat_number", "")),
        str(said.get("coc_number", "")),
        employer | {f"d:{one}" for one in domains},
        plain(address.get("street", "")),
        plain(address.get("city", "")),
        plain(str(said.get("number", ""))).replace(" ", ""),
    )


def _workplace(mark: str) -> str:
    kind, _, value = mark.partition(":")
    known = {"n": value.replace(" ", ""), "d": plain(value.partition(".")[0]).replace(" ", "")}
    return known.get(kind, mark)


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Small letters, digits and single spaces; umlauts as two letters, accents dropped."""
    lowered = text.casefold().translate(_UMLAUTS)
    return _NOT_WORD.sub(" ", unaccented(lowered)).strip()


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
    if not family or any(len(word) > 1 for word in given.split()):
        return given
    for email in sorted(emails):
        spelled, _, rest = email.split("@")[0].partition(".")
        owner = rest.endswith(family.replace(" ", ""))
        named = len(spelled) > 2 and spelled.isalpha() and not words.is_generic(f"{spelled}@")
        if owner and named and spelled.startswith(given[:1]):
            return plain(spelled)
    return given


def _first_names(name: Mapping[str, str]) -> str:
    """The given names, without the start of a family name's prefix that slipped in: ``James v``."""
    words = plain(name.get("given_name", "")).split()
    while len(words) > 1 and words[-1] in PREFIXES:
        del words[-1]
    return " ".join(words)


def _family(name: Mapping[str, str]) -> str:
    """The family name without its prefix: ``van der Berg`` and ``v.d. Berg`` are one name."""
    words = plain(name.get("family_name", "")).split()
    while len(words) > 1 and words[0] in PREFIXES:
        del words[0]
    return " ".join(words)


def _firm(name: str, words: Vocabulary) -> str:
    kept = [word for word in plain(name).split() if word not in words.legal_forms]
    return " ".join(kept) or plain(name)


def _form(name: str, words: Vocabulary) -> str:
    """The legal form a name carries, its letters together: ``B.V.`` and ``bv`` are one."""
    return "".join(word for word in plain(name).split() if word in words.legal_forms)


def _domains(said: Mapping[str, Value], words: Vocabulary) -> frozenset[str]:
    found = {one.split("@", 1)[1] for one in _texts(said.get("emails")) if "@" in one}
    if isinstance(domain := said.get("domain"), str):
        found.add(domain)
    return frozenset(one for one in found if one not in words.public_domains)


def _object(value: Value | None) -> dict[str, str]:
    return {part: str(one) for part, one in value.items()} if isinstance(value, dict) else {}


def _texts(value: Value | None) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
