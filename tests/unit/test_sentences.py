"""What departments read is there in every language, and tells the same things."""

from dataclasses import replace
from string import Formatter
from typing import get_args

import pytest

from hub.mapping.load import load
from hub.mapping.spec import Department
from hub.publish.effect import EFFECTS
from hub.views.naming import Telling
from hub.views.sentences import TABLES, Lang, sentences


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
