"""Which of several opinions stands, and why; nothing is decided by chance. Pure.

A decision is a function of the set of votes. Where neither an edit, nor one opinion saying more than
another, nor a majority between slips, nor other evidence decides, it is *undecided*, and a person is asked.
"""

from collections.abc import Sequence
from itertools import combinations

from hub.golden.vote import Ballot, Candidate, Decision, Vote
from hub.model.instant import Instant
from hub.model.value import canonical


def decide(ballot: Ballot, votes: Sequence[Vote]) -> Decision:
    """Which opinion stands among these votes; there is at least one."""
    if len(votes) == 1:
        return Decision(votes[0].says, "edited" if votes[0].edited else "unopposed", votes[0])
    edits = [one for one in votes if one.edited and not one.respelt] or [one for one in votes if one.edited]
    return _of_edits(ballot, edits, votes) if edits else _of_first_sights(ballot, votes)


def _of_edits(ballot: Ballot, edits: Sequence[Vote], votes: Sequence[Vote]) -> Decision:
    """The latest edit stands; a move before what was typed into a home somebody moved from.

    Which of two is the later one nobody knows where the times at which they can have been typed overlap;
    nor which house is meant where the number of another one was put right at the time of a move.
    """
    moves = _moves(ballot, edits)
    when = [(ballot.opinion.moved_at(one.typed) or one.edited or "", one) for one in moves or edits]
    latest = max(at for at, _ in when)
    last = [one for at, one in when if at == latest]
    began = min(one.after(latest) for one in last)
    maybe = [one for at, one in when if not _outdone(at, when)]
    if settling := _settling(maybe, latest):
        last = maybe = [settling]
    maybe += _another_put_right(ballot, edits, last[0], (began, latest)) if moves else []
    if any(not ballot.same(one, other) for one, other in combinations(last, 2)) or any(
        ballot.rivals(one, other) for one, other in combinations(maybe, 2)
    ):
        return undecided(ballot, maybe)
    winner = _spelt_last(ballot, _best(ballot, last), votes)
    fuller = [] if winner.shortened else [one for one in votes if ballot.covers(one, winner)]
    if fuller and len(heads := _heads(ballot, fuller)) == 1:
        return Decision(heads[0].says, "fuller", heads[0])
    others = [(one.says, one.typed) for one in edits if one is not winner]
    value = ballot.opinion.amended(winner.says, winner.typed, others) if others else winner.says
    return Decision(value, "edited", winner)


def _outdone(at: Instant, when: Sequence[tuple[Instant, Vote]]) -> bool:
    """Whether something else was certainly typed after what was typed then: that cannot be the last word."""
    return any(at < later and at <= one.after(later) for later, one in when)


def _moves(ballot: Ballot, edits: Sequence[Vote]) -> list[Vote]:
    """The edits of the whole, and beside them whoever typed all of another place where nothing stood."""
    moves = [one for one in edits if ballot.opinion.moved_at(one.typed)]
    if not moves:
        return []
    whole = [one for one in edits if one not in moves and ballot.opinion.whole(one.says, one.typed)]
    there = [one.says for one in moves]
    return moves + [
        one for one in whole if all(ballot.opinion.dated(ballot.unit, (one.says, it)) for it in there)
    ]


def _another_put_right(
    ballot: Ballot, edits: Sequence[Vote], move: Vote, moved: tuple[Instant, Instant]
) -> list[Vote]:
    """The edits that put right by what another house is known than the one moved to, then or later.

    Whoever typed so had not seen the move, or the house would be that one.
    """
    into = ballot.opinion.amended
    return [
        one
        for one in edits
        if (at := ballot.opinion.righted_at(one.typed))
        and (moved[0] < at or at == moved[1])
        and not ballot.same(one, move)
        and into(move.says, move.typed, [(one.says, one.typed)]) == move.says
    ]


def _settling(maybe: Sequence[Vote], latest: Instant) -> Vote | None:
    """The one of these in which something was typed after all of them were seen, if there is just one."""
    found = [one for one in maybe if one.edited and one.edited > latest and one.after(one.edited) >= latest]
    return found[0] if len(found) == 1 and len(maybe) > 1 else None


def _spelt_last(ballot: Ballot, winner: Vote, votes: Sequence[Vote]) -> Vote:
    """What stands, as somebody spelt it after it was typed."""
    later = [one for one in votes if one.respelt and (one.edited or "") > (winner.edited or "")]
    alike = [one for one in later if ballot.same(one, winner)]
    if not alike:
        return winner
    return winner._replace(says=max(alike, key=lambda one: (one.edited or "", canonical(one.says))).says)


