"""Text that a spreadsheet only shows: a cell that begins like a formula is one there, whoever typed it.

Such a cell gets an apostrophe before it, as spreadsheets themselves write text: ``'+31612345678`` is read as
it stands, and the apostrophe taken away gives the value. So does what would be a cell of its own to a
spreadsheet that parts them at semicolons or tabs.
"""

import re

FORMULA = "[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""What begins a formula, or is passed over before one; the last four are wide forms of ``=+-@``."""
BEHIND = '([;\t\r\n])("*[-=+@\uff1d\uff0b\uff0d\uff20])'
"""What begins one within a cell, where a spreadsheet takes another delimiter for the file's than it has."""
_BEGINS, _BEHIND = re.compile(FORMULA), re.compile(BEHIND)


def inert(text: str) -> str:
    """A text as a cell of a CSV file."""
    text = _BEHIND.sub(r"\1'\2", text)
    return f"'{text}" if _BEGINS.match(text) else text
