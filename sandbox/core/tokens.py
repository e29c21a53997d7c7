"""Who is calling: each system knows two API tokens, one held by the hub and one by the people."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tokens:
    """The same two API tokens for all systems, and one for the admin app. All three differ."""

    hub: str = field(repr=False)
    human: str = field(repr=False)
    admin: str = field(repr=False)

    @classmethod
    def chosen(cls, environment: Mapping[str, str]) -> "Tokens":
        """From SANDBOX_TOKEN_HUB, _HUMAN and _ADMIN; one that is not set is made at random."""

        def token(name: str) -> str:
            return environment.get(f"SANDBOX_TOKEN_{name}") or secrets.token_urlsafe(24)

        return cls(token("HUB"), token("HUMAN"), token("ADMIN"))

    def actor(self, credential: str) -> str | None:
        """``hub``, ``human``, or None for a credential no system knows."""
        given = credential.encode()
        known = {"hub": self.hub, "human": self.human}
        return next((a for a, t in known.items() if secrets.compare_digest(t.encode(), given)), None)
