"""Text that a spreadsheet only shows: a cell that begins like a formula is one there, whoever typed it.

Such a cell gets an apostrophe before it, as spreadsheets themselves write text: ``'+31612345678`` is read as
it stands, and the apostrophe taken away gives the value.
"""

import re

FORMULA = "[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""What begins a formula, or is passed over before one; the last four are wide forms of ``=+-@``."""
_BEGINS = re.compile(FORMULA)


def inert(text: str) -> str:
    """A text as a cell of a CSV file."""
    return f"'{text}" if _BEGINS.match(text) else text
