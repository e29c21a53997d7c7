"""A reading of the mapping in the words of the golden record."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.golden.record import Shown
from hub.mapping.read import CustomerReading
from hub.model.instant import Instant

NOT_KNOWN: Mapping[str, Instant] = MappingProxyType({})


def showing(reading: CustomerReading, stood: Mapping[str, Instant] = NOT_KNOWN) -> Shown:
    """What a reading shows; ``stood``: since when at least what is read for the first time stands there."""
    return Shown(reading.values, reading.slots, reading.shown, reading.typed, stood, reading.several)
