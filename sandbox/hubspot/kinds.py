"""The two kinds of record this stand-in holds, and what HubSpot calls them."""

from dataclasses import dataclass

from sandbox.hubspot.forms import invalid


@dataclass(frozen=True, slots=True)
class Kind:
    """An object type of the CRM."""

    name: str
    singular: str
    type_id: str
    group: str
    """The property group its own properties are in."""
    modified: str
    """The property that holds the last change."""
    shown: tuple[str, ...]
    """What is returned where no properties are asked for."""

    @property
    def always(self) -> tuple[str, ...]:
        """Returned whatever is asked for."""
        return ("createdate", "hs_object_id", self.modified)


CONTACTS = Kind(
    "contacts",
    "contact",
    "0-1",
    "contactinformation",
    "lastmodifieddate",
    ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
)
COMPANIES = Kind(
    "companies",
    "company",
    "0-2",
    "companyinformation",
    "hs_lastmodifieddate",
    ("createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"),
)
KINDS = (CONTACTS, COMPANIES)


def kind_of(text: str) -> Kind:
    """The kind a path names, by any of the names HubSpot takes."""
    for kind in KINDS:
        if text.lower() in (kind.name, kind.singular, kind.type_id):
            return kind
    raise invalid(f"Unable to infer object type from: {text}")
