"""The settings of plain Splink: comparisons, blocking and training rules as its own examples have them.

Only what the file holds takes part: a rule is left out when one of its roles is missing. Roles are the
shared schema's words. Imported by the peers' Python only.
"""

from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl

Rule = tuple[str, ...]
SMALL = 20_000
"""Up to so many records one value in common is enough to be compared, as in Splink's example of febrl3."""
FIRST_WORDS = tuple(f"split_part(legal_name, ' ', {number})" for number in (1, 2, 3))
"""Names that differ in their legal form begin alike; the first letters would make 30 times the pairs."""

AREA = "substr(postal_code, 1, 3)"
NEAR = [
    ("substr(given_name, 1, 3)", "substr(family_name, 1, 4)"),
    ("birth_date", "birth_place"),
    (AREA, "birth_date"),
    (AREA, "given_name"),
    (AREA, "family_name"),
    ("substr(given_name, 1, 2)", "substr(family_name, 1, 2)", "substr(birth_date, 1, 4)"),
]
"""Blocking rules with beginnings, of Splink's own example of historical persons."""

FIRST_OF_STREET = ("split_part(street, ' ', 1)", "split_part(street, ' ', 2)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What Splink is told of one kind of customer."""

    comparisons: list[Any]
    blocking: list[Rule]
    training: list[Rule]
    """Blocking rules of the passes of expectation maximisation."""
    certain: list[Rule]
    """Deterministic rules: how many pairs there are to be found, of which they find ``recall``."""
    recall: float = 0.7


def clean(role: str, column: str) -> str:
    """SQL: small letters, nothing around them, names of firms without dots, dates as ISO dates; or null."""
    text = f"nullif(lower(trim(CAST(\"{column}\" AS VARCHAR))), '')"
    if role == "birth_date":
        return f"regexp_replace({text}, '^(\\d{{4}})(\\d{{2}})(\\d{{2}})$', '\\1-\\2-\\3')"
    if role == "phone":
        return f"nullif(regexp_replace({text}, '[^0-9+]', '', 'g'), '')"
    if role == "legal_name":
        return f"nullif(trim(regexp_replace(strip_accents({text}), '[^a-z0-9& ]', '', 'g')), '')"
    return text


def plan(kind: str, roles: frozenset[str], records: int) -> Plan:
    """What to tell Splink of so many people or organisations that have these roles."""
    found = _people(roles) if kind == "person" else _organisations(roles)
    if records <= SMALL:
        found.blocking.extend(_those(roles, "given_name", "family_name", "birth_date", "postal_code"))
    return found


def _people(roles: frozenset[str]) -> Plan:
    comparisons = {
        "given_name": _by_frequency(cl.NameComparison("given_name")),
        "family_name": _by_frequency(cl.NameComparison("family_name")),
        "birth_date": cl.DateOfBirthComparison("birth_date", input_is_string=True),
        "national_id": cl.DamerauLevenshteinAtThresholds("national_id", [1, 2]),
        "email": _by_frequency(cl.ExactMatch("email")),
        "phone": _by_frequency(cl.DamerauLevenshteinAtThresholds("phone", [1])),
        "postal_code": _address(roles),
    }
    comparisons |= _beside(roles)
    return Plan(
        [one for role, one in comparisons.items() if role in roles],
        [*_those(roles, "given_name family_name", "family_name birth_date", "given_name birth_date",
                 "given_name postal_code", "family_name postal_code", "birth_date postal_code",
                 "national_id", "email", "phone"), *(NEAR if "birth_place" in roles else ())],
        _those(roles, "given_name family_name", "birth_date", "email", "phone"),
        _those(roles, "given_name family_name birth_date", "given_name email", "national_id"),
    )  # fmt: skip


def _beside(roles: frozenset[str]) -> dict[str, Any]:
    """What counts by itself where there is no address to count it in, as Splink's examples have it."""
    found = {role: _by_frequency(cl.ExactMatch(role)) for role in ("birth_place", "occupation")}
    if "postal_code" not in roles:
        found["city"] = _by_frequency(cl.DamerauLevenshteinAtThresholds("city", [1]))
        found["email"] = _by_frequency(cl.EmailComparison("email"))
    if "birth_place" in roles:
        found["postal_code"] = cl.PostcodeComparison("postal_code")
    return found


def _organisations(roles: frozenset[str]) -> Plan:
    comparisons = {
        "legal_name": cl.LevenshteinAtThresholds("legal_name", [1, 3]),
        "vat_number": cl.ExactMatch("vat_number"),
        "coc_number": cl.ExactMatch("coc_number"),
        "domain": cl.ExactMatch("domain"),
        "email": _by_frequency(cl.ExactMatch("email")),
        "phone": _by_frequency(cl.ExactMatch("phone")),
        "postal_code": _address(roles),
    }
    if roles.isdisjoint({"postal_code", "vat_number", "coc_number"}):
        return _places(roles)
    return Plan(
        [one for role, one in comparisons.items() if role in roles],
        [*_those(roles, "legal_name", "vat_number", "coc_number", "domain", "email", "phone",
                 "postal_code house_number"), FIRST_WORDS],
        _those(roles, "legal_name", "postal_code house_number", "phone"),
        _those(roles, "vat_number", "coc_number", "legal_name postal_code"),
        recall=0.3,  # few have a number in two systems
    )  # fmt: skip


def _places(roles: frozenset[str]) -> Plan:
    """Firms of which no more is known than a name and where they are."""
    comparisons = {
        "legal_name": _by_frequency(cl.JaroWinklerAtThresholds("legal_name", [0.95, 0.88, 0.8])),
        "street": _by_frequency(cl.JaroWinklerAtThresholds("street", [0.95, 0.88, 0.8])),
        "city": _by_frequency(cl.ExactMatch("city")),
        "phone": _by_frequency(cl.DamerauLevenshteinAtThresholds("phone", [1])),
    }
    return Plan(
        [one for role, one in comparisons.items() if role in roles],
        [*_those(roles, "legal_name", "street", "phone", "city"), FIRST_WORDS[:1], FIRST_OF_STREET],
        _those(roles, "legal_name", "street", "phone", "city"),
        [("legal_name", "city")],
        recall=0.4,
    )


def _by_frequency(comparison: Any) -> Any:
    """Where both say the same, a rare value says more than a common one."""
    return comparison.configure(term_frequency_adjustments=True)


def _address(roles: frozenset[str]) -> Any:
    """One comparison of where somebody lives: its parts say the same thing again and again."""
    code, house = cll.ExactMatchLevel("postal_code"), cll.ExactMatchLevel("house_number")
    line = cll.ExactMatchLevel("street")
    whole = cll.And(line, house) if "house_number" in roles else line
    street = [whole] if "street" in roles else []
    return cl.CustomComparison(
        [
            cll.NullLevel("postal_code"),
            *([cll.And(code, house)] if "house_number" in roles else []),
            *street,
            cll.ExactMatchLevel("postal_code", term_frequency_adjustments=True),
            cll.LevenshteinLevel("postal_code", 1),
            cll.ElseLevel(),
        ],
        output_column_name="address",
    )


def _those(roles: frozenset[str], *rules: str) -> list[Rule]:
    """The rules whose roles are all there."""
    split = [tuple(rule.split()) for rule in rules]
    return [one for one in split if roles.issuperset(one)]
