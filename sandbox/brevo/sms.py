"""Telephone numbers as Brevo takes and keeps them."""

import re
from typing import Any

from sandbox.brevo.forms import invalid

_NOISE = re.compile(r"[\s().-]|\(0\)")


def digits(value: Any) -> str:
    """``+31 6 12345678``, ``0031612345678`` and ``31612345678`` all become ``31612345678``.

    400 for anything without a country code.
    """
    text = _NOISE.sub("", str(value).replace("(0)", ""))
    text = text.removeprefix("+").removeprefix("00")
    if not re.fullmatch(r"[1-9]\d{7,14}", text):
        raise invalid("Invalid phone number")
    return text
