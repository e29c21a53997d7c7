"""A few writes of each kind of harm, to look at: the people are fictitious."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bench.harm.verdict import harms, step
from bench.harm.writes import Written


def samples(writes: Iterable[Written], most: int) -> Iterator[str]:
    """At most so many lines of each kind, as the strict judge counts it."""
    kinds: defaultdict[tuple[str, str, str], list[Written]] = defaultdict(list)
    for one in writes:
        if harms("strict", step("strict", one.was, one.became)):
            kinds[one.field, one.was, one.became].append(one)
    for (name, was, became), some in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        yield f"{name} {was}→{became}: {len(some)}"
        yield from (_line(one) for one in some[:most])


def _line(one: Written) -> str:
    return f"  {one.key} {one.before!r} → {one.after!r}; true: {one.true}"
