"""Whatever a system answers, a connector gives records, receipts or a sorted error; it invents nothing."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.contract import Page, RawRecord, Receipt
from connectors.decode import decoded
from connectors.errors import ConnectorError
from connectors.keys import as_key, nameless
from tests.unit.hostile import written
from tests.unit.recorded import EVERY, Recording, Verbs, connect, recorded, systems
from tests.unit.scripted import Scripted, serving

EXAMPLES = 40


@pytest.fixture(scope="module")
def recordings() -> Iterator[dict[str, Recording]]:
    with systems() as real:
        yield {str(verbs): recorded(verbs, real) for verbs in EVERY}


@pytest.mark.parametrize("verbs", EVERY, ids=str)
def test_a_bent_answer_gives_sound_records_or_a_sorted_error(
    verbs: Verbs, recordings: dict[str, Recording]
) -> None:
    recording = recordings[str(verbs)]
    script = [recording.bent(0)]
    with serving(lambda asked: script[0](asked)) as server:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
        @given(number=st.integers(0, 10**9))
        def bending(number: int) -> None:
            script[0] = recording.bent(number)
            for act in verbs.acts(recording.keys):
                _carry_out(act, verbs, server)

        bending()


def _carry_out(act: object, verbs: Verbs, server: Scripted) -> None:
    assert callable(act)
    try:
        found = act(connect(verbs.system, server.url))
    except ConnectorError as error:
        assert str(error).startswith(verbs.system) and "HTTP" not in str(error.system)
        return
    for one in _flat(found):
        _sound(one)


def _flat(found: object) -> Iterator[object]:
    if isinstance(found, Page):
        assert found.offered == len(found.records)
        assert json.loads(json.dumps(found.cursor)) == found.cursor
        yield from found.records
    elif isinstance(found, dict):
        assert not any(nameless(key) for key in found)
        yield from (one for value in found.values() for one in _flat(value))
    elif isinstance(found, list | tuple):
        yield from (one for value in found for one in _flat(value))
    else:
        yield found


def _sound(one: object) -> None:
    """What the hub may rely on."""
    if isinstance(one, RawRecord):
        assert nameless(one.key) or as_key(one.key) == one.key
        assert decoded(written(one.data)) == one.data
        assert one.merged_into is None or as_key(one.merged_into)
        assert one.stamp is None or (len(one.stamp) == 27 and one.stamp.endswith("Z"))
        assert one.version is None or "\x00" not in one.version
    elif isinstance(one, Receipt):
        assert one.status != "done" or as_key(one.key)
    elif isinstance(one, str):
        assert nameless(one) or as_key(one) == one


@pytest.mark.parametrize("verbs", EVERY, ids=str)
def test_unbent_answers_give_records(verbs: Verbs, recordings: dict[str, Recording]) -> None:
    recording = recordings[str(verbs)]
    with serving(recording.unbent()) as server:
        for act in verbs.acts(recording.keys):
            act(connect(verbs.system, server.url))
        pages = connect(verbs.system, server.url).pull(verbs.obj, None)
        assert any(page.records for page in pages)
