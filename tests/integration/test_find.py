"""Whoever is meant is found by what is at hand, by an index, with the likeliest first."""

from collections.abc import Iterator

import pytest

from hub.cli.listing import choose
from hub.flow.decide.sides import records_of
from hub.flow.errors import NotFound
from hub.flow.hub import Hub
from hub.golden.claims import Rules
from hub.golden.record import Shown, SourceRecord, read_again
from hub.model.keys import RecordKey
from hub.model.value import Value
from hub.views.find import Found, candidates, find
from hub.views.sentences import sentences
from hub.views.why import why
from tests.databases import Databases
from tests.integration.people import admit, hub_with_nothing, said, settle
from tests.unit.said import person, read_at

HOME = ("2511 CR", "7")
GOES: Value = {"street": "Kade", "city": "Goes"}
ODD = "\u00c9LISE 100% of_them back\\slash"
NOBODY = ["", "%", "_", "nobody", "2511 CR 8", "0612345671", "x@y.nl", "hubspot/contacts/1"]


@pytest.fixture(scope="module")
def hub(databases: Databases) -> Iterator[Hub]:
    """People with names that are typed in many ways, one who was called otherwise, and namesakes."""
    with hub_with_nothing(databases) as found:
        some = {
            person("brevo", 1): said(
                ("Bas", "de Graaf"), ["bas@graaf.nl"], ["+31612345670"], None, ("2511 CR", "7")
            ),
            person("hubspot", 71): said(("Bas", "de Graaf"), ["bas@graaf.nl"]),
            person("brevo", 2): said(("Jos\u00e9", "D'Angelo"), ["jose@d.be"], ["+3225501234"]),
            person("brevo", 3): said(("J\u00fcrgen", "M\u00fcller"), ["jm@m.de"]),
            person("brevo", 4): said(
                ("Jan", "Bos"), ["info@bos.nl"], address={"street": "Kade", "city": "Goes"}
            ),
            person("brevo", 5): said(("Jan", "Bosman"), ["jan@bosman.nl"]),
            person("brevo", 6): said(("Piet", "Bos"), ["piet@bos.nl"]),
            person("brevo", 7): said(("\u00c9LISE", "100% of_them back\\slash"), ["e@e.nl"]),
            person("brevo", 8): _renamed(said(("Sanne", "Kuiper"), ["sanne@k.nl"]), "Visser"),
        }
        firm = said(("", ""), legal_name="Bakkerij Kuiper")
        admit(found, some | {RecordKey("hubspot", "organisation", "3"): firm})
        settle(found)
        yield found


def _renamed(one: SourceRecord, family_name: str) -> SourceRecord:
    shown = Shown({"name": {"given_name": "Sanne", "family_name": family_name}}, {})
    return read_again(one, shown, read_at(9, 5), Rules())


