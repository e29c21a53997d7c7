"""What source records are compared on: their features, with what is known of a person's employer."""

from collections.abc import Mapping
from dataclasses import replace

from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.identity.features import Features, features
from hub.identity.model import Model, model
from hub.model.keys import KINDS, Kind
from hub.store import records
from hub.store.engine import Connection

Records = Mapping[int, SourceRecord]
Models = Mapping[Kind, Model]
NOBODY: frozenset[str] = frozenset()


def models_of(hub: Hub) -> Models:
    """The matching model of each kind of customer."""
    return {kind: model(hub.mappings.customer.matching[kind]) for kind in KINDS}


def describe(connection: Connection, held: Records, models: Models) -> dict[int, Features]:
    """Row id → features; a person's employer, as the same system names it, is evidence too."""
    targets = {one.links["works_for"] for one in held.values() if "works_for" in one.links}
    rows = records.ids(connection, targets)
    employers = records.by_ids(connection, sorted(rows.values())).values()
    known = {one.key: _described(one, models).marks() for one in employers}
    return {
        row: _described(
            one, models, known.get(one.links["works_for"], NOBODY) if "works_for" in one.links else NOBODY
        )
        for row, one in held.items()
    }


def _described(one: SourceRecord, models: Models, employer: frozenset[str] = NOBODY) -> Features:
    """A record's features today, and as its people described it before."""
    chosen = models[one.key.kind]
    before = tuple(features(one.key, said, chosen, employer) for said in one.formerly())
    return replace(features(one.key, one.authored(), chosen, employer), former=before)
