"""Every codec by name, and building one from what a mapping says."""

from collections.abc import Mapping
from typing import Any

from hub.codecs.choices import Boolean, Enum, Flag
from hub.codecs.contract import Codec, UnknownCodec
from hub.codecs.dates import Date
from hub.codecs.numbers import Id, Integer, Money
from hub.codecs.option import arguments
from hub.codecs.person_names import DutchFamilyName, DutchName
from hub.codecs.places import Country, Language, PostalCode
from hub.codecs.reach import Domain, Email, Phone
from hub.codecs.registrations import Kvk, Vat
from hub.codecs.street import StreetLine
from hub.codecs.text import FirmName, Lowercase, Text, Uppercase
from quality.suggest import did_you_mean

_CODECS: dict[str, Any] = {
    "boolean": Boolean,
    "country": Country,
    "date": Date,
    "decimal": Money,
    "domain": Domain,
    "dutch_family_name": DutchFamilyName,
    "dutch_name": DutchName,
    "email": Email,
    "enum": Enum,
    "firm_name": FirmName,
    "flag": Flag,
    "id": Id,
    "integer": Integer,
    "kvk": Kvk,
    "language": Language,
    "lowercase": Lowercase,
    "phone": Phone,
    "postal_code": PostalCode,
    "street_line": StreetLine,
    "text": Text,
    "uppercase": Uppercase,
    "vat": Vat,
}


def names() -> list[str]:
    """The names of all codecs, sorted."""
    return sorted(_CODECS)


def codec(spec: str | Mapping[str, object]) -> Codec:
    """The codec a mapping names: ``"phone"`` or ``{"phone": {"region": "NL"}}``.

    Raises UnknownCodec, with the nearest name, for a name or an option that does not exist.
    """
    name, options = _split(spec)
    if name not in _CODECS:
        near = did_you_mean(name, _CODECS) or f" Allowed: {', '.join(names())}."
        raise UnknownCodec(f"unknown codec '{name}'.{near}")
    kind = _CODECS[name]
    built: Codec = Enum.of(options) if kind is Enum else kind(**arguments(name, kind, options))
    return built


def _split(spec: str | Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    if isinstance(spec, str):
        return spec, {}
    name, options = next(iter(spec.items())) if len(spec) == 1 else ("", None)
    if not name or not isinstance(options, Mapping | None):
        raise UnknownCodec("a codec is one name, or one name with its options: {phone: {region: NL}}")
    return name, options or {}
