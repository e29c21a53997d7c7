"""What the mapping files know of values beside their rules: how they compare, and which names many have."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hub.codecs.opinions import OPINIONS
from hub.codecs.opinions.words import bare
from hub.mapping.lens import telling
from hub.mapping.spec import CustomerRules, GoldenField, SystemMapping
from hub.model.keys import KINDS, Kind
from hub.model.opinion import Known

Document = Mapping[str, Any]
_CUTS = {"joined name": "name"}
"""A name on one line is compared as one in two places is; only how it is cut differs."""


def knowing(
    rules: CustomerRules, systems: Iterable[SystemMapping], weights: Mapping[Kind, Document]
) -> CustomerRules:
    """The rules with how each field's values compare, as the codecs of these systems say, and known names."""
    kinds = _kinds(systems)
    fields = {
        kind: {name: _with_opinion(one, kinds.get((kind, name), [])) for name, one in _ordered(rules, kind)}
        for kind in KINDS
    }
    known = {kind: _known(rules.matching[kind], weights.get(kind, {})) for kind in KINDS}
    return replace(rules, fields=fields, known=known)


def _ordered(rules: CustomerRules, kind: Kind) -> list[tuple[str, GoldenField]]:
    """What tells customers apart first: whether they may be two says how the rest is decided."""
    return sorted(rules.fields[kind].items(), key=lambda one: not one[1].identifies)


def _kinds(systems: Iterable[SystemMapping]) -> dict[tuple[Kind, str], list[str]]:
    """(Kind, field) → what kinds of value its codecs read, in the order of the files."""
    found: dict[tuple[Kind, str], list[str]] = {}
    for system in systems:
        for obj in system.objects.values():
            for facet in obj.facets:
                for name, lens in facet.lenses.items():
                    read = (part.opinion for part in lens.parts)
                    found.setdefault((facet.kind, name), []).extend(read)
    return found


def _with_opinion(field: GoldenField, kinds: list[str]) -> GoldenField:
    kind = telling(kinds, field.shape)
    return replace(field, opinion=OPINIONS[_CUTS.get(kind, kind)])


def _known(matching: Document, weights: Document) -> Known:
    names = weights.get("names", {})
    short: dict[str, set[str]] = {}
    for full, words in matching.get("nicknames", {}).items():
        for word in (full, *words):
            short.setdefault(word, set()).add(full)
    return Known(
        given=_names(names.get("given", {})) | frozenset(short),
        family=_names(names.get("family", {})),
        short={word: frozenset(some) for word, some in short.items()},
        forms=form_words(matching),
        towns=frozenset(bare(town) for town in matching.get("towns", ())),
        streets=frozenset(bare(street) for street in matching.get("streets", ())),
    )


def form_words(matching: Document) -> frozenset[str]:
    """Every word of which legal forms are made, of the ``matching`` section of organisations."""
    told = matching.get("legal_forms", {}).items()
    return frozenset(word for name, ways in told for way in (name, *ways) for word in way.split())


def _names(shares: Document) -> frozenset[str]:
    return frozenset(name for some in shares.values() if isinstance(some, list) for name in some)
