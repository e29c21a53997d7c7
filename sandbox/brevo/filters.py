"""Which contacts a listing is asked for: of lists, or with a value of an attribute."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox.brevo.attributes import Attributes
from sandbox.brevo.contacts import Test
from sandbox.brevo.forms import invalid
from sandbox.core.operation import Call

_EQUALS = re.compile(r"equals\(\s*(\w+)\s*,\s*(.+?)\s*\)")


def wanted(call: Call, known: Attributes) -> list[Test]:
    """What ``listIds``, ``segmentId`` and ``filter`` of a request ask for; 400 for what they may not be."""
    lists, segment, said = (call.query.get(name) for name in ("listIds", "segmentId", "filter"))
    if lists and segment:
        raise invalid("Either listIds or segmentId can be passed")
    found = [_in_lists(_numbers("listIds", lists))] if lists else []
    if segment:
        _numbers("segmentId", segment)
        raise invalid("segmentId is of no segment of this account")
    return [*found, *(_equal(one, known) for one in said or ())]


def _numbers(name: str, given: list[str]) -> frozenset[int]:
    texts = [one.strip() for text in given for one in text.split(",")]
    if not all(one.isdecimal() for one in texts):
        raise invalid(f"{name} should be a number")
    return frozenset(map(int, texts))


def _in_lists(lists: frozenset[int]) -> Test:
    return lambda row: bool(lists & {*row["listIds"]})


def _equal(said: str, known: Attributes) -> Test:
    told = _EQUALS.fullmatch(said.strip())
    if told is None or told[1] not in known.types:
        raise invalid("filter should be equals(ATTRIBUTE, value), of an attribute of this account")
    try:
        value = json.loads(told[2])
    except ValueError:
        raise invalid("the value of a filter should be a text in quotes, a number, true or false") from None

    def passes(row: Mapping[str, Any]) -> bool:
        return bool(row["attributes"].get(told[1]) == value)

    return passes
