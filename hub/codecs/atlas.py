"""Names and codes of countries and languages, from babel's copy of Unicode CLDR."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global

from hub.codecs.clean import unaccented
from hub.codecs.memory import remembered

_READ_IN = ("en", "nl", "de", "fr")
_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
"""Codes CLDR names beside countries: unions, test locales, "unknown"."""

_ALSO_CALLED = {
    "NL": ("Holland", "The Netherlands", "Koninkrijk der Nederlanden", "Pays Bas", "Hollande"),
    "BE": ("Belgie", "Belgique", "Vlaanderen"),
    "DE": ("Bundesrepublik Deutschland", "BRD", "Federal Republic of Germany"),
    "GB": ("UK", "U.K.", "Great Britain", "Groot-Brittannie", "Engeland", "England", "Scotland", "Wales"),
    "US": ("USA", "U.S.A.", "U.S.", "United States of America", "Verenigde Staten van Amerika", "Amerika"),
    "CZ": ("Czech Republic", "Tsjechische Republiek"),
    "GR": ("EL",),
    "TR": ("Turkey", "Turkije"),
    "CH": ("Zwitserland", "Schweiz", "Suisse"),
}
_ALSO_SPOKEN = {"nl": ("Vlaams", "Flemish", "Hollands"), "nb": ("Norwegian Bokmal",)}


def country_code(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a code or a name, or None."""
    return _countries().get(_fold(text))


def country_name(code: str, language: str) -> str | None:
    """The name of a two-letter code in ``en`` or ``nl``; it reads back as the same code."""
    if _countries().get(_fold(code)) != code:
        return None
    return str(Locale(language).territories.get(code, code))


def language_code(text: str) -> str | None:
    """ISO 639-1 of a code, a locale or a name, or None."""
    known = _languages()
    return known.get(_fold(text)) or known.get(_fold(re.split("[-_]", text)[0]))


def locale_tag(code: str) -> str:
    """A language with its likeliest country, ``nl-NL``; the code alone where no country is likeliest."""
    country = get_global("likely_subtags").get(code, "").rpartition("_")[2]
    return f"{code}-{country}" if country.isalpha() and len(country) == 2 else code


@cache
def _countries() -> dict[str, str]:
    codes = _codes("territories", "[A-Z]{2}") - _NO_COUNTRY
    index = _named("territories", codes, _ALSO_CALLED)
    for alias, targets in get_global("territory_aliases").items():
        if len(targets) == 1 and targets[0] in codes and alias.isalpha():
            index.setdefault(_fold(alias), targets[0])
    return index


@cache
def _languages() -> dict[str, str]:
    codes = _codes("languages", "[a-z]{2}")
    index = _named("languages", codes, _ALSO_SPOKEN)
    for alias, code in get_global("language_aliases").items():
        if code in codes:
            index.setdefault(_fold(alias), code)
    return index


def _codes(what: Literal["territories", "languages"], shape: str) -> set[str]:
    return {str(code) for code in getattr(Locale("en"), what) if re.fullmatch(shape, str(code))}


def _named(
    what: Literal["territories", "languages"], codes: set[str], also: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Folded name → code; a code beats a name, and an earlier language a later one."""
    index = {_fold(code): code for code in codes}
    for language in _READ_IN:
        names = getattr(Locale(language), what)
        for code in sorted(codes):
            index.setdefault(_fold(names.get(code, code)), code)
    for code, others in also.items():
        for name in others:
            index.setdefault(_fold(name), code)
    return index


@remembered
def _fold(text: str) -> str:
    """Without case, accents, points and brackets: how a name is typed should not matter."""
    return " ".join(re.sub(r"[^\w]+", " ", unaccented(text.casefold())).split())
