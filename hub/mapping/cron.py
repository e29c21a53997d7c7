"""Whether a schedule is a cron line, before a scheduler finds out."""

import re
from itertools import pairwise

ALLOWED = "five fields (minute, hour, day, month, weekday) such as */15 * * * *, or @hourly, @daily, @weekly"
_NAMED = ("@hourly", "@daily", "@weekly", "@monthly", "@yearly")
_FIELDS: tuple[tuple[int, int, str], ...] = (
    (0, 59, ""),
    (0, 23, ""),
    (1, 31, ""),
    (1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    (0, 7, "sun mon tue wed thu fri sat"),
)
_STEP = re.compile(r"(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:/([1-9][0-9]?))?")


def is_cron(text: str) -> bool:
    """Whether it is one."""
    fields = text.lower().split()
    return text in _NAMED or (len(fields) == 5 and all(map(_fits, fields, _FIELDS)))


def _fits(field: str, bounds: tuple[int, int, str]) -> bool:
    return all(_one(part, *bounds) for part in field.split(","))


def _one(part: str, low: int, high: int, names: str) -> bool:
    step = _STEP.fullmatch(part)
    if step is None:
        return False
    words = {name: number + low for number, name in enumerate(names.split())}
    ends = [] if step[1] == "*" else [words.get(end, _number(end)) for end in step[1].split("-")]
    return all(low <= end <= high for end in ends) and all(one <= other for one, other in pairwise(ends))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else -1
