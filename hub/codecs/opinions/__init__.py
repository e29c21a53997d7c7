"""When two values of a field are one opinion: by the kind of value its codecs read."""

from collections.abc import Mapping
from typing import Final

from hub.codecs.opinions.dates import Dates
from hub.codecs.opinions.firms import Firms
from hub.codecs.opinions.homes import PARTS as HOME_PARTS
from hub.codecs.opinions.homes import Homes
from hub.codecs.opinions.lines import FAMILY, GIVEN, PREFIX
from hub.codecs.opinions.names import JoinedNames, Names
from hub.codecs.opinions.plain import Plain, Texts
from hub.model.opinion import Opinion

EXACT: Final = Plain()
OPINIONS: Final[Mapping[str, Opinion]] = {
    "exact": EXACT,
    "phone": EXACT,
    "text": Texts(),
    "firm": Firms(),
    "date": Dates(),
    "home": Homes(),
    "name": Names(),
    "joined name": JoinedNames(),
}
"""What a codec calls its values → how two of them compare."""
ANY: Final = frozenset({"text", "exact"})
"""Of these no codec knows what they are."""
OF_PART: Final[Mapping[str, str]] = {
    **dict.fromkeys(HOME_PARTS, "home"),
    **dict.fromkeys((GIVEN, PREFIX, FAMILY), "name"),
}
"""A part of a composite value → what kind of value it is a part of, whatever reads it."""
