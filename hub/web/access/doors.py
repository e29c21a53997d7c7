"""How whoever asks is known."""

from dataclasses import dataclass

from fastapi import Request

from hub.flow.access.roles import Person
from hub.flow.access.tokens import known
from hub.flow.hub import Hub


@dataclass(frozen=True, slots=True)
class Bearer:
    """By an API token: ``Authorization: Bearer kb_…``."""

    hub: Hub

    def person(self, request: Request) -> Person | None:
        """Whose the token is."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        return known(self.hub, secret.strip()) if scheme.lower() == "bearer" else None
