"""What a cell holds: nothing, however that is spelled; one value; or several."""

import re

import pyarrow as pa
from pyarrow import compute

from hub.codecs.memory import remembered

NOTHING = (
    "",
    "null",
    "nan",
    "n/a",
    "#n/a",
    "na",
    "n.a.",
    "none",
    "nil",
    "-",
    "--",
    "<na>",
    "(null)",
    "nvt",
    "n.v.t.",
)
"""What spreadsheets, databases and programs write where there is nothing, in small letters."""
_LIST = re.compile(r"[;,|\n\r]+")
_ADDRESS = re.compile(r"[^\s;,|<>()\[\]{}\"]+@[^\s;,|<>()\[\]{}\"]+")
_AROUND = re.compile(r"[<(\[]|mailto:")
_NUMBERS = re.compile(r"[;,|\n\r]+| / | or | of | oder | ou ")
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.IGNORECASE)
_FRACTION = re.compile(r"(\+?[0-9]{8,})\.0")


def bare(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A column of texts without blanks around them; empty where one says nothing."""
    texts = compute.fill_null(compute.utf8_trim_whitespace(column), "")
    empty = compute.is_in(compute.utf8_lower(texts), value_set=pa.array(NOTHING))
    return compute.if_else(empty, "", texts)


def several(role: str, text: str) -> tuple[str, ...]:
    """The values of a cell: ``a@x.nl; b@x.nl`` are two addresses, ``a b@x.nl`` is one as it stands."""
    if role == "email":
        return _addresses(text)
    return _telephones(text) if role == "phone" else (text,)


@remembered
def _addresses(text: str) -> tuple[str, ...]:
    if text.count("@") == 1 and not _LIST.search(text) and not _AROUND.search(text):
        return (text,)
    return tuple(one.removeprefix("mailto:").strip("'`.") for one in _ADDRESS.findall(text)) or (text,)


@remembered
def _telephones(text: str) -> tuple[str, ...]:
    """Of a number that a spreadsheet rounded (``1.2345E+11``) nothing is left."""
    if _ROUNDED.fullmatch(text):
        return ()
    text = _FRACTION.sub(r"\1", text)
    some = (one.strip(" []'\"") for one in _NUMBERS.split(text))
    return tuple(one for one in some if one)
