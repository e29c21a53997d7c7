"""Tokens by which programs, and people without another way in, are known: of each only its hash is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from hub.model.instant import Instant
from hub.store.form import dump, parse
from hub.store.tables import token


@dataclass(frozen=True, slots=True)
class Token:
    """Whose a token is and what it may be used for; never the token itself."""

    id: str
    who: str
    role: str
    department: str
    """Empty but for a department's role."""
    scope: tuple[str, ...]
    """The rights it is for, of those its role has; none: all of them."""
    made_at: Instant
    made_by: str
    until: Instant
    withdrawn_at: Instant | None = None


def add(connection: Connection, made: Token, hashed: str) -> None:
    """Store a token by its hash."""
    row = {name: getattr(made, name) for name in Token.__dataclass_fields__}
    connection.execute(token.insert().values(**{**row, "scope": dump(list(made.scope)), "hash": hashed}))


def by_hash(connection: Connection, hashed: str) -> Token | None:
    """The token with this hash, be it over or withdrawn."""
    row = connection.execute(select(token).where(token.c.hash == hashed)).one_or_none()
    return _token(row) if row else None


def listed(connection: Connection) -> Sequence[Token]:
    """Every token that was ever made, the latest first."""
    query = select(token).order_by(token.c.made_at.desc(), token.c.id)
    return [_token(row) for row in connection.execute(query)]


def withdraw(connection: Connection, token_id: str, at: Instant) -> bool:
    """End a token now; whether there was one that could be ended."""
    mine = (token.c.id == token_id, token.c.withdrawn_at.is_(None))
    return connection.execute(update(token).where(*mine).values(withdrawn_at=at)).rowcount > 0


def _token(row: Any) -> Token:
    return Token(
        row.id,
        row.who,
        row.role,
        row.department,
        tuple(parse(row.scope)),
        row.made_at,
        row.made_by,
        row.until,
        row.withdrawn_at,
    )
