"""How one golden field is chosen, as the data office wrote it in ``mappings/customer.yml``."""

from dataclasses import dataclass
from typing import Literal, get_args

RuleName = Literal["latest", "only", "first_of", "most_agreed", "union", "strictest", "total", "consent"]
RULE_NAMES: tuple[str, ...] = get_args(RuleName)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``customer.yml``; what each name means stands in docs/reference/survivorship.md."""

    name: RuleName
    systems: tuple[str, ...] = ()
    """``only``, ``total``: the owners. ``first_of``: best first. ``consent``: who may grant a yes."""
    order: tuple[str, ...] = ()
    """``strictest``: the values, strictest first."""
