"""Calendar dates; a placeholder such as 1900-01-01 is kept as it is: what is generic, the model decides."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hub.codecs.clean import clean, wanted
from hub.codecs.contract import NO_HINTS, CodecError, Hints
from hub.codecs.option import option
from hub.model.allowed import Allowed
from hub.model.value import Value

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?)?")
_DMY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Date:
    """``2026-11-22``; of a date and time the date as written. ``format: dmy`` for ``22-11-2026``.

    With ``dmy`` an ISO date is read too: the two cannot be confused.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    opinion: ClassVar[str] = "date"
    form: str = option("format", choices=("iso", "dmy"), default="iso")

    def read(self, raw: object, hints: Hints = NO_HINTS) -> Value | None:
        text = clean(raw, "date", self._allowed)
        return text and self._parse(text).isoformat()

    def write(self, value: Value | None) -> object:
        text = wanted(value, "date", self._allowed)
        if text is None:
            return None
        day = self._parse(text)
        return day.isoformat() if self.form == "iso" else f"{day.day:02}-{day.month:02}-{day.year:04}"

    def _parse(self, text: str) -> date:
        iso, dmy = _ISO.fullmatch(text), _DMY.fullmatch(text) if self.form == "dmy" else None
        groups = iso.groups() if iso else dmy.groups()[::-1] if dmy else None
        try:
            year, month, day = map(int, groups or ())
            return date(year, month, day)
        except ValueError as wrong:
            raise CodecError("date", self._allowed, text) from wrong

    @property
    def _allowed(self) -> Allowed:
        return Allowed.DATE_DMY if self.form == "dmy" else Allowed.DATE
