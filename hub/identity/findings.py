"""What two records can be found to have in common: comparison by comparison, the first that holds.

Conditions in DuckDB's SQL over two described records, ``l`` and ``r`` (see
:mod:`hub.identity.described`); each is symmetric. What one of the two does not tell is no finding.
"""

from collections.abc import Mapping

from hub.model.keys import Kind

Conditions = Mapping[str, str]
"""Finding → condition, in order; the last always holds."""

OTHERWISE = "true"
SAYS_NOTHING = ""
"""A finding that is none: what it would say another comparison has said."""
_LENGTH = "least(length(l.{0}), length(r.{0}))"
_SLIPS = f"case when {_LENGTH} < 3 then 0 when {_LENGTH} < 6 then 1 else 2 end"
_SLIP = f"damerau_levenshtein(l.{{0}}, r.{{0}}) <= {_SLIPS}"
_ONE_SLIP = "damerau_levenshtein(l.{0}, r.{0}) <= 1"
_SWAPPED = "l.given = r.family and l.family = r.given"
_SWAPPED_SHORT = (
    "l.given = r.family and list_contains(r.roots, l.family) "
    "or r.given = l.family and list_contains(l.roots, r.family)"
)
_ALIKE = "jaro_winkler_similarity(l.{0}, r.{1}) >= 0.92"
_CROSSED = f"{_ALIKE.format('given', 'family')} and {_ALIKE.format('family', 'given')}"
_SWAPPED_DAY = "l.birth[:4] = r.birth[:4] and l.birth[6:7] = r.birth[9:] and l.birth[9:] = r.birth[6:7]"
_SAME_PARTS = (
    "(l.birth[:4] = r.birth[:4] or l.birth[5:] = r.birth[5:]) and damerau_levenshtein(l.birth, r.birth) <= 2"
)
_DAYS_APART = "abs(datediff('day', try_cast(l.birth as date), try_cast(r.birth as date)))"
_PLACE = (
    "(l.postcode <> '' and l.postcode = r.postcode) or (l.street <> '' and l.street = r.street "
    "and (l.postcode = '' or r.postcode = '' or l.city = r.city))"
)
_STREET = (
    "l.street <> '' and r.street <> '' and (jaro_winkler_similarity(l.street, r.street) > 0.9 "
    "or starts_with(l.street, r.street) or starts_with(r.street, l.street))"
)
_SAME_HOUSE = "l.house <> '' and l.house = r.house"
_OTHER_HOME = "l.addition <> '' and r.addition <> '' and l.addition <> r.addition"
_SAME_DIGITS = "list_sort(string_split(l.{0}, '')) = list_sort(string_split(r.{0}, ''))"
# A digit too many, too few or in another place; another digit is the house next door.
_HOUSE_SLIP = (
    "greatest(length(l.house), length(r.house)) > 1 and damerau_levenshtein(l.house, r.house) = 1 "
    f"and (length(l.house) <> length(r.house) or {_SAME_DIGITS.format('house')})"
)
# Numbers given out one after the other are two numbers: another digit among the last two is no slip, but
# two that changed places.
_NUMBER_SLIP = f"{_ONE_SLIP} and (l.{{0}}[:-3] <> r.{{0}}[:-3] or {_SAME_DIGITS})"
# Another digit or dot, or another initial, is another of the same name; so is each that spells its own.
_BOX_SLIP = (
    "damerau_levenshtein(l.emails[1], r.emails[1]) = 1 and l.emails[1][1] = r.emails[1][1] "
    "and regexp_replace(l.emails[1], '[^a-z]', '', 'g') <> regexp_replace(r.emails[1], '[^a-z]', '', 'g') "
    "and (l.given = r.given or len(l.own) = 0 or len(r.own) = 0)"
)
# An ending in another vowel makes another name of it, known or not: Lisa and Lise.
_STEM = "regexp_replace({0}.given, '[aeiouy]+$', '')"
_BOTH_NAMED = "l.named <> '' and r.named <> ''"
# Els is short for Elsa, and as often another one.
_A_LETTER_APART = f"{_BOTH_NAMED} and {_ONE_SLIP.format('given')}"

