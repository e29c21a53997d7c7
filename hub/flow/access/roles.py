"""What people may do, by their role; and the person who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "department", "steward", "operator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "see",
    "watch",
    "propose",
    "answer",
    "judge",
    "release",
    "redrive",
    "export",
    "trail",
    "manage",
]
"""see: customers. watch: runs and systems, no customer. propose: a change of somebody else's field. answer:
disputes and pins. judge: who is who. release: plans. redrive: quarantine. export: all customers at once.
trail: who looked at what. manage: tokens and webhooks."""
RIGHTS: tuple[Right, ...] = get_args(Right)

ALLOWED: Mapping[Role, frozenset[Right]] = {
    "viewer": frozenset({"see", "watch"}),
    "department": frozenset({"see", "watch", "propose", "answer", "release", "redrive"}),
    "steward": frozenset({"see", "watch", "propose", "answer", "judge", "export"}),
    "operator": frozenset({"see", "watch", "release", "redrive"}),
    "admin": frozenset(RIGHTS),
}
"""A department's rights are for its own fields and its own systems."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: somebody who was let in."""

    who: str
    """As decisions and the trail name him."""
    role: Role
    department: str = ""
    """Whose fields and systems he may decide on; empty: everybody's."""
    scope: frozenset[Right] | None = None
    """Of what his role may, only this; None: all."""

    def may(self, right: Right) -> bool:
        """Whether he has a right."""
        return right in ALLOWED[self.role] and (self.scope is None or right in self.scope)

    def is_of(self, department: str) -> bool:
        """Whether he decides for a department."""
        return self.role != "department" or self.department == department
