"""What nothing decides, asked and answered: on the command line where people type, over a real store."""

import json
from datetime import timedelta
from typing import Any

import pytest
import structlog

from hub.cli import main
from hub.flow.decide.answer import Reply, answer
from hub.flow.decide.judge import same
from hub.model.instant import shift
from hub.model.keys import RecordKey
from hub.views.disputes import Dispute, disputes
from tests.databases import Databases
from tests.integration.household import Customer
from tests.integration.settled import settled
from tests.integration.shown import Seed, name, seed, types
from tests.integration.stage import Staged

SAID_BY = ("--who", "an", "--why", "telephoned")


def in_two(*people: int) -> Seed:
    """These customers in Sales and Finance alone, who do not agree on the family name."""
    some = seed(*people, without=("brevo", "zendesk"))
    for one in some["hubspot"]["contacts"]:
        one["properties"].update(lastname="Zonneveld", lifecyclestage="lead")
    for one in some["moneybird"]["contacts"]:
        one.update(lastname="Bakker")
    return some


class Desk:
    """Where the commands are typed."""

    def __init__(self, hub: Staged, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self.capsys = str(hub.hub.store.address), capsys

    def type(self, *words: str) -> tuple[int, str]:
        self.capsys.readouterr()
        code = main([*words, "--store", self.store])
        shown = self.capsys.readouterr()
        structlog.reset_defaults()
        return code, shown.out + shown.err

    def ask(self, *words: str) -> Any:
        self.capsys.readouterr()
        code = main([*words, "--json", "--store", self.store])
        structlog.reset_defaults()
        shown = self.capsys.readouterr()
        assert code == 0, shown.err
        return json.loads(shown.out)


def replied(one: Dispute, system: str) -> Reply:
    (chosen,) = [it for it in one.choices if system in it.systems]
    return Reply(one.golden_id, one.field, one.unit, chosen.value, RecordKey.parse(chosen.records[0]))


def test_one_answer_settles_all_of_whom_the_very_same_is_asked(
    databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    some = in_two(1, 2, 3)
    some["moneybird"]["contacts"][2].update(lastname="Visser")
    with settled(databases, some, 2) as (_, hub):
        desk = Desk(hub, capsys)
        asked = desk.ask("disputes", "--field", "name")
        assert [one["alike"] for one in asked["questions"]] == [2, 2, 1]
        assert asked["by_field"] == {"name": 3}
        first, _, other = asked["questions"]
        assert "+1 alike" in desk.type("disputes")[1]
        assert desk.ask("disputes", "moneybird") == desk.ask("disputes")
        assert not desk.ask("disputes", "brevo")["questions"]  # none of its people say something
        for mistyped in (["brevvo"], ["--field", "nme"], ["--owner", "saales"]):
            assert desk.type("disputes", *mistyped)[0] == 2
        answered = desk.ask(
            "disputes", "answer", first["golden_id"], "name", "--from", "hubspot", "--alike", *SAID_BY
        )
        assert answered["answers"] == 2
        left = desk.ask("disputes")["questions"]
        assert [one["golden_id"] for one in left] == [other["golden_id"]]
        said = {str(one.document["name"]) for one in hub.golden() if one.golden_id != other["golden_id"]}
        assert all("Zonneveld" in one for one in said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("name", "--choice", "3"), "there are 2 values"),
        (("name", "--from", "zendesk"), "zendesk has no value to choose"),
        (("name",), "--choice N or --from SYSTEM"),
        (("name", "--choice", "1", "--from", "hubspot"), "--choice N or --from SYSTEM"),
        (("language", "--choice", "1"), "nothing is asked about that"),
        (("name", "--choice", "1", "--pin-until", "2020-01-01"), "give a day to come"),
        (("name", "--choice", "1", "--pin-until", "soon"), "a date such as"),
    ],
)
def test_an_answer_to_nothing_that_was_asked_changes_nothing_and_says_what_would(
    databases: Databases, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    with settled(databases, in_two(1), 2) as (_, hub):
        before = hub.golden()
        (one,) = disputes(hub.hub).questions
        code, said = Desk(hub, capsys).type("disputes", "answer", one.golden_id, *words, *SAID_BY)
        assert code == 2
        assert told in " ".join(said.replace("│", " ").split())
        assert hub.golden() == before


def test_a_pinned_answer_outlasts_edits_until_its_day_and_no_longer(databases: Databases) -> None:
    with settled(databases, in_two(1), 2) as (stage, hub):
        (one,) = disputes(hub.hub).questions
        stage.pass_time(timedelta(minutes=1))
        until = shift(hub.now(), timedelta(days=30))
        answer(hub.hub, [replied(one, "hubspot")], "an", "telephoned", until)
        hub.sync(2)
        types(stage, "moneybird", lastname="Visser", firstname="Piet")
        hub.sync(2)
        assert name(stage, "hubspot") == "Piet|Zonneveld"
        stage.pass_time(timedelta(days=31))
        hub.sync(2)
        assert name(stage, "hubspot") == "Piet|Visser"


def test_an_authority_decides_once_somebody_said_that_both_are_one_customer(databases: Databases) -> None:
    some = seed(firms=(1,), without=("brevo", "zendesk"))
    some["hubspot"]["companies"][0]["properties"]["coc_number"] = "68750110"
    firm = Customer(1)
    with settled(databases, some, 2) as (stage, hub):
        assert [one.field for one in disputes(hub.hub).questions] == ["coc_number"]
        stage.pass_time(timedelta(minutes=1))
        one, other = (firm.record(system, "organisation") for system in ("hubspot", "moneybird"))
        same(hub.hub, one, other, "an", "telephoned")
        assert not disputes(hub.hub).questions
        (golden,) = hub.golden()
        assert golden.document["coc_number"] == some["moneybird"]["contacts"][0]["chamber_of_commerce"]
