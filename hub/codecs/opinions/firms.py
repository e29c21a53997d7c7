"""Names of organisations: the legal form and the word for *and* tell no two of them apart."""

import re

from hub.codecs.opinions.plain import Texts
from hub.codecs.opinions.words import bare, near
from hub.model.opinion import Known, Unit
from hub.model.value import Value

_AND = {"en", "and", "und", "et"}
_WORD = re.compile(r"[^\s&+,()/-]+")


class Firms(Texts):
    """``Jansen Bouw B.V.`` and ``Jansen Bouw`` may be one firm; ``Jansen Vastgoed B.V.`` is another."""

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        one, other = _core(str(left), known), _core(str(right), known)
        return one != other and not near(one, other)


def _core(text: str, known: Known) -> str:
    words = [word for found in _WORD.findall(text) if (word := bare(found))]
    core = "".join(word for word in words if word not in known.forms and word not in _AND)
    return core or "".join(words)
