"""Named, two-way field translations between a vendor's value and a shared value: pure, without state.

>>> codec("phone").read("06-12345678")
'+31612345678'
"""

from hub.codecs.contract import NO_HINTS, Codec, CodecError, Hints, SharesItsPlace, UnknownCodec
from hub.codecs.registry import codec, names
from hub.model.value import Value

__all__ = [
    "NO_HINTS",
    "Codec",
    "CodecError",
    "Hints",
    "SharesItsPlace",
    "UnknownCodec",
    "Value",
    "codec",
    "names",
]
