"""Where somebody lives and what they speak: countries, languages, postal codes."""

import re
from dataclasses import dataclass
from typing import ClassVar

from hub.codecs.atlas import country_code, country_name, language_code, locale_tag
from hub.codecs.clean import clean, tidy, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints
from hub.codecs.option import option
from hub.model.allowed import Allowed
from hub.model.value import Value

_DUTCH_POSTCODE = re.compile(r"(?:NL[- ]?)?([1-9][0-9]{3})[ -]?([A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Country:
    """ISO 3166 two letters, from two or three letters or an English, Dutch, German or French name.

    ``as: iso2 | name_en | name_nl`` is the form it is written in.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    form: str = option("as", choices=("iso2", "name_en", "name_nl"), default="iso2")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "country", Allowed.COUNTRY)
        code = text and country_code(text)
        if text and not code:
            raise CodecError("country", Allowed.COUNTRY, raw)
        return code

    def write(self, value: Value | None) -> object:
        text = wanted(value, "country", Allowed.COUNTRY)
        if text is None or self.form == "iso2":
            return text
        name = country_name(text, self.form.removeprefix("name_"))
        if name is None:
            raise CodecError("country", Allowed.COUNTRY_CODE, value)
        return name


@dataclass(frozen=True, slots=True)
class Language:
    """ISO 639-1, ``nl``, from ``nl-NL``, ``nld`` or a name; ``as: locale`` writes ``nl-NL``.

    Of ``nl-BE`` the language is read; written as a locale it takes the language's likeliest country.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"
    form: str = option("as", choices=("short", "locale"), default="short")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "language", Allowed.LANGUAGE)
        code = text and language_code(text)
        if text and not code:
            raise CodecError("language", Allowed.LANGUAGE, raw)
        return code

    def write(self, value: Value | None) -> object:
        text = wanted(value, "language", Allowed.LANGUAGE)
        return locale_tag(text) if text and self.form == "locale" else text


@dataclass(frozen=True, slots=True)
class PostalCode:
    """Capitals; ``1234 AB`` for Dutch ones (country hint NL, or none). Others are only tidied."""

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "exact"

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "postal_code")
        if text is None:
            return None
        text = tidy(text.upper())
        dutch = _DUTCH_POSTCODE.fullmatch(text) if hints.get("country", "NL").upper() == "NL" else None
        return " ".join(dutch.groups()) if dutch else text

    def write(self, value: Value | None) -> object:
        return wanted(value, "postal_code")
