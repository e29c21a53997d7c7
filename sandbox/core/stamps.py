"""How moments are written in the vendors' answers."""

from datetime import UTC, datetime


def iso_ms(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: ``2026-11-22T10:00:00.123Z`` (cut, never rounded up)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def iso_s(moment: datetime) -> str:
    """RFC 3339 in UTC with whole seconds: ``2026-11-22T10:00:00Z`` (cut)."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def parse(text: str) -> datetime:
    """The moment an RFC 3339 text names, in UTC; ValueError where it names none or lacks an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a UTC offset")
    return moment.astimezone(UTC)