def names(found: Found) -> list[str]:
    return [found.customer.name] if found.customer else [one.name for one in found.hits]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Graaf, Bas de", "Bas de Graaf"),
        ("bas DE graaf", "Bas de Graaf"),
        ("06-12345670", "Bas de Graaf"),
        ("+31 (0)6 1234 5670", "Bas de Graaf"),
        ("0031612345670", "Bas de Graaf"),
        ("02 550 12 34", "Jos\u00e9 D'Angelo"),
        ("2511cr 7", "Bas de Graaf"),
        ("2511 CR, 7a", "Bas de Graaf"),
        ("BAS@graaf.nl", "Bas de Graaf"),
        ("hubspot/contacts/71", "Bas de Graaf"),
        ("71", "Bas de Graaf"),
        ("contacts/71", "Bas de Graaf"),
        ("https://app.hubspot.com/contacts/9/record/0-1/71", "Bas de Graaf"),
        ("https://app.hubspot.com/contacts/9/record/0-1/71?tab=1#notes", "Bas de Graaf"),
        ("https://app.hubspot.com/contacts/9/record/0-1/71/#notes", "Bas de Graaf"),
        ("tel:+31612345670", "Bas de Graaf"),
        ("mailto:bas@graaf.nl?subject=hallo", "Bas de Graaf"),
        ("<bas@graaf.nl>", "Bas de Graaf"),
        ("Graaf, Bas de <bas@graaf.nl>", "Bas de Graaf"),
        ("jose d\u2019angelo", "Jos\u00e9 D'Angelo"),
        ("dangelo", "Jos\u00e9 D'Angelo"),
        ("Angelo", "Jos\u00e9 D'Angelo"),
        ("Muller", "J\u00fcrgen M\u00fcller"),
        ("mueller jurgen", "J\u00fcrgen M\u00fcller"),
        ("M\u00dcLLER", "J\u00fcrgen M\u00fcller"),
        ("info@bos.nl", "Jan Bos"),
        ("Bakkerij Kuiper BV", "Bakkerij Kuiper"),
        ("kuiper bakkerij b.v.", "Bakkerij Kuiper"),
        ("ngel", "Jos\u00e9 D'Angelo"),
        ("Sanne Kuiper", "Sanne Visser"),
        ("\u00e9lise", ODD),
        ("100%", ODD),
        ("back\\slash", ODD),
        ("of_them elise", ODD),
    ],
)
def test_one_is_found_by_what_is_at_hand(hub: Hub, asked: str, name: str) -> None:
    assert names(find(hub, asked)) == [name]


def test_a_golden_id_is_one_in_any_letters(hub: Hub) -> None:
    customer = find(hub, "71").customer
    assert customer and names(find(hub, customer.golden_id.upper())) == ["Bas de Graaf"]
    assert find(hub, customer.golden_id.upper()).redirected_from is None


def test_one_who_fits_is_not_several(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    choose(candidates(hub, "Bosman"), sentences())
    one = capsys.readouterr().err
    choose(candidates(hub, "bos"), sentences())
    assert "Several" not in one and "klantbeeld show" in one and "Several" in capsys.readouterr().err


def test_whole_words_go_before_parts_of_words(hub: Hub) -> None:
    found = find(hub, "bos")
    assert names(found) == ["Jan Bos", "Piet Bos", "Jan Bosman"]
    assert [(one.town, one.email) for one in found.hits][:1] == [("Goes", "info@bos.nl")]
    assert names(find(hub, "bosm")) == ["Jan Bosman"]
    assert len(find(hub, "bos", limit=1).hits) == 1 and find(hub, "bos", limit=1).more
    assert names(candidates(hub, "Bosman")) == ["Jan Bosman"] and not candidates(hub, "nobody").hits


@pytest.mark.parametrize("asked", [*NOBODY, "\udcff"], ids=ascii)
def test_nobody_is_nobody(hub: Hub, asked: str) -> None:
    with pytest.raises(NotFound):
        find(hub, asked)


def test_who_waits_to_be_reconciled_is_not_found_yet_and_that_is_said(databases: Databases) -> None:
    with hub_with_nothing(databases) as hub:
        admit(hub, {person("brevo", 1): said(("Wim", "Later"))})
        with pytest.raises(NotFound, match="1 records wait to be reconciled: klantbeeld sync"):
            find(hub, "Later")
        settle(hub)
        assert names(find(hub, "later")) == ["Wim Later"]


def test_explain_and_review_take_the_same_but_decide_on_no_part_of_a_word(hub: Hub) -> None:
    assert why(hub, "06 12345670", "Angelo").left in {"brevo/person/1", "hubspot/person/71"}
    with hub.store.read() as connection:
        assert {str(one) for one in records_of(hub, connection, "bas@graaf.nl").values()} == {
            "brevo/person/1",
            "hubspot/person/71",
        }
        for asked in ("bos", "bosm"):
            with pytest.raises(NotFound, match="several customers"):
                records_of(hub, connection, asked)
