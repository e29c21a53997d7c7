"""The matching files: what they must say, and how a mistake in one is told."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from hub.flow.hub import weights_of
from hub.identity.findings import FINDINGS
from hub.identity.weights import BadWeights, weights
from hub.mapping.load import HERE, load
from hub.mapping.strict_yaml import BadFile, parse
from hub.matching.match import shipped
from hub.model.keys import KINDS, Kind

PERSON = parse((HERE / "matching" / "person.yml").read_text("utf-8"), "person.yml")


def changed(*path: str, to: Any) -> dict[str, Any]:
    document = deepcopy(PERSON)
    place = document
    for step in path[:-1]:
        place = place[step]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return document


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_chances_of_every_comparison_add_up_to_one(kind: Kind) -> None:
    found = shipped(kind)
    for comparison in FINDINGS[kind]:
        for other in found.kinds:
            chances = [one[other] for one in found.chances[comparison].values()]
            told = [one for one in chances if one is not None]
            frequency = len(told) < len(chances)
            assert sum(told) == pytest.approx(1.0, abs=0.08 if frequency else 0.035), (comparison, other)


@pytest.mark.parametrize(
    ("path", "to", "why"),
    [
        (("findings", "given", "same", "match"), "1.5", "findings.given.same.match: '1.5' is no chance"),
        (("findings", "given", "same", "match"), "frequency", "'frequency' is no number"),
        (("findings", "given", "near"), None, "findings.given: lacks near"),
        (("findings", "shoe_size"), {}, "findings: has unknown shoe_size"),
        (("findings", "birth", "same", "colleagues"), None, "findings.birth.same: lacks colleagues"),
        (("accept",), "much", "accept: 'much' is no number"),
        (("rare", "given"), "0", "rare.given: '0' is not 1e-06 or more"),
        (("expected",), "many", "expected: 'many' is no mapping"),
        (("names", "given"), None, "names: lacks given"),
        (("names", "given", "others"), "0", "names.given.others: '0' is no chance"),
        (("names", "given", "0.01"), "jan", "names.given.0.01: 'jan' is no list of names"),
        (("names", "family", "0.01"), ["vries"], "names.family.0.01: vries has a share already"),
    ],
)
def test_a_mistake_names_the_place_the_value_and_what_was_allowed(
    path: tuple[str, ...], to: Any, why: str
) -> None:
    with pytest.raises(BadWeights, match=why):
        weights("person", changed(*path, to=to))


def test_a_mistake_in_a_matching_file_is_told_before_anything_runs() -> None:
    shipped_ones = load()
    wrong = {**shipped_ones.weights, "person": changed("accept", to="much")}
    with pytest.raises(BadFile, match=r"^mappings/matching/person.yml, accept: 'much' is no number"):
        weights_of(replace(shipped_ones, weights=wrong))
