"""What waits for a person, and his word on it: who is who, disputes, plans, quarantine."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from hub.flow import verbs
from hub.flow.decide import judge
from hub.flow.decide.answer import Answered, Reply, answer
from hub.flow.decide.holds import Decided, decide_on, waiting_for
from hub.flow.errors import NotFound
from hub.model.keys import RecordKey
from hub.views.disputes import Dispute, Disputes, disputes
from hub.views.planned import Planned, planned
from hub.views.quarantine import Quarantine, held_back
from hub.views.review import Queue, review
from hub.views.sight import seen
from hub.web.access.guard import Answers, Judges, Redrives, Releases, Sees, Visit
from hub.web.api.answering import answered
from hub.web.problems import Forbidden

router = APIRouter(tags=["deciding"])
Limit = Annotated[int, Query(ge=1, le=500)]
Reason = Annotated[str, Field(min_length=3, max_length=500, description="Why; kept with the decision.")]


class Decision(BaseModel):
    """A person's word."""

    model_config = ConfigDict(extra="forbid")

    why: Reason


@router.get("/review", response_model=Queue)
def asked_of_stewards(visit: Judges, request: Request, limit: Limit = 20) -> Response:
    """Who may be one customer, those first that cost most to leave open."""
    return answered(seen(review(visit.hub, limit), visit.sight), request)


class Pair(Decision):
    """Two records, or golden ids, and what they are."""

    one: str = Field(min_length=3, max_length=400)
    other: str = Field(min_length=3, max_length=400)
    same: bool | None = Field(description="true: one customer; false: two; null: takes back what was said.")


@router.post("/review/decisions", response_model=judge.Decided)
def judged(visit: Judges, said: Pair) -> Response:
    """Say that two are one customer, or two, whatever any rule says; or take that back."""
    who = visit.person.who
    if said.same is None:
        done = judge.withdraw(visit.hub, said.one, said.other)
    else:
        verb = judge.same if said.same else judge.apart
        done = verb(visit.hub, said.one, said.other, who, said.why)
    visit.note("judged", ",".join(done.golden_ids), same=said.same)
    return answered(done)


@router.get("/disputes", response_model=Disputes)
def undecided(visit: Sees, request: Request, limit: Limit = 20, owner: str | None = None) -> Response:
    """What nothing decides; of a department its own fields."""
    mine = visit.person.department if visit.person.role == "department" else owner
    found = disputes(visit.hub, limit, owner=mine, lang=visit.lang)
    return answered(seen(found, visit.sight), request)


class Choice(Decision):
    """Which of the values stands."""

    golden_id: str = Field(max_length=64)
    field: str = Field(max_length=64)
    unit: str = Field("", max_length=64)
    choice: int = Field(ge=1, description="The value's number, from 1, as listed.")


@router.post("/disputes/answers", response_model=Answered)
def settled(visit: Answers, said: Choice) -> Response:
    """Say which value stands: an edit made now."""
    one = _question(visit, said)
    if not visit.person.is_of(one.owner) or visit.sight.of(one.kind, one.field) != "shown":
        raise Forbidden("answer")
    if said.choice > len(one.choices):
        raise NotFound(f"there are {len(one.choices)} values to choose from")
    chosen = one.choices[said.choice - 1]
    reply = Reply(one.golden_id, one.field, one.unit, chosen.value, RecordKey.parse(chosen.records[0]))
    done = answer(visit.hub, [reply], visit.person.who, said.why)
    visit.note("dispute answered", one.golden_id, field=one.field)
    return answered(done)


def _question(visit: Visit, said: Choice) -> Dispute:
    wanted = (said.golden_id, said.field, said.unit)
    for one in disputes(visit.hub).questions:
        if (one.golden_id, one.field, one.unit) == wanted and visit.sight.has(one.systems):
            return one
    raise NotFound("nothing is asked about that; GET /api/v1/disputes lists what is")


def _systems(visit: Visit, system: str | None) -> list[str]:
    """The systems somebody decides for, or the one of them that was named. Raises NotFound and Forbidden."""
    if system is not None:
        if not visit.person.is_of(visit.hub.mapping(system).department):
            raise Forbidden("release")
        return [system]
    every = visit.hub.mappings.systems.values()
    return [one.system for one in every if visit.person.is_of(one.department)]


@router.get("/plans", response_model=Planned)
def plans(visit: Releases, request: Request, system: str | None = None, limit: Limit = 100) -> Response:
    """What would be sent, field by field, before and after; of a department its own systems."""
    found = planned(visit.hub, _systems(visit, system), limit, lang=visit.lang)
    return answered(seen(found, visit.sight), request)


class Verdict(Decision):
    """Whether what is held may go."""

    approve: bool
    mark: str = Field(min_length=8, max_length=8, description="Of what was read: the hold's own ``mark``.")


@router.post("/plans/{hold_id}/decision", response_model=list[Decided])
def decided(visit: Releases, hold_id: Annotated[str, Path(max_length=36)], said: Verdict) -> Response:
    """Release or reject what a hold keeps back."""
    mine = _systems(visit, None)
    if not [one for one in waiting_for(visit.hub, hold_id) if one.id == hold_id and one.system in mine]:
        raise NotFound(f"no open hold '{hold_id}' of yours; GET /api/v1/plans lists them")
    done = decide_on(
        visit.hub, hold_id, approve=said.approve, who=visit.person.who, why=said.why, mark=said.mark
    )
    visit.note("plan approved" if said.approve else "plan rejected", hold_id, changes=done[0].changes)
    return answered(done)


@router.get("/quarantine", response_model=Quarantine)
def quarantine(visit: Redrives, request: Request, system: str | None = None, limit: Limit = 100) -> Response:
    """What is held back, longest first, and a sentence on each rule; of a department its own systems."""
    found = held_back(visit.hub, _systems(visit, system), limit, visit.lang)
    return answered(seen(found, visit.sight), request)


@router.post("/quarantine/{system}/redrive")
def redriven(visit: Redrives, system: Annotated[str, Path(max_length=64)]) -> Response:
    """Admit again what a system's quarantine holds."""
    _systems(visit, system)
    counts = verbs.try_again(visit.hub, system)
    visit.note("redriven", system)
    return answered(dict(counts))
