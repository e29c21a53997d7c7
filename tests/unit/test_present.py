"""What the headers of an answer say of the time; who does not listen is told nothing."""

from datetime import UTC, datetime

import pytest

from connectors.present import asked, listening

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "present"),
    [
        ({"date": DATE}, NOON),
        ({"date": "Mon, 02 Mar 2026 13:00:00 +0100"}, NOON),
        ({"date": "Mon, 02 Mar 2026 11:00:00 GMT", "age": "3600"}, NOON),  # a cache kept it for an hour
        ({"date": DATE, "age": "-5"}, NOON),
        ({"date": "yesterday"}, None),
        ({"date": "Mon, 02 Mar 99999 12:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_what_time_it_is_there(headers: dict[str, str], present: datetime | None) -> None:
    heard: list[datetime | None] = []
    with listening(lambda: heard.append):
        asked()(200, headers)
        asked()(503, headers)  # a gateway may know nothing of the time
    asked()(200, headers)
    assert heard == [present, present][: 2 if present else 1]
