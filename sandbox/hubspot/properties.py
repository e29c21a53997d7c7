"""What properties there are, and which values they take."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.core.stamps import parse
from sandbox.hubspot.forms import Problem
from sandbox.hubspot.kinds import COMPANIES, CONTACTS, Kind

MAX_TEXT = 65_536
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
STAGES = (
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
)
LANGUAGES = (
    *(
        "ar",
        "de",
        "de-de",
        "en",
        "en-gb",
        "en-us",
        "es",
        "fr",
        "fr-be",
        "fr-fr",
        "it",
        "nl",
        "nl-be",
        "nl-nl",
    ),
    *("pl", "pt", "tr", "uk"),
)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a kind; ``type`` is HubSpot's."""

    name: str
    type: str = "string"
    options: tuple[str, ...] = ()
    read_only: bool = False
    unique: bool = False
    label: str = ""
    field_type: str = "text"
    group: str = ""
    custom: bool = False
    by_people: bool = False
    """No API sets it; people do, in HubSpot itself or by the link in a mail."""

    def answer(self, kind: Kind) -> dict[str, Any]:
        """The property as HubSpot describes it."""
        return {
            "name": self.name,
            "label": self.label or self.name,
            "type": self.type,
            "fieldType": self.field_type,
            "groupName": self.group or kind.group,
            "description": "",
            "options": [{"label": o, "value": o, "hidden": False, "displayOrder": -1} for o in self.options],
            "displayOrder": -1,
            "hasUniqueValue": self.unique,
            "hidden": False,
            "formField": False,
            "calculated": False,
            "externalOptions": False,
            "archived": False,
            "hubspotDefined": not self.custom,
            "modificationMetadata": {
                "archivable": self.custom,
                "readOnlyDefinition": not self.custom,
                "readOnlyValue": self.read_only or self.by_people,
            },
        }


def built_in(kind: Kind) -> dict[str, Property]:
    """The properties an account has before anybody adds one (and two custom ones of this account)."""
    texts = {
        CONTACTS: "firstname lastname phone mobilephone address zip city country date_of_birth"
        " hubspot_owner_id company jobtitle associatedcompanyid",
        COMPANIES: "name domain phone address address2 zip city country hubspot_owner_id",
    }[kind]
    found = [Property(name) for name in texts.split()]
    found += [Property("lifecyclestage", "enumeration", STAGES), Property("createdate", "datetime", (), True)]
    found += [Property(kind.modified, "datetime", (), True), Property("hs_object_id", "number", (), True)]
    found.append(Property("hs_merged_object_ids", "enumeration", (), True))
    if kind is CONTACTS:
        found += [Property("email", unique=True), Property("hs_additional_emails", "enumeration", (), True)]
        found.append(Property("hs_language", "enumeration", LANGUAGES))
        found.append(Property("hs_email_optout", "bool", ("true", "false"), by_people=True))
    else:
        found.append(Property("numberofemployees", "number"))
        found += [Property("vat_number", custom=True), Property("coc_number", custom=True)]
    return {p.name: p for p in found}


def normal(name: str, value: Any) -> str | None:
    """A written value as HubSpot stores it; "" empties the property, e-mail addresses lose their capitals."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value).strip() if name == "email" else str(value)
    return (text.lower() if name == "email" else text) or None


def problems(known: Mapping[str, Property], given: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the values of a write, property by property; uniqueness is not looked at."""
    for name, value in given.items():
        if name not in known:
            yield _problem(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist')
        elif known[name].read_only:
            yield _read_only(name)
        elif isinstance(value, dict | list):
            yield _problem(name, "INVALID_TYPE", f"{name} must be a string")
        else:
            yield from _wrong_value(known[name], normal(name, value))


def for_people(known: Mapping[str, Property], given: Mapping[str, Any]) -> Iterator[Problem]:
    """What of a write only people may set, in HubSpot itself."""
    return (_read_only(name) for name in given if name in known and known[name].by_people)


def _read_only(name: str) -> Problem:
    return _problem(name, "READ_ONLY_VALUE", f'"{name}" is a read only property; its value cannot be set.')


def _wrong_value(prop: Property, value: str | None) -> Iterator[Problem]:
    if value is None:
        return
    if prop.name == "email" and not EMAIL.fullmatch(value):
        yield _problem("email", "INVALID_EMAIL", f"Email address {value} is invalid")
    elif prop.options and value not in prop.options:
        message = f"{value} was not one of the allowed options: {', '.join(prop.options)}"
        yield _problem(prop.name, "INVALID_OPTION", message)
    elif prop.type == "number" and not _is_number(value):
        yield _problem(prop.name, "INVALID_LONG", f"{value} was not a valid number.")
    elif prop.type in ("date", "datetime") and moment(value) is None:
        yield _problem(prop.name, "INVALID_DATE", f"{value} was not a valid date.")
    elif len(value) > MAX_TEXT:
        yield _problem(prop.name, "PROPERTY_TOO_LARGE", f"{prop.name} holds more than {MAX_TEXT} characters")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) is not None


def moment(text: str) -> datetime | None:
    """A moment, from milliseconds since 1970 or RFC 3339; None where it is neither."""
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC) if text.lstrip("-").isdigit() else parse(text)
    except (ValueError, OverflowError, OSError):
        return None


def _problem(name: str, code: str, message: str) -> Problem:
    return {"name": name, "error": code, "message": message}