def _of_first_sights(ballot: Ballot, votes: Sequence[Vote]) -> Decision:
    heads = _heads(ballot, votes)
    if len(heads) == 1:
        alike = all(ballot.same(heads[0], one) for one in votes)
        return Decision(heads[0].says, "unopposed" if alike else "fuller", heads[0])
    found = _by_majority(ballot, heads, votes) or _by_evidence(ballot, heads, votes)
    return Decision(found.says, "majority", found) if found else undecided(ballot, votes)


def _heads(ballot: Ballot, votes: Sequence[Vote]) -> list[Vote]:
    """The fullest, best-spelt vote of each opinion, in the order of their values."""
    distinct: dict[str, Vote] = {}
    for one in sorted(votes, key=lambda one: one.record):
        distinct.setdefault(canonical(one.says), one)
    if len(distinct) == 1:
        return list(distinct.values())
    some = [distinct[text] for text in sorted(distinct)]
    beaten = [any(_beats(ballot, other, one) for other in some if other is not one) for one in some]
    return [one for one, lost in zip(some, beaten, strict=True) if not lost] or some


def _beats(ballot: Ballot, one: Vote, other: Vote) -> bool:
    if ballot.covers(one, other):
        return True
    if not ballot.same(one, other) or ballot.covers(other, one):
        return False
    return _rank(ballot, one) > _rank(ballot, other)


def _rank(ballot: Ballot, one: Vote) -> tuple[tuple[int, ...], str]:
    return ballot.opinion.spelt(ballot.unit, one.says), canonical(one.says)


def _best(ballot: Ballot, alike: Sequence[Vote]) -> Vote:
    return max(sorted(alike, key=lambda one: one.record, reverse=True), key=lambda one: _rank(ballot, one))


def _supporters(ballot: Ballot, heads: Sequence[Vote], votes: Sequence[Vote]) -> list[list[Vote]]:
    """For each head who says so, or less; what several rivals cover speaks for none of them."""
    found: list[list[Vote]] = [[] for _ in heads]
    for one in votes:
        over = [at for at, head in enumerate(heads) if ballot.same(head, one) or ballot.covers(head, one)]
        if len(over) == 1:
            found[over[0]].append(one)
    return found


def _by_majority(ballot: Ballot, heads: Sequence[Vote], votes: Sequence[Vote]) -> Vote | None:
    """The opinion of most systems, where all may be slips of one value."""
    if not ballot.opinion.settles(ballot.unit, [one.says for one in heads], ballot.known):
        return None
    counts = [len({one.record.system for one in some}) for some in _supporters(ballot, heads, votes)]
    most = max(counts)
    if most < 2 or counts.count(most) > 1:
        return None
    winner = heads[counts.index(most)]
    rivals = [one.says for one in heads]
    return None if ballot.opinion.poor(ballot.unit, winner.says, rivals) else winner


def _by_evidence(ballot: Ballot, heads: Sequence[Vote], votes: Sequence[Vote]) -> Vote | None:
    rivals = [one.says for one in heads]
    found = ballot.opinion.evidence(ballot.unit, rivals, ballot.known)
    if found is not None:
        return heads[rivals.index(found)]
    if ballot.by_time and len(heads) == 2 and ballot.opinion.dated(ballot.unit, rivals):
        return _later(heads, _supporters(ballot, heads, votes))
    return None


def _later(heads: Sequence[Vote], supporters: Sequence[Sequence[Vote]]) -> Vote | None:
    """The one whose every record was made after those of the other were last touched."""
    for at in (0, 1):
        mine, theirs = supporters[at], supporters[1 - at]
        made = [one.made for one in mine]
        if mine and theirs and all(made) and min(filter(None, made)) > max(one.touched for one in theirs):
            return heads[at]
    return None


def undecided(ballot: Ballot, votes: Sequence[Vote]) -> Decision:
    """Nothing decides between these: what all of them share, and who says what."""
    heads = _heads(ballot, votes)
    shared = ballot.opinion.shared(ballot.unit, [one.says for one in heads])
    some = zip(heads, _supporters(ballot, heads, votes), strict=True)
    found = [
        Candidate(one.says, tuple(sorted({it.record for it in mine})), one.edited is not None)
        for one, mine in some
    ]
    found.sort(key=lambda one: (-len({it.system for it in one.records}), canonical(one.value)))
    return Decision(shared, "undecided", candidates=tuple(found))
