"""API tokens: made once, shown once, kept as a hash, with an end and with no more rights than they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import cast

from hub.flow.access.roles import ALLOWED, RIGHTS, ROLES, Person, Right, Role
from hub.flow.errors import FlowError, NotFound
from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.model.instant import shift
from hub.model.unique import new_id
from hub.store import tokens
from hub.store.tokens import Token

__all__ = ["BadToken", "Made", "Token", "known", "listed", "make", "withdraw"]

PREFIX = "kb_"
"""How each begins, so that one that leaked is known for what it is."""
SECRET = 32
"""Bytes drawn: a fast hash of so many cannot be guessed back."""
LONGEST = 366
"""Days a token may live."""


class BadToken(FlowError):
    """A token cannot be made as it was asked for; says what can."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; nobody can show it again."""

    secret: str
    token: Token


def make(
    hub: Hub, who: str, role: str, by: str, *, department: str = "", scope: Sequence[str] = (), days: int = 90
) -> Made:
    """Make a token for somebody. Raises BadToken."""
    _must_be_right(hub, role, department, scope, days)
    secret, at = PREFIX + token_urlsafe(SECRET), hub.now()
    until = shift(at, timedelta(days=days))
    made = Token(new_id(), who, role, department, tuple(sorted({*scope})), at, by, until)
    with store_faults(), hub.store.begin() as connection:
        tokens.add(connection, made, _hash(secret))
    return Made(secret, made)


def _must_be_right(hub: Hub, role: str, department: str, scope: Sequence[str], days: int) -> None:
    if role not in ROLES:
        raise BadToken(f"no role '{role}'. There are: {', '.join(ROLES)}")
    if (role == "department") != bool(department):
        raise BadToken("the role department, and no other, is one of a department: name which")
    known = {one.owner for fields in hub.mappings.customer.fields.values() for one in fields.values()}
    known |= {one.department for one in hub.mappings.systems.values()}
    if department and department not in known:
        raise BadToken(f"no department '{department}'. There are: {', '.join(sorted(known))}")
    allowed = sorted(ALLOWED[role], key=RIGHTS.index)
    if wrong := [one for one in scope if one not in allowed]:
        raise BadToken(f"a {role} has no right '{wrong[0]}'. There are: {', '.join(allowed)}")
    if not 1 <= days <= LONGEST:
        raise BadToken(f"{days} days: a token lives 1 to {LONGEST} days")


def listed(hub: Hub) -> Sequence[Token]:
    """Every token, the latest first; also those that are over."""
    with store_faults(), hub.store.read() as connection:
        return tokens.listed(connection)


def withdraw(hub: Hub, token_id: str) -> None:
    """End a token now. Raises NotFound."""
    with store_faults(), hub.store.begin() as connection:
        if not tokens.withdraw(connection, token_id, hub.now()):
            raise NotFound(f"no token '{token_id}' is in force; klantbeeld token lists them")


def known(hub: Hub, secret: str) -> Person | None:
    """Whose a token is; None for none, one that is over, and one that was withdrawn."""
    if not secret.startswith(PREFIX):
        return None
    with store_faults(), hub.store.read() as connection:
        found = tokens.by_hash(connection, _hash(secret))
    if found is None or found.withdrawn_at or found.until <= hub.now():
        return None
    scope = frozenset(cast(Sequence[Right], found.scope)) if found.scope else None
    return Person(found.who, cast(Role, found.role), found.department, scope)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
