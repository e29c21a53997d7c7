"""Names of organisations: the legal form and the word for *and* tell no two of them apart."""

import re
from collections.abc import Callable, Sequence

from hub.codecs.opinions.plain import Texts
from hub.codecs.opinions.words import bare, near, spelt_out
from hub.model.opinion import Known, Unit
from hub.model.value import Value

_AND = {"en", "and", "und", "et"}
_WORD = re.compile(r"[^\s&+,()/-]+")


class Firms(Texts):
    """``Jansen Bouw B.V.`` and ``Jansen Bouw`` may be one firm; ``Jansen Vastgoed B.V.`` is another."""

    def evidence(self, unit: Unit, rivals: Sequence[Value], known: Known) -> Value | None:
        """Of one name with its legal form and without, the one with it."""
        if len(rivals) != 2 or self.conflicts(unit, rivals[0], rivals[1], known):
            return None
        full = [one for one in rivals if _core(str(one), known) != _plain(str(one))]
        return full[0] if len(full) == 1 else None

    def conflicts(self, unit: Unit, left: Value, right: Value, known: Known) -> bool:
        if self.same(unit, left, right):
            return False
        pairs = [
            (_core(str(left), known, make), _core(str(right), known, make)) for make in (bare, spelt_out)
        ]
        return all(one != other and not near(one, other) for one, other in pairs)


def _plain(text: str) -> str:
    return "".join(word for found in _WORD.findall(text) if (word := bare(found)) not in _AND)


def _core(text: str, known: Known, make: Callable[[str], str] = bare) -> str:
    words = [found for found in _WORD.findall(text) if bare(found)]
    core = "".join(make(word) for word in words if bare(word) not in {*known.forms, *_AND})
    return core or "".join(map(make, words))
