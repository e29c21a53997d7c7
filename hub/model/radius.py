"""What may be written without anybody looking, as a mapping's ``guard`` says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """Beyond these a plan is held for a person, or one field of it."""

    max_changes: int = 500
    max_share: float = 0.2
    max_creates: int = 100
    max_clears: int = 20
    """Of one field within a day, what was sent included; as those below."""
    max_poorer: int = 20
    max_replaced: int = 100
    max_edits: int = 200
    max_facts: int = 5_000
