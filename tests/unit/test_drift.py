"""Every source field is mapped, ignored by name, or reported: of what the stand-ins give, nothing is left."""

from datetime import UTC, datetime

import pytest

from hub.mapping.load import load
from quality.drift import paths, unmapped
from sandbox.people import population

PEOPLE = population(200, 7, datetime(2026, 1, 1, tzinfo=UTC))
OBJECTS = [
    (system, obj)
    for system, objects in PEOPLE.systems.items()
    for obj in objects
    if load().systems[system].objects[obj].facets
]


@pytest.mark.parametrize(("system", "obj"), OBJECTS)
def test_no_field_of_a_shipped_mapping_is_forgotten(system: str, obj: str) -> None:
    spec = load().systems[system].objects[obj]
    seen = {where for row in PEOPLE.systems[system][obj] for where in paths(row)}
    assert unmapped(seen, spec.known_paths(), spec.ignore) == set()
