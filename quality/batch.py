"""One Great Expectations checkpoint a batch: is what a system sent us, as a whole, believable?

Great Expectations is imported when the first batch is judged: that alone takes three seconds.
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from quality.columns import Column, columns
from quality.rules import BatchRules
from quality.verdict import BatchVerdict, RuleResult, verdict

_NO_VALUES = {"result_format": "BASIC", "partial_unexpected_count": 0}
"""Great Expectations keeps samples of wrong values otherwise; they are people's."""


def judge_batch(
    frame_rows: Sequence[Mapping[str, Any]],
    rules: BatchRules,
    *,
    name: str,
    references: Mapping[str, Set[str]],
    previous_count: int | None = None,
) -> BatchVerdict:
    """Judge all rows together, by one checkpoint run.

    ``references`` gives for each field in ``rules.references`` the keys that exist; KeyError when it
    leaves one out. ``previous_count`` is the size of the batch this one replaces, where there is one.
    An empty batch passes unless the rules want rows, and costs no Great Expectations.
    """
    asked = columns(frame_rows, rules, references, previous_count)
    if not frame_rows:
        return verdict(tuple(_of_nothing(column) for column in asked if not column.field))
    outcomes = _run(asked, name) if asked else []
    return verdict(tuple(_result(column, outcome) for column, outcome in zip(asked, outcomes, strict=True)))


def _run(asked: Sequence[Column], name: str) -> list[Any]:
    """The checkpoint's result for each column, in their order."""
    import great_expectations as gx
    import pandas as pd

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    context.enable_analytics(False)
    frame = pd.DataFrame({str(at): pd.Series(column.cells, dtype=object) for at, column in enumerate(asked)})
    asset = context.data_sources.add_or_update_pandas("batch").add_dataframe_asset(name)
    suite = gx.ExpectationSuite(
        name=name, expectations=[_expectation(column, str(at)) for at, column in enumerate(asked)]
    )
    definition = gx.ValidationDefinition(
        name=name,
        data=asset.add_batch_definition_whole_dataframe("all"),
        suite=context.suites.add(suite),
    )
    context.validation_definitions.add(definition)
    checkpoint = gx.Checkpoint(name=name, validation_definitions=[definition], result_format=_NO_VALUES)
    answer = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
    (run,) = answer.run_results.values()
    return sorted(run.results, key=lambda each: int(each.expectation_config.meta["at"]))


def _expectation(column: Column, at: str) -> Any:
    """The expectation a column is made for; ``at`` is the column's name in the frame."""
    import great_expectations as gx

    gxe: Any = gx.expectations
    meta = {"at": at}
    match column.rule:
        case "volume_max":
            return gxe.ExpectTableRowCountToBeBetween(max_value=column.bound, meta=meta)
        case "volume_min" | "max_drop_share":
            return gxe.ExpectTableRowCountToBeBetween(min_value=column.bound, meta=meta)
        case "not_null":
            return gxe.ExpectColumnValuesToNotBeNull(column=at, mostly=column.bound, meta=meta)
        case "unique":
            return gxe.ExpectColumnValuesToBeUnique(column=at, meta=meta)
        case _:
            return gxe.ExpectColumnValuesToBeInSet(column=at, value_set=[True], meta=meta)


def _result(column: Column, outcome: Any) -> RuleResult:
    if outcome.exception_info.get("raised_exception"):
        return _told(column, False, "could not be judged")
    if not column.field:
        return _told(column, bool(outcome.success), f"{outcome.result['observed_value']} rows")
    wrong, rows = outcome.result["unexpected_count"], outcome.result["element_count"]
    return _told(column, bool(outcome.success), f"{wrong} of {rows} rows {column.wrong}")


def _of_nothing(column: Column) -> RuleResult:
    wants_rows = column.rule != "volume_max" and column.bound > 0
    return _told(column, not wants_rows, "0 rows")


def _told(column: Column, passed: bool, observed: str) -> RuleResult:
    return RuleResult(column.rule, column.field, passed, observed, column.expected, column.severity)
