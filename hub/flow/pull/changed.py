"""What a batch tells beside its values: unique values that are free again."""

from collections.abc import Mapping, Sequence

from connectors.registry import connector_class
from hub.golden.record import SourceRecord
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.model.keys import RecordKey


def freed(
    mapping: SystemMapping,
    obj: ObjectMapping,
    seen: Sequence[SourceRecord],
    known: Mapping[RecordKey, SourceRecord],
    *,
    strangers: bool,
) -> dict[str, set[str] | None]:
    """Field → values unique in the system that a record showed before and shows no longer.

    None: any value; of records never admitted (``strangers``: there is one) nobody knows what they showed.
    """
    sheet = connector_class(mapping.connector).sheet.objects[obj.name]
    names = {
        name
        for facet in obj.facets
        for name, lens in facet.lenses.items()
        if any(".".join(part.path) in sheet.unique for part in lens.parts)
    }
    if strangers:
        return dict.fromkeys(names)
    found: dict[str, set[str] | None] = {}
    for one in seen if names else ():
        before = known.get(one.key)
        for name in names:
            gone = before.standing(name) - (set() if one.deleted else one.standing(name)) if before else set()
            if gone:
                found[name] = gone | (found.get(name) or set())
    return found
