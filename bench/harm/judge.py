"""One value and the truth about its person: the verdict, field by field."""

from collections.abc import Callable

from bench.harm import addresses, figures, names
from bench.harm.truth import Truth
from bench.harm.verdict import Verdict

FIELDS: dict[str, Callable[[str | None, Truth], Verdict]] = {
    "given": names.given,
    "family": names.family,
    "birth": figures.birth,
    "street": addresses.street,
    "postcode": addresses.postcode,
    "town": addresses.town,
    "phone": figures.phone,
    "language": figures.language,
}
APART = frozenset({"language"})
"""Counted beside the main figure: no value a person is known by."""


def verdict(field: str, text: str | None, truth: Truth) -> Verdict:
    """What a text in a field is, given who the person is now."""
    return FIELDS[field](text, truth)
