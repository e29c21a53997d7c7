"""Who a customer was: what people said of it at earlier times. Pure."""

from collections.abc import Mapping, Sequence

from hub.model.value import Value


def before(now: Mapping[str, Value], former: Sequence[tuple[str, Value]]) -> list[dict[str, Value]]:
    """What is said ``now`` with one field put back at a time, and as all of it was at first.

    ``former``: field and what was said in it before, of each field the latest first. Who was one customer
    before several of its fields were edited, each in another system, is so after.
    """
    told = sorted(former, key=lambda one: one[0])
    found = [{**now, name: old} for name, old in told]
    if len({name for name, _ in told}) > 1:
        found.append({**now, **dict(told)})
    return found