_ADDRESS: Conditions = {
    "same": f"{_SAME_HOUSE} and ({_PLACE}) and not ({_OTHER_HOME})",
    "building": f"{_SAME_HOUSE} and ({_PLACE})",
    "near": f"({_STREET}) and (l.house = r.house or l.house = '' or r.house = '' or ({_HOUSE_SLIP})) "
    f"and not ({_OTHER_HOME}) "
    f"or ({_SAME_HOUSE}) and l.postcode <> '' and {_ONE_SLIP.format('postcode')} "
    f"or l.postcode <> '' and l.postcode = r.postcode and ({_HOUSE_SLIP})",
    "street": f"l.postcode <> '' and l.postcode = r.postcode and ({_STREET})",
    "area": "l.postcode <> '' and l.postcode = r.postcode",
    "different": OTHERWISE,
}
_TOWN: Conditions = {
    "same": "l.city = r.city",
    "near": f"{_SLIP.format('city')} or jaro_winkler_similarity(l.city, r.city) >= 0.94",
    "different": OTHERWISE,
}
_FACT: Mapping[str, Conditions] = {
    f"fact{number}": {
        "same": f"l.fact{number} = r.fact{number}",
        "near": _SLIP.format(f"fact{number}"),
        "different": OTHERWISE,
    }
    for number in range(1, 5)
}


def _line(numbers: str) -> Conditions:
    return {
        "same": f"list_has_any(l.{numbers}, r.{numbers})",
        "near": _ONE_SLIP.format(f"{numbers}[1]"),
        "different": OTHERWISE,
    }


_PERSON: dict[str, Conditions] = {
    "given": {
        "same": "l.given = r.given and length(l.given) > 1",
        "letter": "l.given = r.given",
        "either": f"list_has_any(l.roots, r.roots) and {_A_LETTER_APART}",
        "short": "list_has_any(l.roots, r.roots) or l.given = r.second or l.second = r.given",
        "initial": "least(length(l.given), length(r.given)) = 1 and l.given[1] = r.given[1]",
        "alike": f"{_BOTH_NAMED} and ({_SLIP.format('given')} or starts_with(l.given, r.given) "
        f"or starts_with(r.given, l.given)) or {_STEM.format('l')} = {_STEM.format('r')}",
        "near": f"not ({_BOTH_NAMED}) and ({_SLIP.format('given')} "
        "or jaro_winkler_similarity(l.given, r.given) >= 0.93 "
        "or starts_with(l.given, r.given) or starts_with(r.given, l.given))",
        "swapped": f"{_SWAPPED} or {_CROSSED} or {_SWAPPED_SHORT}",
        "different": OTHERWISE,
    },
    "second": {
        "same": "l.second = r.second",
        "initial": "l.second[1] = r.second[1] and (length(l.second) = 1 or length(r.second) = 1)",
        "near": f"{_SLIP.format('second')} or starts_with(l.second, r.second) "
        "or starts_with(r.second, l.second)",
        "different": OTHERWISE,
    },
    "family": {
        "same": "l.family = r.family",
        "near": f"{_SLIP.format('family')} or jaro_winkler_similarity(l.family, r.family) >= 0.94 "
        "or l.family || 'ova' = r.family or r.family || 'ova' = l.family",
        "part": "list_has_any(string_split(l.family, ' '), string_split(r.family, ' '))",
        "swapped": f"{_SWAPPED} or {_SWAPPED_SHORT}",
        "different": OTHERWISE,
    },
    # Who is called Jr has a namesake, so that whoever is not called so may be that one.
    "mark": {
        SAYS_NOTHING: "l.mark = '' and r.mark = ''",
        "same": "l.mark = r.mark",
        "untold": "l.mark = '' or r.mark = ''",
        "different": OTHERWISE,
    },
    "birth": {
        "same": "l.birth = r.birth",
        "near": f"{_ONE_SLIP.format('birth')} or ({_SWAPPED_DAY})",
        "alike": f"{_SAME_PARTS} or {_DAYS_APART} <= 10",
        "different": OTHERWISE,
    },
    "email": {
        "own": "list_has_any(l.own, r.own) or (l.given || l.family = '' or r.given || r.family = '') "
        "and list_has_any(l.emails, r.emails) "
        "and not list_has_any(l.theirs, r.emails) and not list_has_any(l.emails, r.theirs)",
        "initial": "list_has_any(l.initialled, r.initialled)",
        "house": "list_has_any(l.theirs, r.emails) or list_has_any(l.emails, r.theirs)",
        "same": "list_has_any(l.emails, r.emails)",
        "near": f"list_has_any(l.handles, r.handles) or ({_BOX_SLIP})",
        SAYS_NOTHING: "list_has_any(l.locals, r.locals)",
        "different": OTHERWISE,
    },
    "mobile": _line("mobiles"),
    "landline": _line("landlines"),
    "number": {
        "same": "l.number = r.number",
        "near": _ONE_SLIP.format("number"),
        "different": OTHERWISE,
    },
    "address": _ADDRESS,
    "town": _TOWN,
    "work": {"same": "list_has_any(l.work, r.work)", "different": OTHERWISE},
    **_FACT,
}

