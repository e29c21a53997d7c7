"""What a system does not take is told to whoever can mend it: whose it is, why, who has it, what to do."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from connectors.contract import Connector, Receipt, Write
from hub.cli import main
from hub.flow.decide.decisions import offer_again
from hub.views import ending
from hub.views.refused import Refused, refused
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.settled import settled
from tests.integration.shown import key, seed, shows, types
from tests.integration.stage import Staged, staged

WORDS = "Contact already exists"


class Refusing(Around):
    """Says no to every write that tells a telephone number, in its own words."""

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        told = [one for one in writes if "phone" in str(one.data)]
        taken = self.real.push(obj, [one for one in writes if one not in told])
        return [*taken, *(Receipt(one.ref, "refused", one.key, message=WORDS) for one in told)]


def listed(hub: Staged, *systems: str) -> list[Refused]:
    return list(refused(hub.hub, systems or hub.systems).refused)


def test_a_refusal_says_whose_it_is_who_has_the_value_and_what_to_do(
    databases: Databases, capsys: pytest.CaptureFixture[str]
) -> None:
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        assert listed(hub) == []
        taken = shows(stage, "hubspot", key("hubspot", 2))["phone"]
        hub.wrap["hubspot"] = _refusing
        types(stage, "moneybird", 1, phone=taken, city="Breda")
        hub.sync(2)

        (one,) = listed(hub, "hubspot")
        (field,) = one.fields
        mine, other = (f"hubspot/person/{key('hubspot', number)}" for number in (1, 2))
        assert (one.record, one.holder, one.said) == (mine, other, WORDS)
        assert (field.name, taken in field.before, taken in field.after) == ("phones", False, True)
        assert one.holder_name and one.customer != one.holder_name
        assert f"klantbeeld review same {mine} {other}" in one.todo
        assert "klantbeeld plan retry hubspot" in one.again

        log = " ".join(ending.published(hub.hub, "hubspot"))
        assert "1 refused by hubspot" in log and taken not in log and one.customer not in log
        url = stage.stores[0].engine.url.render_as_string(hide_password=False)
        (same,) = _answer(capsys, "refused", "hubspot", "--store", url)["refused"]
        assert (same["said"], same["record"]) == (WORDS, mine)
        assert _answer(capsys, "refused", "zendesk", "--store", url)["total"] == 0
        (shown,) = _answer(capsys, "show", one.golden_id, "--store", url)["customer"]["refused"]
        assert shown == same
        assert main(["refused", "--lang", "nl", "--store", url]) == 0
        said = capsys.readouterr()
        assert WORDS in said.out and one.customer in said.out and "telefoonnummers (phones)" in said.out
        assert "1 van 1 geweigerd" in said.err

        assert offer_again(hub.hub, "hubspot") and not listed(hub, "hubspot")
        hub.wrap.clear()
        hub.sync(2)
        assert not listed(hub) and taken in str(shows(stage, "hubspot"))


def test_a_record_that_was_not_made_says_which_one_is_in_its_way(databases: Databases) -> None:
    with staged(seed(1, without=("brevo",))) as stage:
        hub = stage.hub(databases)
        types(stage, "hubspot", 1, lifecyclestage="customer")
        hub.pull()
        mailbox = shows(stage, "hubspot")["email"]
        there = stage.edit(
            "brevo", "contacts", None, {"email": mailbox, "attributes": {"LASTNAME": "Anders"}}
        )
        hub.publish("brevo")
        (one,) = listed(hub, "brevo")
        assert (one.record, f"contacts/{there};" in one.said) == (None, True)
        assert {it.name for it in one.fields} > {"name", "emails"}
        assert "look in Brevo" in one.todo and "plan retry brevo" in one.again


def _refusing(real: Connector) -> Connector:
    made: Any = Refusing(real)
    found: Connector = made
    return found


def _answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)
