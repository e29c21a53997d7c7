"""The story of one cell, for who wants to know why: what was typed of it, and what the hub wrote there."""

from collections.abc import Iterator, Sequence

from bench.edits.judge.found import Found
from bench.edits.place import Place, lenses
from bench.edits.play import Story, say
from sandbox.core.journal import Entry

MOST = 40
"""Lines told of one cell, the last ones."""


def show(story: Story, found: Sequence[Found], number: int) -> None:
    """So many examples of each figure, on stderr; all customers are invented."""
    for figure in dict.fromkeys(one.figure for one in found):
        some = [one for one in found if one.figure == figure]
        say(f"\n== {figure}: {len(some)}")
        for one in some[:number]:
            say(f"-- {' '.join(one.cell)} in {one.place.system} {one.place.key}: {one.text}")
            for line in sorted(_lines(story, one), key=lambda text: text[:23])[-MOST:]:
                say(f"     {line}")


def _lines(story: Story, one: Found) -> Iterator[str]:
    customer, name, _ = one.cell
    for line in story.journal.of(customer, name):
        meant = "" if line.deliberate else " (not meant)"
        where = f"round {line.round} {line.when} {line.place.system} {line.place.key}"
        what = f"{line.kind} {' '.join(line.unit)} {line.before!r} -> {line.after!r}{meant}"
        yield f"{line.at[:23]} {where}: {what}"
    for entry in story.stage.by_hub():
        place = Place(entry.system, entry.object, entry.key)
        if customer and story.register.owners.get(place) == customer:
            yield from _written(story, entry, place, name)


def _written(story: Story, entry: Entry, place: Place, name: str) -> Iterator[str]:
    customer = story.register.owners[place]
    some = lenses(story.stage.mappings, place, story.register.kind(customer))
    start = 1 if entry.system == "hubspot" else 0
    parts = [part for field, lens in some.items() if name in ("", field) for part in lens.parts]
    for at in sorted(".".join(part.path[start:]) for part in parts):
        if at in entry.before or at in entry.after:
            was, now = entry.before.get(at), entry.after.get(at)
            yield f"{entry.at[:23]} hub {entry.action} {place.system} {place.key} {at}: {was!r} -> {now!r}"
