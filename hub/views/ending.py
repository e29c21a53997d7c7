"""What a run leaves for somebody, in the lines that end its log: counts, fields and golden ids, no values."""

from collections import Counter
from collections.abc import Iterator

from hub.flow.decide.holds import HoldView
from hub.flow.hub import Hub
from hub.store import quarantine
from hub.views.planned import FieldTotal, planned
from hub.views.sentences import sentences


def published(hub: Hub, system: str) -> tuple[str, ...]:
    """What is refused and what is held for a system, why, and what to do about it; the remedy last."""
    return tuple(_published(hub, system))


def _published(hub: Hub, system: str) -> Iterator[str]:
    found = planned(hub, [system], 0)
    if found.refused.total:
        yield (
            f"{found.refused.total} refused by {system}: klantbeeld refused {system} says whose it is, why, "
            "and what to do"
        )
    for hold in found.holds:
        yield f"{hold.changes} changes wait in hold {hold.id}: {'; '.join(_reasons(hold))}"
    if found.holds:
        yield f"by field: {', '.join(map(_field, (one for one in found.fields if one.held)))}"
        yield (
            f"read them with klantbeeld plan {system}, then klantbeeld plan approve {system} or klantbeeld "
            f"plan reject {system}; what is approved is sent within half a minute"
        )


def _reasons(hold: HoldView) -> Iterator[str]:
    """Why it is held; who activated a file, and why, stands in the hub and in no log."""
    for reason in hold.reasons:
        yield reason.partition(", by ")[0] if reason.startswith("mappings/") else reason


def _field(one: FieldTotal) -> str:
    words = sentences()
    effects = ", ".join(f"{number} {words.name('effect', what)}" for what, number in one.effects.items())
    return f"{one.field} {one.held} ({effects})"


def pulled(hub: Hub, system: str) -> tuple[str, ...]:
    """What a system's quarantine holds back, by field and rule."""
    with hub.store.read() as connection:
        held = quarantine.listed(connection, system)
    if not held:
        return ()
    told = Counter((one.field or why["path"] or "record", why["rule"]) for one in held for why in one.reasons)
    some = ", ".join(f"{field} ({rule}) {number}" for (field, rule), number in sorted(told.items()))
    return (
        f"{len(held)} wait in quarantine: {some}",
        f"klantbeeld quarantine {system} says whose they are, and what to do",
    )
