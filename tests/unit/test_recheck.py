"""What a record shows right after a write: taken, ignored, or not shown at all."""

import pytest

from connectors.contract import Json, RawRecord
from hub.flow.publish.recheck import seen_after
from hub.golden.claims import Sent
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.model.keys import RecordKey
from tests.integration.stage import UNJUDGED
from tests.unit.said import at

OLD, NEW = "+31611111111", "+31622222222"
JAN: Json = {"company_name": "", "firstname": "Jan", "lastname": "Bos", "country": "NL"}


@pytest.mark.parametrize(
    ("shown", "ignored"),
    [({"phone": OLD}, {"phones"}), ({"phone": NEW}, set()), ({}, set())],
    ids=["what stood there", "what was written", "nothing of it"],
)
def test_what_a_second_look_shows_as_it_was_is_ignored_and_what_it_does_not_show_is_not(
    shown: Json, ignored: set[str]
) -> None:
    mapping = UNJUDGED.systems["moneybird"]
    roll = Roll(base=(OLD,), flight=(Sent([NEW], at(10)),), tries=2)
    record = SourceRecord(
        RecordKey("moneybird", "person", "1#person"), "contacts", "1", rolls={"phones": roll}
    )
    seen, before = RawRecord("1", {**JAN, **shown}), {**JAN, "phone": OLD}
    _, found = seen_after(
        mapping, mapping.objects["contacts"], record, seen, before, ["phones"], answer=False
    )
    assert found == ignored
