"""One form for a moment: ``2026-11-22T10:00:00.000000Z``; in this form text order is time order."""

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(text: str) -> str:
    """An RFC 3339 moment (any offset, any fraction; UTC where it names no zone) in our form.

    Raises ValueError for anything else, and for a moment outside the calendar.
    """
    moment = datetime.fromisoformat(text)
    try:
        return _form((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC))
    except OverflowError:
        raise ValueError("a moment outside the calendar") from None


def maybe_stamp(text: object) -> str | None:
    """:func:`stamp` of a field that may be absent, empty or not a moment at all."""
    if not isinstance(text, str):
        return None
    try:
        return stamp(text)
    except ValueError:
        return None


def of_unix(seconds: float) -> str:
    """Our form of a Unix time."""
    return _form(datetime.fromtimestamp(seconds, UTC))


def unix_ms(moment: str) -> int:
    """Milliseconds since 1970 of a moment in our form."""
    return round(_parsed(moment).timestamp() * 1000)


def earlier(moment: str, by: timedelta) -> str:
    """``moment`` less ``by``, in our form; never before 1970."""
    dawn = datetime(1970, 1, 1, tzinfo=UTC)
    return _form(max(_parsed(moment), dawn + by) - by)


def _form(moment: datetime) -> str:
    return moment.strftime(_FORM).rjust(27, "0")


def _parsed(moment: str) -> datetime:
    return datetime.strptime(moment, _FORM).replace(tzinfo=UTC)
