"""Documents as JSON text in a column."""

from typing import Any

import orjson


def dump(document: Any) -> str:
    """JSON with sorted keys: equal documents are equal texts."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def parse(text: str) -> Any:
    """What :func:`dump` wrote."""
    return orjson.loads(text)
