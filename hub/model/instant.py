"""Points in time as text that sorts: ``2026-11-22T10:00:00.000000Z``, always UTC, always 27 characters."""

from datetime import UTC, datetime, timedelta

Instant = str
"""RFC 3339 in UTC with microseconds; comparing two as text compares them in time."""

DAWN: Instant = "0001-01-01T00:00:00.000000Z"
"""Before everything: the lower bound where nothing is known."""


def instant(moment: datetime) -> Instant:
    """An aware datetime as an instant. Raises ValueError for a naive one: its zone is anybody's guess."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed in time; attach one first")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def moment(text: Instant) -> datetime:
    """The instant as an aware datetime."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def shift(text: Instant, by: timedelta) -> Instant:
    """The instant ``by`` later (earlier when negative); it never leaves the calendar."""
    try:
        return instant(moment(text) + by)
    except OverflowError:
        return DAWN if by < timedelta() else "9999-12-31T23:59:59.999999Z"


def now() -> Instant:
    """This machine's present."""
    return instant(datetime.now(UTC))
