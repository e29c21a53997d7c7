"""Rows of a file as they are written, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.matching.file_read import FileRead

LONG = 80
"""Signs of a cell that are shown."""
_CALLED = ("name", "given_name", "family_name_prefix", "family_name", "legal_name", "employer", "email")


@dataclass(frozen=True, slots=True)
class Written:
    """The columns that are read, and the truth where told."""

    read: FileRead

    @property
    def columns(self) -> list[str]:
        """The truth first, then in the file's order."""
        named = [one.reading.column for one in self.read.told.columns if one.reading.role]
        return [*([self.read.truth] if self.read.truth else []), *named]

    def cells(self, rows: Sequence[int]) -> list[list[str]]:
        """Of each row, by its number in the file, a cell for each column."""
        some = self.read.source.table.select(self.columns).take([*rows])
        values = [one.to_pylist() for one in some.columns]
        return [[short(cell or "", LONG) for cell in row] for row in zip(*values, strict=True)]

    def names(self, rows: Sequence[int], long: int) -> list[str]:
        """What each row calls its customer; empty where it does not."""
        roles = self.read.columns.roles
        parts = [roles[role][0] for role in _CALLED if roles.get(role)]
        some = [one.to_pylist() for one in self.read.source.table.select(parts).take([*rows]).columns]
        columns = dict(zip(parts, some, strict=True))
        named = [columns[roles[role][0]] for role in _CALLED[:4] if roles.get(role)]
        others = [columns[roles[role][0]] for role in _CALLED[4:] if roles.get(role)]
        found = []
        for at in range(len(rows)):
            name = " ".join(filter(None, ((one[at] or "").strip() for one in named)))
            found.append(short(name or next(filter(None, (one[at] for one in others)), ""), long))
        return found


def seen(text: str) -> str:
    """With a mark for each sign that does not show: what draws aborts on some, others turn a line around."""
    return "".join(one if one.isprintable() or one.isspace() else "\ufffd" for one in text)


def short(text: str, long: int) -> str:
    """Not longer than ``long``, on one line, and such that all of it is seen."""
    text = seen(" ".join(text.split()))
    return text if len(text) <= long else f"{text[: long - 1]}…"
