"""A matching file as it is written: what was learnt, for a person to read and to keep in ``mappings/``."""

from collections.abc import Iterator, Mapping

from hub.identity.training import Trained
from hub.identity.weights import FREQUENCY, Names, Weights
from hub.model.instant import Instant

_WIDTH = 108


def written(found: Trained, before: Weights, day: Instant) -> str:
    """The text of a matching file, with what it was learnt from."""
    one = found.weights
    head = [
        f"# Learnt on {day} from {found.records} records and {found.decisions} decisions of people, where",
        f"# {before.version} had been in use. What each line means: docs/reference/matching-files.md",
        "",
        f"version: {before.version.partition(' ')[0]} learnt {day}",
        *(f"{name}: {_number(getattr(one, name))}" for name in _NUMBERS),
        f"expected: {_flow(one.expected)}",
        f"rare: {_flow(one.rare)}",
        "",
        "findings:",
    ]
    return "\n".join([*head, *_findings(one), *_learnt(one), "", "names:", *_names(one.names), ""])


_NUMBERS = ("accept", "review", "alone", "caution", "together", "records")


def _findings(one: Weights) -> Iterator[str]:
    for name, some in one.chances.items():
        yield f"  {name}:"
        for finding, chances in some.items():
            told = {
                kind: FREQUENCY if chance is None else _number(chance) for kind, chance in chances.items()
            }
            yield f"    {finding}: {_flow(told)}"


def _learnt(one: Weights) -> Iterator[str]:
    yield ""
    yield f"bias: {_number(one.bias)}"
    if one.learnt:
        yield "learnt:"
        yield from (f"  {name}: {_flow(some)}" for name, some in one.learnt.items())


def _names(names: Mapping[str, Names]) -> Iterator[str]:
    for comparison, one in names.items():
        yield f"  {comparison}:"
        yield f"    others: {_number(one.others)}"
        for share in sorted(set(one.shares.values()), reverse=True):
            yield f"    {_number(share)}: ["
            yield from _wrapped(sorted(name for name, has in one.shares.items() if has == share))
            yield "    ]"


def _wrapped(names: list[str]) -> Iterator[str]:
    """Names in quotes, as many a line as fit: one may be called ``no`` or ``null``."""
    line = "     "
    for name in names:
        text = f' "{name}",'
        if len(line) + len(text) > _WIDTH:
            yield line
            line = "     "
        line += text
    yield line


def _flow(some: Mapping[str, float | str]) -> str:
    told = (f"{name}: {one if isinstance(one, str) else _number(one)}" for name, one in some.items())
    return f"{{{', '.join(told)}}}"


def _number(one: float) -> str:
    return f"{one:.6g}"
