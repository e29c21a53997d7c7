"""Which record is whose, by the driver's own knowledge, and which are still there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.edits.invented import Customer
from bench.edits.place import Place, Texts
from hub.model.keys import Kind


@dataclass(slots=True)
class Register:
    """Every record anybody made of a customer."""

    customers: Mapping[str, Customer]
    owners: dict[Place, str]
    gone: set[Place] = field(default_factory=set)
    """Deleted, or merged into another, by a person."""
    called: dict[str, str] = field(default_factory=dict)
    """Surname, legal name or e-mail address → who was first to have it; surnames are nobody else's."""

    def kind(self, customer: str) -> Kind:
        """Person or organisation."""
        return self.customers[customer].kind

    def lives(self, place: Place) -> bool:
        """Whether a record is a known customer's, and there."""
        return place in self.owners and place not in self.gone

    def living(self, customer: str) -> list[Place]:
        """The records of a customer that are there, by system."""
        mine = [place for place, owner in self.owners.items() if owner == customer]
        return sorted(place for place in mine if place not in self.gone)

    def note(self, customer: str, told: Texts) -> None:
        """Remember what a customer is called."""
        for (name, part), text in told.items():
            if (name, part) in (("name", "family"), ("legal_name", "")) or name == "emails":
                self.called.setdefault(text.casefold(), customer)

    def whose(self, told: Texts) -> str:
        """Who a record the hub made is about; empty where nothing in it tells."""
        names = [told.get(("name", "family")), told.get(("legal_name", ""))]
        mails = [text for (name, _), text in told.items() if name == "emails"]
        found = (self.called.get(one.casefold()) for one in [*names, *mails] if one)
        return next((one for one in found if one), "")

    def records(self, system: str, obj: str) -> list[Place]:
        """The records of one kind that are there, by customer: keys of new ones may be others each time."""
        mine = [one for one in self.owners if one[:2] == (system, obj) and self.lives(one)]
        return sorted(mine, key=lambda one: (self.owners[one], one))

    def of(self, records: Iterable[str]) -> str:
        """The customer of most of these source records (``brevo/person/12``); empty where nobody is known."""
        known = {(place.system, place.key): owner for place, owner in self.owners.items()}
        owners: Sequence[str] = [
            owner
            for system, _, key in (one.split("/", 2) for one in records)
            if (owner := known.get((system, key.split("#")[0])))
        ]
        return max(sorted(set(owners)), key=owners.count, default="")
