"""Which column of a file says what, by its name or as told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.flow.errors import FlowError
from hub.identity.features import plain
from hub.matching.rows import Fields, said
from hub.model.keys import Kind
from hub.model.value import Value

ROLES: Mapping[str, tuple[str, ...]] = {
    "kind": ("customertype",),
    "name": ("fullname", "customername", "naam"),
    "given_name": ("firstname", "forename", "voornaam", "vorname", "fname", "givennames"),
    "family_name_prefix": ("prefix", "tussenvoegsel", "voorvoegsel", "infix"),
    "family_name": ("lastname", "surname", "achternaam", "nachname", "lname"),
    "birth_date": ("dateofbirth", "dob", "geboortedatum", "geburtsdatum", "birthday"),
    "email": ("emailaddress", "mail", "emailadres", "emails"),
    "phone": ("phonenumber", "telephone", "mobile", "mobilephone", "telefoon", "telefon", "mobiel", "phones"),
    "street": ("streetname", "address1", "addressline1", "straat", "strasse", "address", "adres"),
    "house_number": ("streetnumber", "huisnummer", "hausnummer"),
    "house_number_addition": ("addition", "unit", "unitnumber", "toevoeging"),
    "postal_code": ("postcode", "zip", "zipcode", "plz"),
    "city": ("town", "suburb", "plaats", "woonplaats", "stad", "ort", "birthplace"),
    "country": ("countrycode", "land"),
    "number": ("socsecid", "ssn", "nationalnumber", "passport", "memberid", "taxid", "nationalid", "bsn"),
    "employer": ("company", "companyname", "organisation", "organization", "werkgever", "bedrijf"),
    "legal_name": ("firm", "businessname", "bedrijfsnaam", "firma"),
    "vat_number": ("vat", "btw", "btwnummer", "ustid"),
    "coc_number": ("coc", "kvk", "kvknummer", "registrationnumber"),
    "domain": ("website", "web", "url"),
}
"""What a column may say, and the names it is known by besides its own."""
SEVERAL = frozenset({"email", "phone"})
"""What more than one column may say."""
LEFT_OUT = "-"
_PERSONAL = frozenset({"given_name", "family_name", "birth_date"})
_FIRMS = frozenset({"legal_name", "vat_number", "coc_number"})


class BadColumns(FlowError):
    """A file's columns cannot be matched by; names them, and what may be said of one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read a row."""

    roles: Mapping[str, Sequence[str]]
    """Role → the columns that have it."""
    kind: Kind | None
    """Of all rows; None: as each says."""

    def read(
        self, row: Mapping[str, str], fields: Mapping[Kind, Fields]
    ) -> tuple[Kind, dict[str, Value], str]:
        """Whom a row is about, what it says in the shared schema's words, and a person's plain employer."""
        kind = self.kind or self._kind(row)
        given = {role: [row[one].strip() for one in columns] for role, columns in self.roles.items()}
        if kind == "organisation" and not any(given.get("legal_name", ())):
            given["legal_name"] = given.get("name") or given.get("employer", [])
        return (
            kind,
            said(given, fields[kind]),
            plain(given.get("employer", [""])[0]) if kind == "person" else "",
        )

    def _kind(self, row: Mapping[str, str]) -> Kind:
        told = [row[one] for one in self.roles.get("kind", ())]
        if told and told[0]:
            return "organisation" if plain(told[0])[:3] in ("org", "com", "fir", "bus") else "person"
        personal = any(row[one].strip() for role in _PERSONAL for one in self.roles.get(role, ()))
        firm = any(row[one].strip() for role in _FIRMS for one in self.roles.get(role, ()))
        return "organisation" if firm and not personal else "person"


def columns_of(names: Sequence[str], told: Mapping[str, str], kind: Kind | None) -> Columns:
    """The roles of a file's columns: as ``told`` (column → role), else by their names. Raises BadColumns."""
    for column, role in told.items():
        if column not in names:
            raise BadColumns(f"there is no column '{column}'; the file has {called(names, names)}")
        if role not in ROLES and role != LEFT_OUT:
            allowed = ", ".join(ROLES)
            raise BadColumns(
                f"column '{column}': unknown role '{role}'. Choose one of {allowed}, or {LEFT_OUT}"
            )
    found: dict[str, list[str]] = {}
    for column in [*told, *(one for one in names if one not in told)]:
        role = told.get(column) or _by_name(column)
        if role in ROLES and (role in SEVERAL or role not in found):
            found.setdefault(role, []).append(column)
    if not found.keys() - {"kind", "country"}:
        raise BadColumns(
            f"none of the {len(names)} columns is known by its name; put names in the first line, and say "
            "what they hold, such as --columns klantnaam=name,mailadres=email"
        )
    return Columns(found, kind or _only(found))


def called(some: Sequence[str], names: Sequence[str]) -> str:
    """Names of columns for a message; not where the first line may be a customer and no names."""
    if any(map(_by_name, names)):
        return ", ".join(some)
    return f"{len(names)} columns (are their names in the first line?)"


def _only(found: Mapping[str, object]) -> Kind | None:
    """The kind of all rows, where the columns leave no other."""
    if "kind" in found or (found.keys() & _PERSONAL and found.keys() & _FIRMS):
        return None
    return "organisation" if found.keys() & _FIRMS else "person"


def _by_name(column: str) -> str:
    """``First Name`` and ``voornaam`` are the given name; ``phone_2`` is a telephone number too."""
    whole = "".join(one for one in column.casefold() if one.isalnum())
    spelled = {whole, whole.rstrip("0123456789")}
    for role, names in ROLES.items():
        if spelled & {role.replace("_", ""), *names}:
            return role
    return ""
