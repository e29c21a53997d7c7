"""All figures of one story, once it is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.edits.judge.consent import consent_looser
from bench.edits.judge.found import Found
from bench.edits.judge.lost import lost, older_over_newer
from bench.edits.judge.questions import conflicting, undecided_share
from bench.edits.judge.unheard import nobody_typed
from bench.edits.judge.writes import created_twice, emptied_by_nobody
from bench.edits.place import Place, Texts, reading, texts
from bench.edits.play import Story
from bench.edits.seen import Seen

ZERO = (
    "edits_lost",
    "raced_untold",
    "nobody_typed",
    "consent_looser",
    "created_twice",
    "emptied_by_nobody",
    "older_over_newer",
    "wrong_mailboxes",
)
"""Figures that count what was found; each must be none."""
HISTORY = frozenset({"hubspot"})
"""Systems that keep a history of each field; of the others nobody can tell what was overwritten."""
ASKED = 0.05
"""The share of conflicting edits that may end in a question."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found, and the shares."""

    found: list[Found]
    raced: int
    raced_unseen: int
    """Of what was written over in the gap how much no system has kept."""
    conflicting: int
    undecided_share: float
    not_silent: int


def verdict(story: Story) -> Verdict:
    """Judge the systems as they stand."""
    gone = story.register.gone
    share = undecided_share(story.journal, story.asked, gone)
    edits = len(conflicting(story.journal, gone))
    raced = story.journal.raced
    unseen = sum(one.place.system not in HISTORY for one in raced)
    return Verdict(_sorted(_found(story)), len(raced), unseen, edits, share, story.late_writes)


def _sorted(found: Iterable[Found]) -> list[Found]:
    """By figure and customer: keys of records the hub made may be others each time."""
    return sorted(found, key=lambda one: (ZERO.index(one.figure), one.cell, one.place.system, one.text))


def _found(story: Story) -> Iterator[Found]:
    standing, owners, gone = _standing(story), story.register.owners, story.register.gone
    seen, journal, known = Seen(story.stage.hub, story.register), story.journal, story.known
    yield from lost(journal, standing, seen.shows, gone)
    yield from _untold(story)
    yield from nobody_typed(known, owners, standing)
    yield from consent_looser(journal, known.seeds, owners, standing)
    yield from created_twice(story.watch.made)
    yield from emptied_by_nobody(known, story.watch.emptied)
    yield from older_over_newer(journal, seen.says, seen.shows, gone)
    yield from story.mailboxes


def _untold(story: Story) -> Iterator[Found]:
    for one in story.journal.raced:
        hidden = any(it.hides(one) for it in story.journal.hidden)
        if (one.act, one.unit) not in story.told and one.place.system in HISTORY and not hidden:
            text = f"typed {one.after!r} between look and write at {one.at}, written over"
            yield Found("raced_untold", one.cell, one.place, text)


def _standing(story: Story) -> dict[Place, Texts]:
    """What every record of every system says, through the mappings as shipped."""
    stage, found = story.stage, dict[Place, Texts]()
    for mapping in stage.mappings.systems.values():
        for obj in (one.name for one in mapping.objects.values() if one.facets):
            for page in stage.human(mapping.system).pull(obj, None):
                for one in page.records:
                    place = Place(mapping.system, obj, one.key)
                    if read := reading(stage.mappings, place, one):
                        found[place] = texts(read)
    return found
