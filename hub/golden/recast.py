"""What a place shows, read by other rules than before: nobody typed anything. Pure."""

from collections.abc import Collection

from hub.golden.cell import Cell
from hub.golden.claims import Claim, Reading
from hub.golden.roll import Roll
from hub.model.value import Slots, Value


def cell(before: Cell, value: Value | None, reading: Reading) -> Cell:
    """The cell where what stands untouched reads as ``value`` now.

    Who said what it read as before said this, then and in that way. What reads as nothing takes no word
    back; what was unreadable and is not any more is seen for the first time.
    """
    if value == before.base:
        return before
    claim = before.claim
    if value is not None and claim is not None and claim.value is not None and claim.value == before.base:
        claim = claim._replace(value=value)
    elif value is not None and claim is None and before.base is None:
        claim = Claim(value, reading.authored_at(), "first")
    intent = value if before.intent is not None and before.intent == before.base else before.intent
    return before._replace(base=value, claim=claim, intent=intent)


def roll(before: Roll, slots: Slots, reading: Reading) -> Roll:
    """The same of a list, place by place."""
    if slots == before.base or len(slots) != len(before.base):
        return before if slots == before.base else _first(before, slots, reading)
    pairs = list(zip(before.base, slots, strict=True))
    names = {old: new for old, new in pairs if old is not None and new is not None}
    claims: dict[str, Claim] = {}
    for element, claim in before.claims.items():
        value = names.get(str(claim.value), claim.value) if claim.value is not None else None
        claims.setdefault(names.get(element, element), claim._replace(value=value))
    ours = frozenset(names.get(one, one) for one in before.ours)
    return _first(before._replace(claims=claims, ours=ours), slots, reading)


def _first(before: Roll, slots: Slots, reading: Reading) -> Roll:
    at = reading.authored_at()
    new = {one for one in slots if one is not None} - before.claims.keys() - before.ours
    claims = {**before.claims, **{one: Claim(one, at, "first") for one in new}}
    return before._replace(base=slots, claims=claims)


def emptied_parts(before: Cell, parts: Collection[str]) -> Cell:
    """The cell as if these parts (none: all of it) had not stood there; what was said still holds."""
    base = before.base
    left = {name: one for name, one in base.items() if name not in parts} if isinstance(base, dict) else None
    return before._replace(base=left or None, placed=before.placed and bool(left), intent=None, altered=False)


def emptied_places(before: Roll, places: Collection[int]) -> Roll:
    """The same of a list, place by place."""
    base = tuple(None if at in places else one for at, one in enumerate(before.base))
    return before._replace(base=base, ours=before.ours & {one for one in base if one is not None})
