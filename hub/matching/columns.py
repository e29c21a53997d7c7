"""Which column of a file says what, by its name, by its cells, or as told; and what a row says by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.flow.errors import FlowError
from hub.identity.letters import plain
from hub.matching.reading.dates import Dates
from hub.matching.reading.firms import is_firm, kind_told
from hub.matching.reading.headers import ROLES as ROLES
from hub.matching.reading.headers import by_name
from hub.matching.reading.roles import LEFT_OUT, SEVERAL, Reading, roles_of
from hub.matching.reading.values import is_evidence
from hub.matching.rows import HOME, Fields, said
from hub.model.keys import Kind
from hub.model.value import Value

_PERSONAL = frozenset({"given_name", "family_name", "birth_date"})
_FIRMS = frozenset({"legal_name", "vat_number", "coc_number"})
TELLING = _PERSONAL | _FIRMS | {"kind", "name", "employer", "email"}
"""What tells whether a row is about a person or an organisation."""


class BadColumns(FlowError):
    """A file's columns cannot be matched by; names them, and what may be said of one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How to read a row."""

    roles: Mapping[str, Sequence[str]]
    """Role → the columns that have it."""
    kind: Kind | None
    """Of all rows; None: as each says."""
    home: str = HOME
    """ISO 2: of the national telephone numbers of rows that tell no country."""
    dates: Dates = field(default_factory=Dates)
    """How the birth dates are written."""

    def read(
        self, row: Mapping[str, str], fields: Mapping[Kind, Fields]
    ) -> tuple[Kind, dict[str, Value], str]:
        """Whom a row is about, what it says in the shared schema's words, and a person's plain employer."""
        kind = self.kind or self.kind_of(row) or "person"
        given = {role: [row[one].strip() for one in some] for role, some in self.roles.items()}
        if kind == "organisation" and not any(given.get("legal_name", ())):
            given["legal_name"] = given.get("name") or given.get("employer", [])
            if not any(given["legal_name"]):
                given["legal_name"] = given.get("employer", [])
        employer = next(iter(given.get("employer") or given.get("legal_name") or ()), "")
        return (
            kind,
            said(given, fields[kind], self.home, self.dates),
            plain(employer) if kind == "person" else "",
        )

    def kind_of(self, row: Mapping[str, str]) -> Kind | None:
        """Whom a row is about as a column says, else by its evidence; None without any."""
        for column in self.roles.get("kind", ()):
            if told := kind_told(row[column], column):
                return told
        if self._has(row, _PERSONAL):
            return "person"
        names = [row[one] for role in ("name", "employer") for one in self.roles.get(role, ())]
        if self._has(row, _FIRMS) or any(map(is_firm, names)):
            return "organisation"
        if self._has(row, ("name",)):
            return "person"
        return "organisation" if self._has(row, ("employer",)) and not self._has(row, ("email",)) else None

    def _has(self, row: Mapping[str, str], roles: "frozenset[str] | tuple[str, ...]") -> bool:
        return any(row[one].strip() for role in roles for one in self.roles.get(role, ()))


def columns_of(names: Sequence[str], told: Mapping[str, str], kind: Kind | None) -> Columns:
    """The roles of a file's columns: as ``told`` (column → role), else by their names. Raises BadColumns."""
    check(names, told)
    return gathered(roles_of(names, told), kind)


def check(names: Sequence[str], told: Mapping[str, str]) -> None:
    """Whether what is told can be. Raises BadColumns."""
    for column, role in told.items():
        if column not in names:
            raise BadColumns(f"there is no column '{column}'; the file has {called(names, names)}")
        if role not in ROLES and role != LEFT_OUT:
            allowed = ", ".join(ROLES)
            raise BadColumns(
                f"column '{column}': unknown role '{role}'. Choose one of {allowed}, or {LEFT_OUT}"
            )
    facts = sum(role == "fact" for role in told.values())
    if facts > SEVERAL["fact"]:
        raise BadColumns(f"{facts} columns are told to be a fact; at most {SEVERAL['fact']} may be")


def check_head(names: Sequence[str]) -> None:
    """Whether the first line holds names, and no customer. Raises BadColumns, quoting none of it."""
    odd = [at for at, one in enumerate(names, 1) if is_evidence(one)]
    if odd and 2 * sum(map(bool, map(by_name, names))) < len(names):
        raise BadColumns(
            "the first line seems to be a customer, not the names of columns: its cell "
            f"{odd[0]} is an address, a number or a day. Put a line of names above it, such as "
            "voornaam,achternaam,email"
        )


def gathered(readings: Sequence[Reading], kind: Kind | None, *, firms: bool = False) -> Columns:
    """How rows are read by these columns. Raises BadColumns where none says anything.

    ``firms``: whether most names of the file carry a legal form.
    """
    found: dict[str, list[str]] = {}
    for one in readings:
        if one.role:
            found.setdefault(one.role, []).append(one.column)
    if not found.keys() - {"kind", "country"}:
        raise BadColumns(
            f"none of the {len(readings)} columns is known by its name or its cells; put names in the first "
            "line, and say what they hold, such as --columns klantnaam=name,mailadres=email"
        )
    return Columns(found, kind or _only(found, firms=firms))


def called(some: Sequence[str], names: Sequence[str]) -> str:
    """Names of columns for a message; not where the first line may be a customer and no names."""
    if any(map(by_name, names)):
        return ", ".join(some)
    return f"{len(names)} columns (are their names in the first line?)"


def _only(found: Mapping[str, object], *, firms: bool) -> Kind | None:
    """The kind of all rows, where the columns leave no other."""
    personal, firm = found.keys() & _PERSONAL, found.keys() & _FIRMS
    if "kind" in found or (personal and firm):
        return None
    if firm or (firms and not personal):
        return "organisation"
    return None if found.keys() & {"name", "employer"} else "person"
