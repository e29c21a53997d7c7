"""What no single record can break: a batch judged as a whole, and the report of it."""

from collections.abc import Mapping, Sequence

from hub.flow.errors import BatchStopped
from hub.flow.hub import Hub
from hub.flow.pull.judging import Judged
from hub.mapping.read import CustomerReading
from hub.mapping.spec import ObjectMapping, SystemMapping
from hub.store import private, raw
from quality.batch import judge_batch
from quality.drift import paths, unmapped
from quality.report import render
from quality.rules import BatchRules


def judge_batch_of(hub: Hub, mapping: SystemMapping, obj: ObjectMapping, judged: Sequence[Judged]) -> None:
    """Judge what was admitted of a batch by its object's rules. Raises BatchStopped where one says no."""
    rows = [_row(one.reading) for each in judged for one in each.admitted]
    if not obj.batch or not rows:
        return
    known = _known_keys(hub, mapping, obj, rows)
    verdict = judge_batch(
        rows, BatchRules.of(obj.batch), name=f"{mapping.system} {obj.name}", references=known
    )
    counts = {
        "records": len(judged),
        "admitted": len(rows),
        "quarantined": sum(len(one.held) for one in judged),
        "fields without a mapping": len(drift(obj, [one.raw for one in judged])),
    }
    private.folder(hub.reports)
    report = hub.reports / f"{mapping.system}-{obj.name}.html"
    private.file(report)
    report.write_text(render(verdict, f"{mapping.title}: {obj.name}", counts), "utf-8")
    if not verdict.passed:
        broken = "; ".join(
            f"{one.rule} {one.field}: {one.observed}, expected {one.expected}".replace(" :", ":")
            for one in verdict.results
            if not one.passed and one.severity == "stop"
        )
        raise BatchStopped(
            f"{mapping.system}, {obj.name}: {broken}. Nothing of this batch was admitted; see {report}, "
            "correct the system or the rule in its mapping, and run the pull again"
        )


def _row(reading: CustomerReading) -> dict[str, object]:
    links = {name: key.key for name, key in reading.links.items()}
    return {"key": str(reading.key), **reading.document(), **links}


def _known_keys(
    hub: Hub, mapping: SystemMapping, obj: ObjectMapping, rows: Sequence[Mapping[str, object]]
) -> dict[str, set[str]]:
    """Field → the keys it may hold: of those the batch mentions, the ones that exist."""
    wanted: dict[str, str] = obj.batch.get("references", {})
    with hub.store.read() as connection:
        return {
            name: raw.living_among(
                connection, mapping.system, other, {str(row[name]) for row in rows if row.get(name)}
            )
            for name, other in wanted.items()
        }


def drift(obj: ObjectMapping, batch: Sequence[raw.Raw]) -> set[str]:
    """Source paths of a batch that the mapping neither reads nor ignores by name."""
    seen = {where for one in batch[:500] for where in paths(one.data)}
    return unmapped(seen, obj.known_paths(), obj.ignore)
