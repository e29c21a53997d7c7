"""What two records can be found to have in common: comparison by comparison, the first that holds.

Conditions in DuckDB's SQL over two described records, ``l`` and ``r`` (see
:mod:`hub.identity.described`); each is symmetric. What one of the two does not tell is no finding.
"""

from collections.abc import Mapping

from hub.model.keys import Kind

Conditions = Mapping[str, str]
"""Finding → condition, in order; the last always holds."""

OTHERWISE = "true"
_LENGTH = "least(length(l.{0}), length(r.{0}))"
_SLIPS = f"case when {_LENGTH} < 3 then 0 when {_LENGTH} < 6 then 1 else 2 end"
_SLIP = f"damerau_levenshtein(l.{{0}}, r.{{0}}) <= {_SLIPS}"
_SWAPPED = "l.given = r.family and l.family = r.given"
_SWAPPED_DAY = "l.birth[:4] = r.birth[:4] and l.birth[6:7] = r.birth[9:] and l.birth[9:] = r.birth[6:7]"
_SAME_PARTS = (
    "(l.birth[:4] = r.birth[:4] or l.birth[5:] = r.birth[5:]) and damerau_levenshtein(l.birth, r.birth) <= 2"
)
_ONE_SLIP = "damerau_levenshtein(l.{0}, r.{0}) <= 1"
_PLACE = (
    "(l.postcode <> '' and l.postcode = r.postcode) or (l.street <> '' and l.street = r.street "
    "and (l.postcode = '' or r.postcode = '' or l.city = r.city))"
)

_ADDRESS: Conditions = {
    "same": f"l.house <> '' and l.house = r.house and ({_PLACE})",
    "near": "(l.street <> '' and r.street <> '' and jaro_winkler_similarity(l.street, r.street) > 0.9 "
    "and (l.house = r.house or l.house = '' or r.house = '' or l.postcode = r.postcode)) "
    f"or (l.house <> '' and l.house = r.house and l.postcode <> '' and {_ONE_SLIP.format('postcode')})",
    "area": "l.postcode <> '' and l.postcode = r.postcode",
    "city": "l.city <> '' and l.city = r.city",
    "different": OTHERWISE,
}

_PERSON: dict[str, Conditions] = {
    "given": {
        "same": "l.given = r.given",
        "short": "l.root <> '' and l.root = r.root",
        "initial": "least(length(l.given), length(r.given)) = 1 and l.given[1] = r.given[1]",
        "near": f"{_SLIP.format('given')} or jaro_winkler_similarity(l.given, r.given) >= 0.93 "
        "or starts_with(l.given, r.given) or starts_with(r.given, l.given)",
        "swapped": _SWAPPED,
        "different": OTHERWISE,
    },
    "family": {
        "same": "l.family = r.family",
        "near": f"{_SLIP.format('family')} or jaro_winkler_similarity(l.family, r.family) >= 0.94",
        "part": "list_has_any(string_split(l.family, ' '), string_split(r.family, ' '))",
        "swapped": _SWAPPED,
        "different": OTHERWISE,
    },
    "birth": {
        "same": "l.birth = r.birth",
        "near": f"{_ONE_SLIP.format('birth')} or ({_SWAPPED_DAY})",
        "alike": _SAME_PARTS,
        "different": OTHERWISE,
    },
    "email": {
        "own": "list_has_any(l.own, r.own)",
        "same": "list_has_any(l.emails, r.emails)",
        "different": OTHERWISE,
    },
    "mobile": {"same": "list_has_any(l.mobiles, r.mobiles)", "different": OTHERWISE},
    "landline": {"same": "list_has_any(l.landlines, r.landlines)", "different": OTHERWISE},
    "number": {
        "same": "l.number = r.number",
        "near": _ONE_SLIP.format("number"),
        "different": OTHERWISE,
    },
    "address": _ADDRESS,
    "work": {"same": "list_has_any(l.work, r.work)", "different": OTHERWISE},
}

_ORGANISATION: dict[str, Conditions] = {
    "firm": {
        "same": "l.firm = r.firm or replace(l.firm, ' ', '') = replace(r.firm, ' ', '')",
        "near": f"{_SLIP.format('firm')} or jaro_winkler_similarity(l.firm, r.firm) >= 0.96",
        "part": "list_has_any(string_split(l.firm, ' '), string_split(r.firm, ' '))",
        "different": OTHERWISE,
    },
    "form": {"same": "l.form = r.form", "different": OTHERWISE},
    "vat": {"same": "l.vat = r.vat", "near": _ONE_SLIP.format("vat"), "different": OTHERWISE},
    "coc": {"same": "l.coc = r.coc", "near": _ONE_SLIP.format("coc"), "different": OTHERWISE},
    "domain": {"same": "list_has_any(l.domains, r.domains)", "different": OTHERWISE},
    "email": {"same": "list_has_any(l.emails, r.emails)", "different": OTHERWISE},
    "telephone": {"same": "list_has_any(l.telephones, r.telephones)", "different": OTHERWISE},
    "address": _ADDRESS,
}

FINDINGS: Mapping[Kind, Mapping[str, Conditions]] = {"person": _PERSON, "organisation": _ORGANISATION}

LOOKED_AT: Mapping[Kind, Mapping[str, str]] = {
    "person": {
        "given": "given",
        "family": "family",
        "birth": "birth",
        "email": "emails",
        "mobile": "mobiles",
        "landline": "landlines",
        "number": "number",
        "address": "postcode || street",
        "work": "work",
    },
    "organisation": {
        "firm": "firm",
        "form": "form",
        "vat": "vat",
        "coc": "coc",
        "domain": "domains",
        "email": "emails",
        "telephone": "telephones",
        "address": "postcode || street",
    },
}
"""Comparison → what both records must tell for it to be made."""
LISTS = frozenset({"emails", "own", "mobiles", "landlines", "work", "domains", "telephones"})
FREQUENT: Mapping[Kind, tuple[str, ...]] = {"person": ("given", "family"), "organisation": ("firm",)}
"""Comparisons whose *same* says the more the rarer the value is."""
Found = Mapping[str, tuple[str, ...]]
"""Comparison → findings."""
OWN: Mapping[Kind, Found] = {
    "person": {"email": ("own", "same"), "mobile": ("same",), "number": ("same", "near")},
    "organisation": {},
}
"""Findings of which two stored records need one, or one of :data:`SHARED`: many people have one name.

None where a name does: firms seldom have one name.
"""
SHARED: Mapping[Kind, Found] = {
    "person": {
        "birth": ("same", "near"),
        "landline": ("same",),
        "address": ("same", "near"),
        "work": ("same",),
    },
    "organisation": {},
}
"""What several people of a house have in common, twins even a birth date: it takes a given name besides."""
CONFLICTS: Mapping[Kind, tuple[str, ...]] = {
    "person": ("given", "family", "birth", "number", "mobile"),
    "organisation": ("vat", "coc"),
}
"""Comparisons that speak of two customers where they differ, whatever a house or a group of firms shares."""
TELLING: Mapping[Kind, tuple[str, ...]] = {"person": ("birth", "number"), "organisation": ("vat", "coc")}
"""Comparisons of what a customer has one of, for life: two groups in which they differ are two customers."""
