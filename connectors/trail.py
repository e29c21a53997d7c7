"""Where a listing has been: one that comes back to the same place would go on for ever."""

from connectors.contract import Json
from connectors.keys import fingerprint
from connectors.outcome import Answer


class Trail:
    """The places one listing was continued from; sixteen bytes or so a page."""

    def __init__(self) -> None:
        self._been: set[str] = set()

    def onward(self, answer: Answer, place: Json | str) -> None:
        """Note where it goes on; raises ContractBroken where it has been there before."""
        here = fingerprint(place)
        if here in self._been:
            raise answer.broken(("the place to go on from",), "a new one: the listing goes in a circle")
        self._been.add(here)
