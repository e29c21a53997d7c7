"""What changed, from Moneybird's list of ids and versions alone.

A version is ``updated_at`` in whole Unix seconds (the vendor's own examples: 2026-03-10T13:09:01.856Z has
version 1773148141), so versions compare across records, and two changes within one second look alike.
The cursor therefore keeps the newest version and those before it, as far back as the horizon (a change may
be listed after a later one), and the newest second is read again until that second is over.

Cursors: ``{"high", "recent", "at", "settled"}`` when complete; on the way ``{"base", "top", "after"}``,
where ``base`` is the complete cursor the pull began with and ``after`` the last version and id given. A
pull that was resumed does not know what came meanwhile behind the place it stopped at: the next one reads
again what is as new as its beginning.
"""

from datetime import timedelta

from connectors.contract import Json
from connectors.keys import as_key
from connectors.outcome import Answer

Version = tuple[int, str]
_LINE = {"id": (str, int), "version": (str, int)}
"""The vendor's document allows a version as text as well."""
_TICK = 2
"""Seconds that Moneybird's clock, which tells whole seconds, may be behind its versions."""


def versions(answer: Answer) -> list[Version]:
    """Version and id of every record, oldest first."""
    listed = [(_number(answer, item), as_key(item["id"])) for item in answer.fitting(_LINE)]
    found = [(version, key) for version, key in listed if key]
    if len(found) < len(listed):
        raise answer.broken(("id",), "the key of each record")
    return sorted(found)


def _number(answer: Answer, item: Json) -> int:
    version = item["version"]
    if isinstance(version, str) and not (version.isascii() and version.isdecimal()):
        raise answer.broken(("version",), "a whole number")
    return int(version)


def begin(listed: list[Version], cursor: Json | None, now: float) -> Json:
    """The walk a cursor stands for: one that goes on, or a new one from a complete cursor or from nothing."""
    return cursor if cursor and "after" in cursor else {"base": cursor, "top": _top(listed, cursor, now)}


def _top(listed: list[Version], base: Json | None, now: float) -> int:
    """The newest version that is not in the future: from a later one on, nothing would look new."""
    past = [version for version, _ in listed if version <= now + _TICK]
    return max([base["high"] if base else 0, *past])


def changed(listed: list[Version], walk: Json, horizon: timedelta) -> list[Version]:
    """What is new since the walk's base, oldest first, and after the page it stopped at."""
    found = [one for one in listed if _is_new(one, walk["base"], horizon)]
    return [one for one in found if one > tuple(walk["after"])] if "after" in walk else found


def _is_new(one: Version, base: Json | None, horizon: timedelta) -> bool:
    if base is None:
        return True
    version, key = one
    if version < base["high"] - horizon.total_seconds():
        return False
    same_second: bool = not base["settled"] and version >= base["high"] - 1
    return same_second or bool(base["recent"].get(key) != version)


def done(listed: list[Version], walk: Json, now: float, horizon: timedelta) -> Json:
    """The complete cursor: settled once the newest second is certainly over, by the system's own clock."""
    base, high = walk["base"] or {}, _top(listed, walk["base"], now)
    if "after" in walk:
        return {"high": walk["top"], "recent": {}, "at": now, "settled": False}
    since = base.get("at", now) if base.get("high") == high else now
    recent = {key: version for version, key in listed if version >= high - horizon.total_seconds()}
    return {"high": high, "recent": recent, "at": since, "settled": now - min(since, high) > 2}
