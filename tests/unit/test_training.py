"""What is learnt from records and from people's decisions: the same in any order, and for the better."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pyarrow as pa
import pytest

from bench.identity.sets import TRUTH, prepared
from hub.identity.accuracy import accuracy
from hub.identity.candidates import MOST
from hub.identity.described import description
from hub.identity.engine import match
from hub.identity.features import features
from hub.identity.grouping import Weighed
from hub.identity.pairing import pairing
from hub.identity.rating import keys_of, rated_across, stored
from hub.identity.training import ENOUGH, MANY, Decision, Trained, trained
from hub.identity.vocabulary import vocabulary
from hub.identity.weights import MATCH, Weights, weights
from hub.mapping.load import load
from hub.mapping.strict_yaml import parse
from hub.matching.columns import columns_of
from hub.matching.described import describe
from hub.matching.match import describer_of, read, shipped
from hub.matching.train_file import written

PERSON = shipped("person")
WORDS = vocabulary(load().customer.matching["person"])


def told(given: str, family: str, **more: object) -> str:
    """A stored record of a person."""
    said = {"name": {"given_name": given, "family_name": family}, **more}
    return stored([description(features("person", said, WORDS), WORDS)])  # type: ignore[arg-type]


def test_only_names_of_many_are_told_and_no_share_of_few() -> None:
    some = [told("Jan", f"Rare{number}") for number in range(MANY)] + [told("Quirijn", "Berg")] * 3
    names = trained(dict(enumerate(some)), [], PERSON).weights.names
    assert set(names["given"].shares) == {"jan"} and not names["family"].shares
    assert names["given"].shares["jan"] > 0.9 > names["family"].others


def test_values_that_many_share_are_told() -> None:
    mailboxes = [["desk@hotel.nl", f"j{number}@b.nl"] for number in range(MANY)]
    some = [told("Jan", f"Rare{number}", emails=one) for number, one in enumerate(mailboxes)]
    found = trained(dict(enumerate(some)), [], PERSON).frequent
    assert [(one.column, one.value, one.records) for one in found] == [("emails", "desk@hotel.nl", MANY)]
    assert not trained(dict(enumerate(some[1:])), [], PERSON).frequent


def test_a_file_that_is_read_back_says_what_was_learnt() -> None:
    some = [told("Jan", "no"), told("null", "Berg")] * MANY
    found = trained(dict(enumerate(some)), [], PERSON)
    one = replace(found.weights, learnt={"email": {"own": 1.25}}, bias=-0.5)
    text = written(Trained(one, 100, 1, 0), PERSON, "2026-11-26")
    back = weights("person", parse(text, "person.yml"))
    assert back.version == "person-3 learnt 2026-11-26" and (back.learnt, back.bias) == (one.learnt, one.bias)
    assert back.names == one.names and set(back.names["family"].shares) == {"no", "berg"}
    for name, findings in one.chances.items():
        for finding, chances in findings.items():
            assert back.chances[name][finding][MATCH] == pytest.approx(chances[MATCH], rel=1e-4)
    assert "2026-11-26 from 100 records and 0 decisions" in text


HOME = {"street": "Plein", "postal_code": "2511 CR", "house_number": "7", "city": "Hier"}


GIVEN = ["Anna", "Bregje", "Cato", "Doutzen", "Eefje", "Floor", "Guusje", "Hiske", "Imke", "Jildou"]


def married(number: int) -> list[str]:
    """Two records with one given name and one house, and two family names: as likely one as not."""
    home, given = {**HOME, "house_number": str(number)}, GIVEN[number % len(GIVEN)]
    return [told(given, f"{name}{number}", address=home) for name in ("Bakker", "Hofstra")]


@pytest.mark.parametrize("same", [True, False])
def test_decisions_move_the_weights_their_way_and_few_do_not(same: bool) -> None:
    some = dict(enumerate(one for number in range(ENOUGH) for one in married(number)))
    decisions: list[Decision] = [(2 * one, 2 * one + 1, same) for one in range(ENOUGH)]

    def bits(by: Weights) -> float:
        pair = {0: some[0], 1: some[1]}
        ((*_, found, _),) = rated_across(pair, [0], [1], by)
        return float(found)

    plain, few, many = (trained(some, decisions[:n], PERSON) for n in (0, ENOUGH - 1, ENOUGH))
    assert (many.decisions, many.records) == (ENOUGH, 2 * ENOUGH)
    assert bits(few.weights) == bits(plain.weights)
    moved = bits(many.weights) - bits(plain.weights)
    assert moved > 1 if same else moved < -1


def test_the_order_of_records_and_decisions_does_not_matter() -> None:
    some = [one for number in range(ENOUGH) for one in married(number)]
    decisions: list[Decision] = [(2 * one, 2 * one + 1, one % 3 > 0) for one in range(ENOUGH)]
    place = list(range(len(some)))
    Random(5).shuffle(place)
    turned = {place[row]: one for row, one in enumerate(some)}
    other = [(place[high], place[low], same) for low, high, same in reversed(decisions)]
    assert (
        trained(turned, sorted(other), PERSON).weights
        == trained(dict(enumerate(some)), decisions, PERSON).weights
    )


def test_a_thousand_decisions_take_away_a_fourteenth_of_what_is_wrong_on_a_set_kept_aside() -> None:
    """Those that a review would ask for, answered by the truth; judged on people nobody was asked about."""
    described, truth = people(11)
    rows = described.drop_columns("id").to_pylist()
    records = {row: stored([one]) for row, one in enumerate(rows)}
    asked = [pair for *pair, bits, _ in _every(records) if bits < PERSON.accept][:1000]
    decisions = [(low, high, truth[low] == truth[high]) for low, high in asked]
    assert len(decisions) > ENOUGH and 0 < sum(same for *_, same in decisions) < len(decisions)
    learnt = trained(records, decisions, PERSON).weights
    aside = people(7)
    assert 1 - f1(*aside, learnt) <= 13 / 14 * (1 - f1(*aside, PERSON))


def _every(records: dict[int, str]) -> list[Weighed]:
    """Every pair that shares a key, from the review band on."""
    holders: dict[int, list[str]] = {}
    for row, keys in keys_of("person", records).items():
        for key in keys:
            holders.setdefault(key, []).append(str(row))
    groups = [",".join(some) for key, some in holders.items() if 1 < len(some) <= MOST[key & 1]]
    with pairing(groups, list(records)) as pairs:
        return pairs.rated([records], PERSON)


def people(seed: int) -> tuple[pa.Table, list[str]]:
    """The people of a hard set, described, and who they are."""
    table = read(prepared("hard", 10_000, seed))
    columns = columns_of([one for one in table.column_names if one != TRUTH], {}, None)
    kinds, described = describe(table, describer_of(table, columns))
    who = [one for one, kind in zip(table[TRUTH].to_pylist(), kinds, strict=True) if kind == "person"]
    return described["person"], who


def f1(described: pa.Table, truth: Sequence[str], by: Weights) -> float:
    """How right these weights are, judging as the hub does."""
    return accuracy(truth, match(described, by, stored=True).groups).pairwise.f1
