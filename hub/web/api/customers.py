"""Customers: one by any id, or searched for; what is somebody's own travels in bodies, never in addresses."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from hub.flow.errors import NotFound
from hub.model.keys import Kind
from hub.views.customer import Customer
from hub.views.find import Found, candidates, find
from hub.views.search import FIELDS, Candidate, searching
from hub.views.sight import seen
from hub.web.access.guard import Sees, Visit
from hub.web.api.answering import answered

router = APIRouter(tags=["customers"])

NOBODY = "no such customer; search for one: POST /api/v1/customers/search"
GoldenId = Annotated[
    str,
    Path(min_length=8, max_length=64, pattern=r"^[0-9a-f-]+$", description="A golden id; an old one too."),
]
Name = Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9_]+$")]
Key = Annotated[
    str, Path(max_length=255, description="The record's key in its system, as the system has it.")
]
Ledger = Annotated[bool, Query(description="Also what the hub wrote about this customer.")]


@router.get("/customers/{golden_id}", response_model=Found)
def customer(visit: Sees, request: Request, golden_id: GoldenId, ledger: Ledger = False) -> Response:
    """One customer by its golden id. By an old one: whose record it is now, and that it is another's."""
    return _one(visit, request, golden_id, ledger=ledger)


@router.get("/records/{system}/{kind}/{key}", response_model=Found)
def record(
    visit: Sees, request: Request, system: Name, kind: Name, key: Key, ledger: Ledger = False
) -> Response:
    """The customer that a system's record belongs to."""
    return _one(visit, request, f"{system}/{kind}/{key}", ledger=ledger)


def _one(visit: Visit, request: Request, who: str, *, ledger: bool) -> Response:
    found = seen(find(visit.hub, who, ledger=ledger, lang=visit.lang), visit.sight)
    if found.customer is None:
        raise NotFound(NOBODY)
    visit.note("customer read", found.customer.golden_id, ledger=ledger)
    return answered(found, request)


def seen_by(visit: Visit, golden_id: str) -> Customer:
    """A customer as who asks sees it. Raises NotFound for one he does not."""
    one = seen(find(visit.hub, golden_id, lang=visit.lang), visit.sight).customer
    if one is None:
        raise NotFound(NOBODY)
    return one


class Words(BaseModel):
    """What is known of whom one looks for."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field(
        min_length=1,
        max_length=200,
        description="Words of a name, a mailbox, a telephone number, a postal code with a house number.",
    )
    limit: int = Field(20, ge=1, le=100)


@router.post("/customers/search", response_model=Found)
def search(visit: Sees, asked: Words) -> Response:
    """Customers whom these words may mean, the likeliest first."""
    found = candidates(visit.hub, asked.words, asked.limit, visit.sight)
    return answered(seen(found, visit.sight))


class Told(BaseModel):
    """What is told of somebody about to be entered."""

    model_config = ConfigDict(extra="forbid")

    told: dict[str, Annotated[str, Field(max_length=400)]] = Field(
        min_length=1, max_length=40, description="Role (name, email, phone, birth_date, street, …) → text."
    )
    kind: Kind | None = None
    limit: int = Field(10, ge=1, le=50)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom somebody may already be."""

    candidates: list[Candidate] = field(default_factory=list)


@router.post("/customers/candidates", response_model=Candidates)
def before_create(visit: Sees, asked: Told) -> Response:
    """Search before create: the customers most like somebody about to be entered, by the matching engine."""
    told = {role: text for role, text in asked.told.items() if visit.sight.shows(FIELDS.get(role, role))}
    with searching(visit.hub) as search:
        found = search(told, asked.kind, asked.limit)
    mine = [seen(one, visit.sight) for one in found if visit.sight.has(one.systems)]
    return answered(Candidates(mine))
