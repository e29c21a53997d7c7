"""What departments read is there in every language, and tells the same things."""

import time
from collections import Counter
from dataclasses import replace
from itertools import product
from string import Formatter
from typing import get_args

import pytest

from hub.cli.words import when
from hub.codecs import CodecError, codec, names
from hub.codecs.clean import LONGEST
from hub.flow.publish.judge import ASKED, ORPHANED, TWIN
from hub.flow.publish.push import LEFT_PARKED, STUCK
from hub.mapping.load import load
from hub.mapping.spec import Department
from hub.model.instant import DAWN
from hub.model.radius import Guard
from hub.publish.effect import EFFECTS
from hub.publish.guard import Size, over, reasons
from hub.views.naming import Telling
from hub.views.sentences import TABLES, Lang, sentences
from tests.unit.test_codec_laws import NEEDS_OPTIONS, OPTIONS


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_sentence_is_there_in_every_language_and_tells_no_more_than_the_english_one() -> None:
    english = TABLES["en"]
    for table in TABLES.values():
        assert table.keys() == english.keys()
        assert [key for key in table if not _places(table[key]) <= _places(english[key])] == []


@pytest.mark.parametrize("lang", TABLES)
def test_everything_that_is_named_has_a_name(lang: Lang) -> None:
    words = sentences(lang)
    fields = {name for some in load().customer.fields.values() for name in some}
    named: dict[str, set[str]] = {
        "field": fields,
        "effect": {*EFFECTS},
        "department": {*get_args(Department)},
    }
    assert [
        (what, one) for what, some in named.items() for one in some if f"{what}.{one}" not in words.table
    ] == []
    mappings = load()
    labelled = replace(mappings.customer, departments={"sales": "Binnendienst"})
    tell = Telling(replace(mappings, customer=labelled), words)
    assert tell.department("sales") == "Binnendienst"
    assert tell.department("finance") == TABLES[lang]["department.finance"]
    assert (tell.system("brevo"), tell.system("gone")) == (mappings.systems["brevo"].title, "gone")


def test_every_reason_to_hold_a_plan_is_told_in_dutch_too() -> None:
    size = Size(900, 80, 100, first_load=True)
    guard = Guard(max_changes=1, max_share=0.1, max_creates=1)
    planned = Counter({("address", effect): 10**6 for effect in EFFECTS})
    made = [
        *reasons(size, guard),
        *over(planned, Counter(), guard).values(),
        ORPHANED,
        ASKED,
        TWIN.format("g1"),
    ]
    made += [f"emails: {STUCK}", f"emails: {LEFT_PARKED}", "12 of 20 contacts sent were refused"]
    made.append("mappings/brevo.yml was activated since the last plan, by anna: two\nlines, by hand")
    made.insert(
        0, "the rules for who is who and for what stands changed since the last plan: mappings/customer.yml"
    )
    dutch = [sentences("nl").retold("hold", one) for one in made]
    assert [one for one, told in zip(made, dutch, strict=True) if one == told] == []
    assert "900 records zouden wijzigen, meer dan 1" in dutch and "door anna: two\nlines" in dutch[-1]
    assert sentences("nl").retold("hold", "something else") == "something else"
    assert [sentences("en").retold("hold", one) for one in made] == made


UNREADABLE: tuple[object, ...] = (
    *(True, 7, "7", "x", "x/1 2", "\ufffd", 0.5, [1], {"x": 1}, {"street": 7}, "y" * (LONGEST + 1)),
    *("31-31-2026", "31,,1", "12345 alt", "NL000"),
)


def test_all_that_a_codec_says_it_takes_is_told_in_dutch_too() -> None:
    said: set[str] = set()
    for name in names():
        for options in OPTIONS.get(name, []) + [{}] * (name not in NEEDS_OPTIONS):
            one = codec({name: options} if options else name)
            for try_one, value in product((one.read, one.write), UNREADABLE):
                try:
                    try_one(value)  # type: ignore[operator]
                except CodecError as error:
                    said.add(error.allowed)
    dutch = {one: sentences("nl").retold("allowed", one) for one in said}
    assert [one for one, told in dutch.items() if one == told] == []
    assert len(said) > 20
    english = sentences("en")
    assert {one: english.retold("allowed", one) for one in said} == {one: one for one in said}


@pytest.mark.parametrize(
    ("zone", "at", "shown"),
    [
        ("Europe/Amsterdam", "2026-07-01T10:00:00.000000Z", "2026-07-01 12:00:00 (10:00:00Z)"),
        ("Europe/Amsterdam", "2026-12-31T23:30:00.000000Z", "2027-01-01 00:30:00 (2026-12-31 23:30:00Z)"),
        ("UTC", "2026-07-01T10:00:00.000000Z", "2026-07-01 10:00:00Z"),
        ("America/New_York", DAWN, "0001-01-01 00:00:00Z"),
    ],
)
def test_a_moment_is_told_by_the_clock_on_the_wall(
    monkeypatch: pytest.MonkeyPatch, zone: str, at: str, shown: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert when(at) == shown
    time.tzset()
