"""What a person took away by emptying it: which votes go with it. Pure."""

from typing import NamedTuple

from hub.golden.vote import Ballot, Vote
from hub.model.instant import Instant
from hub.model.keys import RecordKey
from hub.model.value import Value


class Struck(NamedTuple):
    """A person's emptying of a unit: what stood there, and when it went."""

    record: RecordKey
    at: Instant
    gone: tuple[Value, ...]
    after: Instant = ""
    """It went after this, and at ``at`` at the latest."""
    over: tuple[tuple[Value, Instant], ...] = ()
    """What of it people had typed over there before, and after when."""
    typed: tuple[Instant, Instant] | None = None
    """Where people had typed there what went: after when, and when at the latest."""


def strikes(ballot: Ballot, gone: Struck, vote: Vote) -> bool:
    """Whether an emptying takes a vote away: an older one of what was emptied, or one the hub overwrote.

    What stood beside what somebody typed he said nothing about; what it was typed over does not come back.
    """
    when = _said_at(vote)
    if _settles(gone, vote) or (when and _was_typed_over(ballot, gone, vote, when)):
        return True
    if when >= gone.at or when > (gone.after or gone.at):
        return False
    return vote.overwritten or any(ballot.opinion.empties(ballot.unit, one, vote.says) for one in gone.gone)


def _was_typed_over(ballot: Ballot, gone: Struck, vote: Vote, when: Instant) -> bool:
    return any(when < at and ballot.opinion.empties(ballot.unit, one, vote.says) for one, at in gone.over)


def _settles(gone: Struck, vote: Vote) -> bool:
    """Whether somebody emptied one of two edits of which nobody knew which was the later, both being read."""
    if gone.typed is None or vote.edited is None or vote.respelt or vote.edited > (gone.after or gone.at):
        return False
    (after, by), (began, at) = gone.typed, (vote.after(vote.edited), vote.edited)
    return not (by < at and by <= began) and not (at < by and at <= after)


def typed_over(edit: Vote, vote: Vote) -> bool:
    """Whether somebody typed one certainly after the other was said, and was not refused in its place."""
    return (
        edit.says not in vote.kept
        and edit.edited is not None
        and not edit.respelt
        and _said_at(vote) < edit.after(edit.edited)
    )


def _said_at(vote: Vote) -> Instant:
    return vote.edited or vote.first or ("" if vote.typed else vote.touched)
