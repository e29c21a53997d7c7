"""An explanation of a pair tells the verdict, what each finding is worth, and what would change it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cli.entry import main
from hub.identity.care import ENOUGH
from hub.identity.deciding import Group, group_of
from hub.identity.explaining import Finding, Why, why_stored
from hub.identity.findings import FINDINGS, named
from hub.identity.grouping import ASKED_ABOUT, NOTHING, PERSONAL, TWO, Decided, Weighed, grouped, kept_apart
from hub.identity.rating import rated_within
from hub.identity.rounding import adding_up
from hub.matching.match import match_file, shipped
from hub.model.keys import KINDS, Kind
from hub.views.explained import explained, sentence
from hub.views.sentences import TABLES, Lang, sentences
from tests.unit.test_match import PEOPLE, written
from tests.unit.test_rating import HOME, JAN, WEIGHTS, records, someone, told

ENGLISH = sentences()
OTHER = {"klant": "-"}


def asked(folder: Path, rows: list[list[str]], pair: tuple[int, int], *, as_hub: bool = False) -> Why:
    """The explanation of two rows of a file."""
    found = match_file(written(folder, rows), OTHER, explain=pair, as_hub=as_hub).why
    assert found is not None
    return found


def text(why: Why, lang: Lang = "en") -> str:
    """All that is told of a pair."""
    shown = explained(why, sentences(lang))
    return "\n".join([shown.verdict, shown.bar, *(one.sentence for one in shown.lines), *shown.notes])


@pytest.mark.parametrize("lang", TABLES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_finding_has_a_sentence_with_what_the_two_say(kind: Kind, lang: Lang) -> None:
    words = sentences(lang)
    for comparison in FINDINGS[kind]:
        for finding in named(kind, comparison):
            shown = sentence(kind, Finding(comparison, finding, "left one", "right one", 1.0), words)
            assert "left one" in shown and "right one" in shown and "{" not in shown
            assert words(f"compared.{comparison}") and words(f"found.{finding}")


@pytest.mark.parametrize("lang", TABLES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_rival_has_a_name(kind: Kind, lang: Lang) -> None:
    rivals = {f"rival.{one}" for one in WEIGHTS[kind].kinds[1:]}
    assert rivals <= sentences(lang).table.keys()


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", KINDS)
def test_all_bits_that_are_shown_add_up_to_those_the_pair_is_rated_by(
    kind: Kind, data: st.DataObject
) -> None:
    left, right = data.draw(records(kind)), data.draw(records(kind))
    found = why_stored(left, right, WEIGHTS[kind])
    ((_, _, bits, _),) = rated_within({0: left, 1: right}, {0: 0, 1: 0}, WEIGHTS[kind])
    *lines, total = explained(found, ENGLISH).lines
    assert round(sum(one.bits for one in lines), 2) == total.bits == found.bits
    assert found.bits == pytest.approx(bits, abs=0.0051)
    assert round(sum(one.bits for one in found.cared), 2) == found.care
    weights = WEIGHTS[kind]
    expected = "one" if bits >= weights.accept else "asked" if bits >= weights.review else "two"
    assert found.verdict == expected
    assert all((one.bits < weights.accept) == (expected == "one") for one in found.changes)


@given(st.lists(st.floats(-30, 30), max_size=30))
def test_rounded_figures_add_up_and_each_is_next_to_its_own(parts: list[float]) -> None:
    shown = adding_up(parts)
    assert round(sum(shown), 2) == pytest.approx(round(sum(one * 100 for one in parts)) / 100)
    assert all(abs(one - part) <= 0.0151 for one, part in zip(shown, parts, strict=True))
    assert all(one == 0 for one, part in zip(shown, parts, strict=True) if part == 0)


def test_what_would_make_it_one_does_when_it_is_put_in() -> None:
    alone = why_stored(told(someone(**JAN)), told(someone(**JAN)), WEIGHTS["person"])
    assert alone.verdict == "two"
    assert [one.rule for one in alone.cared] == ["alone"] and alone.cared[0].settles == ENOUGH["person"]
    (birth,) = (one for one in alone.changes if one.comparison == "birth")
    born = told(someone(**JAN, birth_date="1980-01-02"))
    both = why_stored(born, born, WEIGHTS["person"])
    assert both.verdict == "one" and both.bits == birth.bits
    assert [(one.comparison, one.finding, one.bits) for one in both.changes if one.comparison == "birth"] == [
        ("birth", "", alone.bits)
    ]
    assert "This alone would make it one: " in text(alone)
    assert "Without this alone it would not be one: " in text(both)
    assert f"birth date ({alone.bits:+.2f})" in text(both)


def test_what_is_asked_about_says_what_would_settle_it() -> None:
    father = told(someone(**JAN, address=HOME, emails=["jan.berg@b.nl"]))
    other = told(someone(**JAN, address=HOME, emails=["j@c.nl"]))
    found = why_stored(father, other, WEIGHTS["person"])
    assert found.verdict == "asked"
    (care,) = (by for by in found.cared if by.rule == "asked")
    assert care.found == {"address": "same", "email": "different"}
    assert "what would settle it: birth date the same or mobile number the same" in text(found)
    assert "wat het zou beslissen: geboortedatum gelijk of mobiel nummer gelijk" in text(found, "nl")
    one, two = (
        told(someone(**JAN, address=HOME, birth_date="1950-01-02", emails=[mail]))
        for mail in ("a@b.nl", "c@d.nl")
    )
    assert why_stored(one, two, WEIGHTS["person"]).verdict == "one"


def test_each_conflict_is_named_with_what_it_costs() -> None:
    father = told(someone(**JAN, address=HOME, birth_date="1950-01-02"))
    son = told(someone(**JAN, address=HOME, birth_date="1981-10-30"))
    found = why_stored(father, son, WEIGHTS["person"])
    assert [(one.rule, one.found) for one in found.cared] == [("conflicts", {"birth": "different"})]
    assert "costs 5 bits each besides: birth date" in text(found)


def test_findings_are_told_with_what_the_rows_say_the_strongest_first(tmp_path: Path) -> None:
    found = asked(tmp_path, PEOPLE, (0, 1))
    shown = explained(found, ENGLISH)
    said = [one.sentence for one in shown.lines]
    assert "One is an initial of the other: Jan and J." in said
    assert "The mobile numbers are the same: 0612345699 and +31 6 12345699" in said
    assert "The birth dates are the same: 1968-03-12 and 12-03-1968" in said
    assert "The family names are the same: van der Berg and v.d. Berg" in said
    bits = [abs(one.bits) for one in found.findings if one.finding]
    assert [abs(one.bits) for one in shown.lines[: len(bits)]] == sorted(bits, reverse=True)
    assert shown.verdict == "One customer: the two are enough alike."
    weights = shipped("person")
    assert shown.bar.startswith(f"{found.bits:+.2f} bits") and f"from {weights.accept:+g} on" in shown.bar
    (untold,) = (one for one in shown.notes if one.startswith("Not told by both: "))
    assert "mailbox" in untold and "birth date" not in untold and "fact" not in untold


def test_a_file_judged_as_the_hub_judges_is_explained_as_stored_records_are(tmp_path: Path) -> None:
    rows = [
        ["Jan", "van der", "Berg", "1950-01-02", "", "", "2511 CR", "7", "Den Haag", ""],
        ["Jan", "van der", "Berg", "30-10-1981", "", "", "2511CR", "7", "Den Haag", ""],
    ]
    found = asked(tmp_path, rows, (0, 1), as_hub=True)
    home = {one: HOME[one] for one in ("postal_code", "house_number", "city")}
    father, son = (told(someone(**JAN, address=home, birth_date=day)) for day in ("1950-01-02", "1981-10-30"))
    stored = why_stored(father, son, WEIGHTS["person"])
    made = {one.comparison: (one.finding, one.bits) for one in stored.findings}
    assert {one.comparison: (one.finding, one.bits) for one in found.findings}.items() <= made.items()
    assert (found.bits, found.cared, found.rival) == (stored.bits, stored.cared, stored.rival)
    assert "The birth dates differ: 1950-01-02 and 30-10-1981" in text(found)


def test_two_rows_that_say_the_same_are_told_to(tmp_path: Path) -> None:
    assert "One customer: the two say exactly the same." in text(
        asked(tmp_path, [*PEOPLE, PEOPLE[0]], (0, 11))
    )
    found = asked(tmp_path, PEOPLE, (9, 10))
    assert found.group == Group("same") and found.verdict != "one"


def test_what_no_column_tells_is_not_asked_for(tmp_path: Path) -> None:
    file = written(
        tmp_path, [["Jan", "Berg", "Ede"], ["Piet", "Berg", "Ede"]], ["voornaam", "achternaam", "plaats"]
    )
    found = match_file(file, {}, explain=(0, 1)).why
    assert found is not None
    assert {one.comparison for one in found.changes} <= {"given", "second", "family", "town"}


def test_the_answer_in_json_has_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(written(tmp_path, PEOPLE))
    assert main(["match", file, "--columns", "klant=-", "--explain", "7,8", "--json", "--lang", "nl"]) == 0
    why = json.loads(capsys.readouterr().out)["why"]
    wanted = {
        "verdict",
        "bits",
        "accept",
        "review",
        "rival",
        "rarity",
        "care",
        "findings",
        "changes",
        "group",
    }
    assert wanted <= why.keys() and why["verdict"] == "two"
    assert why["findings"][0]["sentence"] == "De voornamen verschillen: Sanne en Daan"
    assert set(why["findings"][0]) == {"comparison", "finding", "left", "right", "bits", "sentence"}
    assert set(why["group"]) == {"rule", "by", "pairs", "mean", "needed", "against"}


def test_rows_that_are_one_by_way_of_another_say_of_which(tmp_path: Path) -> None:
    rows = [
        ["Jan", "van der", "Berg", "1968-03-12", "", "", "", "", "", ""],
        ["Jan", "van der", "Berg", "1968-03-12", "zeilvos77@example.com", "", "", "", "", ""],
        ["Jan", "van der", "Berg", "", "zeilvos77@example.com", "", "", "", "", ""],
    ]
    found = asked(tmp_path, rows, (0, 2), as_hub=True)
    assert found.bits < found.accept and found.verdict == "one" and found.changes == ()
    assert found.group == Group("joined", ("1",))
    assert text(found).startswith("One customer: by way of row 1, like both or said to be one by people.")
    assert text(found, "nl").startswith("Eén klant: door rij 1, ")


PAIRS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 6),
        st.floats(-20, 20),
        st.sampled_from([TWO, ASKED_ABOUT, -1, 0, 1, PERSONAL]),
    ),
    max_size=30,
)


@given(PAIRS)
def test_two_that_were_weighed_as_one_and_are_not_say_what_spoke_against_it(
    drawn: Sequence[Weighed],
) -> None:
    pairs = [one for one in {one[:2]: one for one in drawn}.values() if one[0] < one[1]]
    lead = grouped(7, pairs, 1.0, 1.0)
    for low, high, bits, _ in pairs:
        found = kept_apart((low, high), 7, pairs, 1.0, 1.0, NOTHING)
        if bits >= 1.0 and lead[low] != lead[high]:
            assert found is not None and (found.mean < found.needed or found.against in ("asked", "torn"))
            assert bool(found.thirds) == (found.against == "torn")
        known = group_of(
            (low, high),
            "abcdefg",
            pairs,
            WEIGHTS["person"],
            one=lead[low] == lead[high],
            alike=bits >= 1.0,
            compared=True,
        )
        if lead[low] == lead[high] and bits < 1.0:
            assert known.rule == "joined" and known.by and len({*known.by}) == len(known.by)


def test_who_fits_two_is_told_with_the_other_of_them(tmp_path: Path) -> None:
    born = ["Bakker", "2001-04-05", "", "", "3511 AB", "4", "Utrecht", "k"]
    rows = [["Tim", "", *born], ["Tom", "", *born], ["T.", "", *born]]
    found = asked(tmp_path, rows, (1, 2), as_hub=True)
    assert (found.verdict, found.group.against, found.group.by) == ("asked", "torn", ("0",))
    assert "fits row 0 as well" in text(found) and "past even goed bij rij 0" in text(found, "nl")


def test_what_is_one_s_own_settles_a_doubt_between_two_in_one_house(tmp_path: Path) -> None:
    home = ["", "3511 AB", "4", "Utrecht", "k"]
    first, second = (["Jan", "", "Kilhof", "", mail] for mail in ("jan.kilhof@b.nl", "jkilhof7@c.nl"))
    rows = [[*first, *home], [*second, "0612345679", *home[1:]], [*first, "0612345679", *home[1:]]]
    assert asked(tmp_path, rows[:2], (0, 1), as_hub=True).verdict == "asked"
    assert asked(tmp_path, rows, (0, 1), as_hub=True).verdict == "one"


def test_the_way_leads_over_what_people_said_too() -> None:
    decided = Decided(same=frozenset({(0, 1), (1, 2)}))
    found = group_of((0, 2), "abc", [], WEIGHTS["person"], decided, one=True, alike=False, compared=False)
    assert found == Group("joined", ("b",))


def test_an_alike_pair_that_was_never_compared_says_so() -> None:
    found = group_of((0, 1), "ab", [], WEIGHTS["person"], one=False, alike=True, compared=False)
    assert found == Group("unshared")
