"""What all stand-ins of one sandbox share."""

from dataclasses import dataclass

from sandbox.core.clock import Clock
from sandbox.core.journal import Journal
from sandbox.core.tokens import Tokens


@dataclass(frozen=True, slots=True)
class World:
    """One clock, one journal and one set of tokens; given to every stand-in."""

    clock: Clock
    tokens: Tokens
    journal: Journal
    limited: bool = True
    """Whether requests are counted against the vendors' rate limits."""

    @classmethod
    def of(cls, clock: Clock, tokens: Tokens, *, limited: bool = True) -> "World":
        """A world whose journal is still empty."""
        return cls(clock, tokens, Journal(clock), limited)
