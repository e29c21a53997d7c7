"""One customer as other programs take contacts: vCard 4 (RFC 6350), JSContact (RFC 9553), schema.org JSON-LD.

Made of what somebody sees of a customer: what is masked for him, or undecided, is not in it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, get_args

from hub.views.customer import Customer
from hub.views.sight import MASK

Format = Literal["vcard", "jscontact", "schema.org"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA: Mapping[Format, str] = {
    "vcard": "text/vcard; charset=utf-8",
    "jscontact": "application/jscontact+json",
    "schema.org": "application/ld+json",
}
Fields = Mapping[str, Any]
FOLD = 75
"""Octets of a line of a vCard; what is longer goes on in the next one (RFC 6350, 3.2)."""


def vcard(one: Customer) -> str:
    """The customer as a vCard 4."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_card(one, _fields(one)), "END:VCARD"]
    return "".join(_folded(line) for line in lines)


def _card(one: Customer, told: Fields) -> Iterator[str]:
    yield f"KIND:{'org' if one.kind == 'organisation' else 'individual'}"
    yield f"UID:urn:uuid:{one.golden_id}"
    yield f"REV:{_stamp(one.changed_at)}"
    yield f"FN:{_escaped(_called(one, told))}"
    if name := told.get("name"):
        yield f"N:{_parts(_family(name), name.get('given_name'), '', '', '')}"
    if firm := told.get("legal_name"):
        yield f"ORG:{_escaped(firm)}"
    yield from (f"EMAIL:{_escaped(email)}" for email in told.get("emails", ()))
    yield from (f"TEL;VALUE=uri:tel:{phone}" for phone in told.get("phones", ()))
    if home := told.get("address"):
        line, town = _street(home), home.get("city")
        yield f"ADR:{_parts('', '', line, town, '', home.get('postal_code'), home.get('country'))}"
    if day := told.get("birth_date"):
        yield f"BDAY:{str(day).replace('-', '')}"
    if language := told.get("language"):
        yield f"LANG:{language}"


def _parts(*some: object) -> str:
    return ";".join(_escaped(one or "") for one in some)


def _escaped(text: object) -> str:
    """Text as a value: what would end it is written with a stroke before it (RFC 6350, 3.4)."""
    for sign in ("\\", ",", ";"):
        text = str(text).replace(sign, f"\\{sign}")
    return str(text).replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line, in lines of :data:`FOLD` octets that are whole characters."""
    made, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            made, size = f"{made}\r\n ", 1
        made, size = made + letter, size + width
    return f"{made}\r\n"


def _stamp(at: str) -> str:
    """``2026-11-22T10:00:00.000000Z`` as ``20261122T100000Z``."""
    return f"{at[:19].replace('-', '').replace(':', '')}Z"


def jscontact(one: Customer) -> dict[str, Any]:
    """The customer as a JSContact card."""
    told = _fields(one)
    card: dict[str, Any] = {
        "@type": "Card",
        "version": "1.0",
        "uid": f"urn:uuid:{one.golden_id}",
        "kind": "org" if one.kind == "organisation" else "individual",
        "updated": f"{one.changed_at[:19]}Z",
        "name": {"@type": "Name", "full": _called(one, told)},
    }
    if name := told.get("name"):
        kinds = (("given", name.get("given_name")), ("surname", _family(name)))
        card["name"]["components"] = [{"kind": kind, "value": it} for kind, it in kinds if it]
    if firm := told.get("legal_name"):
        card["organizations"] = {"o1": {"name": firm}}
    card |= _numbered("emails", "e", ({"address": it} for it in told.get("emails", ())))
    card |= _numbered("phones", "p", ({"number": f"tel:{it}"} for it in told.get("phones", ())))
    if home := told.get("address"):
        parts = (
            ("name", _street(home)),
            ("locality", home.get("city")),
            ("postcode", home.get("postal_code")),
        )
        address: dict[str, Any] = {"components": [{"kind": kind, "value": it} for kind, it in parts if it]}
        card["addresses"] = {"a1": address | _only(countryCode=home.get("country"))}
    if day := told.get("birth_date"):
        year, month, date = map(int, str(day).split("-"))
        when = {"@type": "PartialDate", "year": year, "month": month, "day": date}
        card["anniversaries"] = {"b1": {"kind": "birth", "date": when}}
    return card | _only(language=told.get("language"))


def _numbered(name: str, letter: str, some: Iterator[dict[str, Any]]) -> dict[str, Any]:
    found = {f"{letter}{number}": one for number, one in enumerate(some, 1)}
    return {name: found} if found else {}


def schema_org(one: Customer) -> dict[str, Any]:
    """The customer as schema.org's Person or Organization."""
    told = _fields(one)
    firm = one.kind == "organisation"
    name = told.get("name") or {}
    home = told.get("address")
    address = home and {
        "@type": "PostalAddress",
        **_only(
            streetAddress=_street(home),
            addressLocality=home.get("city"),
            postalCode=home.get("postal_code"),
            addressCountry=home.get("country"),
        ),
    }
    return {
        "@context": "https://schema.org",
        "@type": "Organization" if firm else "Person",
        "@id": f"urn:uuid:{one.golden_id}",
        "name": _called(one, told),
        **_only(
            givenName=name.get("given_name"),
            familyName=_family(name),
            legalName=told.get("legal_name"),
            vatID=told.get("vat_number"),
            email=told.get("emails"),
            telephone=told.get("phones"),
            address=address,
            birthDate=told.get("birth_date"),
            knowsLanguage=told.get("language"),
        ),
    }


def _only(**some: Any) -> dict[str, Any]:
    """Those of which something is known."""
    return {name: one for name, one in some.items() if one}


def _fields(one: Customer) -> Fields:
    return {it.name: it.value for it in one.fields if it.value not in (None, MASK)}


def _called(one: Customer, told: Fields) -> str:
    name = told.get("name") or {}
    parts = (name.get(part) for part in ("given_name", "family_name_prefix", "family_name"))
    return " ".join(filter(None, parts)) or str(told.get("legal_name") or one.name)


def _family(name: Fields) -> str:
    return " ".join(filter(None, (name.get("family_name_prefix"), name.get("family_name"))))


def _street(home: Fields) -> str:
    if home.get("as_typed"):
        return str(home["as_typed"])
    door = "".join(filter(None, (home.get("house_number"), home.get("house_number_addition"))))
    return " ".join(filter(None, (home.get("street"), door)))


WRITE: Mapping[Format, Callable[[Customer], Any]] = {
    "vcard": vcard,
    "jscontact": jscontact,
    "schema.org": schema_org,
}
