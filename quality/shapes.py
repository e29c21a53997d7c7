"""Of "fits none of these shapes": what is wrong with the shape that was meant."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jsonschema import ValidationError


def nearest(error: ValidationError) -> Iterator[ValidationError]:
    """The error itself; for ``anyOf`` and ``oneOf`` those of the shape that comes nearest, all the way down.

    jsonschema's own ``best_match`` gives up where a text and an object are both allowed; what the
    person wrote tells which of the two was meant.
    """
    shapes = [list(group) for _, group in groupby(error.context or (), lambda each: each.schema_path[0])]
    meant = [shape for shape in shapes if not any(_other_kind(each, error.instance) for each in shape)]
    if not meant:
        yield error
        return
    for each in min(meant, key=lambda shape: (-max(len(one.absolute_path) for one in shape), len(shape))):
        yield from nearest(each)


def _other_kind(error: ValidationError, whole: object) -> bool:
    """Whether the shape was for another kind of value (a text where an object stands)."""
    if error.instance is not whole:
        return False
    wanted: Any = error.validator_value
    if error.validator == "enum":
        return not any(type(option) is type(whole) for option in wanted)
    return error.validator == "type"
