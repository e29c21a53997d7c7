"""Changes of single fields: a steward pins one, a department asks a field's owner for one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from hub.flow.decide import pins, propose
from hub.model.instant import instant
from hub.web.access.guard import Answers, Proposes, Sees, Visit
from hub.web.api.answering import answered
from hub.web.api.customers import GoldenId, seen_by
from hub.web.api.deciding import Reason
from hub.web.problems import Forbidden

router = APIRouter(tags=["asking"])
FieldName = Annotated[
    str, Path(max_length=64, pattern=r"^[a-z_]+$", description="A field of the shared schema.")
]


class Value(BaseModel):
    """A value of the shared schema, and why."""

    model_config = ConfigDict(extra="forbid")

    value: Any = Field(description="As the shared schema has the field.")
    why: Reason


class Pinned(Value):
    """A value that stands until a day."""

    until: date


@router.put("/customers/{golden_id}/pins/{field}")
def pinned(visit: Answers, golden_id: GoldenId, field: FieldName, said: Pinned) -> Response:
    """Have a value stand until a day, whatever anybody edits."""
    _must_own(visit, golden_id, field)
    until = instant(datetime(said.until.year, said.until.month, said.until.day, tzinfo=UTC))
    counts = pins.pin(visit.hub, golden_id, field, said.value, visit.person.who, said.why, until)
    visit.note("pinned", golden_id, field=field, until=said.until.isoformat())
    return answered(dict(counts))


@router.delete("/customers/{golden_id}/pins/{field}")
def unpinned(visit: Answers, golden_id: GoldenId, field: FieldName) -> Response:
    """Take a pin away: what the records say decides again."""
    _must_own(visit, golden_id, field)
    counts = pins.unpin(visit.hub, golden_id, field)
    visit.note("unpinned", golden_id, field=field)
    return answered(dict(counts))


def _must_own(visit: Visit, golden_id: str, field: str) -> None:
    """A department pins its own fields alone. Raises NotFound and Forbidden."""
    one = seen_by(visit, golden_id)
    known = visit.hub.mappings.customer.fields[one.kind]
    if field in known and not visit.person.is_of(known[field].owner):
        raise Forbidden("answer")


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is asked of the owners of fields, the oldest first."""

    proposals: tuple[propose.Proposal, ...]


@router.get("/proposals", response_model=Proposals)
def asked(
    visit: Sees,
    request: Request,
    state: Literal["open", "accepted", "declined"] = "open",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """What is asked; of a department what it owns or asked for itself."""
    mine = visit.person.department
    found = propose.listed(visit.hub, state, limit)
    return answered(
        Proposals(tuple(one for one in found if not mine or mine in (one.owner, one.department))), request
    )


@router.post("/customers/{golden_id}/proposals/{field}", response_model=propose.Proposal)
def proposed(visit: Proposes, golden_id: GoldenId, field: FieldName, said: Value) -> Response:
    """Ask the owner of a field for another value."""
    seen_by(visit, golden_id)
    made = propose.propose(visit.hub, golden_id, field, said.value, visit.person, said.why)
    visit.note("proposed", made.golden_id, field=field)
    return answered(made, status=201)


class Verdict(BaseModel):
    """Whether what is asked is right."""

    model_config = ConfigDict(extra="forbid")

    accept: bool
    why: Reason


@router.post("/proposals/{proposal_id}/decision", response_model=propose.Decided)
def decided(visit: Answers, proposal_id: Annotated[str, Path(max_length=36)], said: Verdict) -> Response:
    """Accept what is asked, which then travels like an edit, or decline it."""
    done = propose.decide(visit.hub, proposal_id, accept=said.accept, by=visit.person, why=said.why)
    visit.note(f"proposal {done.proposal.state}", done.proposal.golden_id, field=done.proposal.field)
    return answered(done)
