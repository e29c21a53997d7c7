"""What the cells of a column look like, whatever its name."""

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial

from hub.matching.reading.cells import several
from hub.matching.reading.dates import Dates
from hub.matching.reading.firms import is_firm
from hub.matching.reading.homes import is_number
from hub.matching.reading.words import listed

MOST = 0.8
"""Share of cells that makes a column what they are."""
SURE = frozenset({"email", "phone", "vat_number", "postal_code"})
"""What is so plain from its cells that a column is read as that; of the rest we only say so."""
_EMAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[^\s@;,.]{2,}")
_DIALLED = re.compile(r"\+?[0-9()][0-9 ()./\u2010-\u2015-]{7,20}")
_DUTCH_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_BRITISH_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}")
_VAT = re.compile(
    r"(?:NL[0-9]{9}B[0-9]{2}|BE[01][0-9]{9}|DE[0-9]{9}|FR[0-9A-Z]{2}[0-9]{9}|ATU[0-9]{8}|LU[0-9]{8})"
)
_REGISTER = re.compile(r"[0-9]{8}|HRB ?[0-9]{3,6}|[01][0-9]{3}\.[0-9]{3}\.[0-9]{3}|[0-9]{14}")
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)
_HOUSE = re.compile(r"[0-9]{1,5} ?[-/]?[A-Za-z]?[A-Za-z0-9]{0,3}")
_STREET = re.compile(
    r"[^\W\d_][^\d@]{3,} [0-9]{1,5}(?: ?[-/]?[A-Za-z0-9]{1,4})?|[0-9]{1,5},? [^\W\d_][^\d@]{5,}"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_TITLES = frozenset(
    listed(
        "mr mrs ms miss dr prof dhr mevr mw heer mevrouw herr frau m mme mlle monsieur madame ir drs ing sir"
    )
)
_WORD = re.compile(r"[^\W\d_][^\W\d_'.-]+")


def looks_like(texts: Collection[str], names: Collection[str] = ()) -> str:
    """The role most cells of a column could have, or nothing. ``names``: given names that many have."""
    if not texts:
        return ""
    tests: Mapping[str, Callable[[str], bool]] = {
        "email": _is_email,
        "birth_date": _is_date,
        "vat_number": _is_vat,
        "postal_code": _is_postcode,
        "phone": _is_phone,
        "coc_number": _is_register,
        "domain": lambda one: bool(_DOMAIN.fullmatch(one)),
        "legal_name": is_firm,
        "street": lambda one: bool(_STREET.fullmatch(one)),
        "given_name": partial(_is_name, names=names, words=1),
        "name": partial(_is_name, names=names, words=2),
    }
    return next((role for role, test in tests.items() if share(texts, test) >= _least(role)), "")


def may_be_postcodes(texts: Collection[str]) -> bool:
    """Whether all are of four digits, or five, and no years: so are many other numbers."""
    years = share(texts, lambda one: bool(_YEAR.fullmatch(one)))
    whole = all(one.isascii() and one.isdecimal() for one in texts)
    return whole and {*map(len, texts)} in ({4}, {5}) and years < MOST


def share(texts: Collection[str], test: Callable[[str], bool]) -> float:
    """Of texts, how many pass."""
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def is_evidence(text: str) -> bool:
    """Whether a text is somebody's address, number or day, and no name of a column."""
    return any(test(text) for test in (_is_email, _is_date, _is_vat, _is_postcode, _is_phone))


def is_house(text: str) -> bool:
    """Whether a text could be a house number with its addition."""
    return bool(_HOUSE.fullmatch(text))


def is_title(text: str) -> bool:
    """Whether a text is ``Mr.``, ``dhr.``, ``Frau``: before a whole name, not before a family name."""
    return text.casefold().rstrip(".") in _TITLES


def _least(role: str) -> float:
    return 0.4 if role in ("legal_name", "given_name", "name") else MOST


def _is_email(text: str) -> bool:
    return any(_EMAIL.fullmatch(one) for one in several("email", text))


def _is_phone(text: str) -> bool:
    return any(_is_dialled(one) for one in several("phone", text))


def _is_dialled(text: str) -> bool:
    digits = sum(map(str.isdecimal, text))
    begins = text.startswith(("+", "0", "(0", "(+"))
    return begins and digits >= 9 and bool(_DIALLED.fullmatch(text)) and is_number(text)


def _is_date(text: str) -> bool:
    day = Dates().read(text) if text[:1].isalnum() and len(text) >= 6 else ""
    return "1880" < day[:4] < "2100" and day[5:7] <= "12" and day[8:] <= "31"


def _is_vat(text: str) -> bool:
    return bool(_VAT.fullmatch(re.sub(r"[^A-Z0-9]", "", text.upper())))


def _is_postcode(text: str) -> bool:
    return bool(_DUTCH_POSTCODE.fullmatch(text) or _BRITISH_POSTCODE.fullmatch(text))


def _is_register(text: str) -> bool:
    return bool(_REGISTER.fullmatch(text))


def _is_name(text: str, names: Collection[str], words: int) -> bool:
    some = _WORD.findall(text.casefold())
    return bool(some) and (len(some) == 1 if words == 1 else len(some) > 1) and some[0] in names