_SAME_FIRM = "l.words = r.words or replace(l.firm, ' ', '') = replace(r.firm, ' ', '')"
_ORGANISATION: dict[str, Conditions] = {
    "firm": {
        "sign": f"l.sign <> '' and ({_SAME_FIRM})",
        "same": _SAME_FIRM,
        "near": f"{_SLIP.format('firm')} or jaro_winkler_similarity(l.firm, r.firm) >= 0.96 "
        "or len(l.own_words) > 0 and l.own_words = r.own_words and list_has_any(l.trades, r.trades)",
        "bare": "len(l.own_words) > 0 and l.own_words = r.own_words "
        "and least(len(l.trades), len(r.trades)) = 0",
        "within": "len(l.own_words) > 0 and list_has_all(r.own_words, l.own_words) "
        "or len(r.own_words) > 0 and list_has_all(l.own_words, r.own_words)",
        "part": "list_has_any(l.own_words, r.own_words)",
        "different": OTHERWISE,
    },
    "trade": {
        SAYS_NOTHING: "l.words = r.words",
        "same": "list_has_any(l.trades, r.trades)",
        "different": OTHERWISE,
    },
    "form": {"same": "l.form = r.form", "different": OTHERWISE},
    "arm": {"same": "l.firms = r.firms", "different": OTHERWISE},
    "vat": {"same": "l.vat = r.vat", "near": _NUMBER_SLIP.format("vat"), "different": OTHERWISE},
    "coc": {"same": "l.coc = r.coc", "near": _NUMBER_SLIP.format("coc"), "different": OTHERWISE},
    "email": {"same": "list_has_any(l.emails, r.emails)", "different": OTHERWISE},
    # What a mailbox they share has said already.
    "domain": {
        SAYS_NOTHING: "list_has_any(l.emails, r.emails)",
        "same": "list_has_any(l.domains, r.domains)",
        "different": OTHERWISE,
    },
    "telephone": {"same": "list_has_any(l.telephones, r.telephones)", "different": OTHERWISE},
    "address": _ADDRESS,
    "town": _TOWN,
}

FINDINGS: Mapping[Kind, Mapping[str, Conditions]] = {"person": _PERSON, "organisation": _ORGANISATION}


def named(kind: Kind, comparison: str) -> list[str]:
    """The findings of a comparison that say something, in order."""
    return [one for one in FINDINGS[kind][comparison] if one != SAYS_NOTHING]


LOOKED_AT: Mapping[Kind, Mapping[str, str]] = {
    "person": {
        "given": "given",
        "second": "second",
        "family": "family",
        "mark": "given",
        "birth": "birth",
        "email": "emails",
        "mobile": "mobiles",
        "landline": "landlines",
        "number": "number",
        "address": "postcode || street",
        "town": "city",
        "work": "work",
        **{fact: fact for fact in _FACT},
    },
    "organisation": {
        "firm": "firm",
        "trade": "trades",
        "form": "form",
        "arm": "firm",
        "vat": "vat",
        "coc": "coc",
        "email": "emails",
        "domain": "domains",
        "telephone": "telephones",
        "address": "postcode || street",
        "town": "city",
    },
}
"""Comparison → what both records must tell for it to be made."""
UNLESS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "town": {"address": ("same", "building", "near", "street", "area")},
    "work": {"email": ("own", "initial", "house", "same")},
}
"""Comparison → findings of an earlier one that have said it already."""
LISTS = frozenset(
    {
        *("roots", "emails", "own", "initialled", "theirs", "handles", "locals"),
        *("mobiles", "landlines", "work", "sounds", "own_words", "trades", "domains", "telephones"),
    }
)
SHARED_BY_MANY = frozenset({"emails", "mobiles", "landlines", "domains", "telephones"})
"""Lists of values that are somebody's own, or generic where very many have them."""
FREQUENT: Mapping[Kind, Mapping[str, str]] = {
    "person": {"given": "given", "family": "family", "town": "city", **{fact: fact for fact in _FACT}},
    "organisation": {"firm": "words", "town": "city"},
}
"""Comparisons whose *same* says the more the rarer the value is; and the column it is in."""
COUNTED: Mapping[Kind, tuple[str, ...]] = {
    "person": ("given", "family", "town"),
    "organisation": ("firm", "town"),
}
"""Those of which a matching file says how frequent values are."""
FULL_NAME = ("given", "family")
"""Comparisons that together are a person's name."""
TELLING: Mapping[Kind, tuple[str, ...]] = {"person": ("birth", "number"), "organisation": ("vat", "coc")}
"""Comparisons of what a customer has one of, for life: two groups in which they differ are two customers."""
