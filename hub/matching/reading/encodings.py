"""In which characters a file is written: exports are in UTF-8, and in what a spreadsheet makes of it."""

import codecs
from dataclasses import dataclass
from pathlib import Path

LOOK = 1 << 20
"""Bytes looked at to choose an encoding where the file is not UTF-8."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16, low byte first"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16, high byte first"),
)
_WESTERN = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"))
_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÀÁÂÄÅÆÇÈÉÊËÎÏÑÓÔÖØŒÜß€°\u2018\u2019\u201c\u201d\u2013")
"""What Western European names and addresses hold beside ASCII."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file."""

    name: str
    """As Python knows it."""
    called: str
    """As a person does."""


def encoding_of(file: Path) -> Encoding:
    """By its byte order mark, its zeroes, whether it is UTF-8, else by the letters that come of it."""
    with file.open("rb") as some:
        head = some.read(LOOK)
    for mark, name, called in _MARKS:
        if head.startswith(mark):
            return Encoding(name, called)
    if wide := _wide(head[:4096]):
        return wide
    at = _no_utf8(file)
    return Encoding("utf-8", "UTF-8") if at is None else _western(file, at)


def _wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark has a zero in every other byte of what is ASCII."""
    even, odd = (head[start::2].count(0) / max(len(head) // 2, 1) for start in (0, 1))
    if odd > 0.4 and even < 0.1:
        return Encoding("utf-16-le", "UTF-16, low byte first")
    return Encoding("utf-16-be", "UTF-16, high byte first") if even > 0.4 and odd < 0.1 else None


def _no_utf8(file: Path) -> int | None:
    """Where the first piece begins that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as some:
        at = 0
        try:
            while piece := some.read(LOOK):
                decoder.decode(piece)
                at += len(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return max(at - LOOK, 0)
    return None


def _western(file: Path, at: int) -> Encoding:
    with file.open("rb") as some:
        some.seek(at)
        piece = some.read(2 * LOOK)
    text = piece.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if sum(not one.isascii() for one in text) > 2 * lost:
        return Encoding("utf-8", "UTF-8 with broken characters")
    special = bytes(one for one in piece if one > 127)
    return Encoding(*max(_WESTERN, key=lambda one: _likely(special, one[0])))


def _likely(special: bytes, name: str) -> int:
    return sum(one in _LETTERS for one in special.decode(name, "replace"))
