"""Street lines in the order of every country, brought into one: for comparing alone."""

import re

from hub.codecs.memory import remembered

_ROOM = r"(?:flat|apartment|apt|unit|suite|room|appartement|appt|kamer|wohnung|whg)"
_ROOM_FIRST = re.compile(rf"({_ROOM}\.? ?\w{{1,5}}),? +(.*[0-9].*)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"(?:(?:n[o°º]|nr)\.? ?)?([0-9]{1,5}(?:[ -]?(?:[a-z]|bis|ter|quater)(?![a-z]))?(?:[-/][0-9]{1,4})?)"
    r"(,)? +([^\W\d_][^0-9]*)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:jan|feb|ma?a?rt|m[aä]rz|apr|a[pv]ril|mei|mai|may|juni|juli|june|july|juin|juillet|aug|ao[uû]t|sep|o[ck]t|nov|"
    r"d[eé][cz])",
    re.IGNORECASE,
)
_BOX = re.compile(r",? +(?:bus|bte\.?|bo[iî]te|box|boîte)\.? *(?=\w{1,5}$)", re.IGNORECASE)
_APART = re.compile(r"([0-9]{1,5})(?![0-9])[ -]*[/]?[ -]*([^\W_][^,]{0,11})?")


@remembered
def behind(line: str) -> str:
    """A street line with what stands before the street behind it: ``12, Kerkstraat`` is ``Kerkstraat 12``.

    ``Flat 3, 12 High Street`` is ``12 High Street, Flat 3``; ``17 Septemberplein 5`` is as it should be.
    """
    line = " ".join(line.split())
    if found := _ROOM_FIRST.fullmatch(line):
        return f"{behind(found[2])}, {found[1]}"
    found = _NUMBER_FIRST.fullmatch(line)
    if found and (found[2] or not _MONTH.match(found[3])):
        return f"{found[3].strip(' ,')} {found[1]}"
    return _BOX.sub(" bus ", line)


@remembered
def house(text: str) -> tuple[str, str]:
    """A house number and its addition: ``12 A``, ``12-a``, ``12 bus 3``; else the text as it stands."""
    found = _APART.fullmatch(text)
    return (found[1], found[2] or "") if found else (text, "")
