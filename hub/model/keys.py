"""Names of things that outlive a run."""

from typing import Literal, NamedTuple

Kind = Literal["person", "organisation"]
KINDS: tuple[Kind, ...] = ("organisation", "person")


class RecordKey(NamedTuple):
    """One customer as one system sees it: ``moneybird/person/123#person``."""

    system: str
    kind: Kind
    key: str
    """The system's own id, with the facet's suffix where one vendor record holds several customers."""

    def __str__(self) -> str:
        return f"{self.system}/{self.kind}/{self.key}"

    @classmethod
    def parse(cls, text: str) -> "RecordKey":
        """Read what :meth:`__str__` wrote. Raises ValueError naming what was expected."""
        system, _, rest = text.partition("/")
        kind, _, key = rest.partition("/")
        if kind not in KINDS or not system or not key:
            raise ValueError(f"{text!r} is no record key; write system/person/key or system/organisation/key")
        return cls(system, "person" if kind == "person" else "organisation", key)
