"""The story on one screen: plain tables, colour only on a terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

Json = dict[str, Any]
FIELDS = (
    *("name", "legal_name", "emails", "phones", "address", "birth_date", "journey_stage"),
    *("email_consent", "open_tickets", "overdue_balance"),
)
MERGED = 0.0005
"""Golden people that may hold two people: none of the usual 2,000 customers, some 40 of 100,000.

A mother and her daughter of one name in one house, told apart by nothing anybody wrote down, are one.
"""
RECALL = 0.85
"""Of the pairs of records that are one customer's, those to be found."""
HARM = 0.003
"""Of the values written into people's records, those that may be worse than what stood there."""


def tell(console: Console, report: Json) -> None:
    """Print the whole report."""
    console.print()
    console.rule("[bold]Klantbeeld: four departments, one customer picture")
    _print(console, "", _systems(report))
    golden, truth = report["golden"], report["truth"]
    console.print(
        f"Golden records: [bold]{golden['people']}[/] people, "
        f"[bold]{golden['organisations']}[/] organisations. "
        f"Against the truth: precision [bold]{truth['all']['precision']:.3f}[/], "
        f"recall [bold]{truth['all']['recall']:.3f}[/], households merged: {truth['households_merged']}."
    )
    before, after = report["agreement"]["before"], report["agreement"]["after"]
    exempt = (
        ", ".join(f"{count} {reason}" for reason, count in report["agreement"]["exempt"].items()) or "none"
    )
    console.print(
        f"Agreement of the systems: [bold]{before['share']:.1%}[/] before, "
        f"[bold]{after['share']:.1%}[/] after ("
        f"{after['agree'] + after['differ']} writable cells; exempt: {exempt}); "
        f"{after['share_of_all']:.1%} if what nothing decides counts as differing."
    )
    _values(console, report)
    _customer(console, report["customer"])
    edit, second = report["edit"], report["second_sync"]
    console.print(
        f"Sales changed the surname of {edit['before']} to {edit['after']}: "
        f"one sync ({edit['seconds']} s) later "
        + ", ".join(f"{name} shows {seen}" for name, seen in edit["seen_in"].items())
        + "."
    )
    console.print(f"A last sync with no edits sent [bold]{second['writes']}[/] writes.")


def _values(console: Console, report: Json) -> None:
    """What the writes did to people's values, and what was left to a person."""
    if harm := report["harm"]:
        strict, kinds = harm["strict"], harm["strict"]["kinds"]
        better = {name: kinds.get(f"{name}→right", 0) for name in ("empty", "wrong", "poorer")}
        console.print(
            "Judged by the truth, the first load wrote "
            f"[bold]{strict['writes']}[/] values into people's records: {better['empty']} gaps filled, "
            f"{better['wrong']} wrong and {better['poorer']} poorer values put right; "
            f"[bold]{strict['over_values']}[/] values made wrong, poorer or empty "
            f"({strict['over_values_per_1000_writes']} in 1,000; right to wrong: "
            f"{kinds.get('right→wrong', 0)}); {kinds.get('empty→wrong', 0)} gaps filled with a wrong value, "
            "the only one there was."
        )
    asked = report["disputes"]
    console.print(
        "Left as its own people have it, because nothing decides: "
        f"[bold]{asked['questions']}[/] questions about {asked['customers']} customers (klantbeeld disputes)."
    )


def _systems(report: Json) -> Table:
    table = _table(
        [
            "system",
            "offered",
            "landed",
            "admitted",
            "quarantined",
            "planned",
            "sent",
            "acknowledged",
            "refused",
        ]
    )
    for name, counts in report["systems"].items():
        writes = report["writes"].get(name, {})
        cells = [counts["offered"], counts["landed"], counts["admitted"], counts["quarantined"]]
        cells += [
            writes.get("planned", 0),
            writes.get("sent", 0),
            writes.get("acknowledged", 0),
            writes.get("refused", 0),
        ]
        table.add_row(name, *map(str, cells))
    return table


def _customer(console: Console, customer: Json) -> None:
    views, card = customer["before"], customer["after"]
    names = [one["record"].split("/")[0] for one in views]
    table = _table(["field", *(f"{name} before" for name in names), "golden", "origin, rule"])
    for name in FIELDS:
        if name in card or any(name in one for one in views):
            golden = card.get(name, {})
            origin = f"{(golden.get('from') or '-').split('/')[0]}, {golden.get('rule')}" if golden else "-"
            table.add_row(name, *(one.get(name, "-") for one in views), golden.get("value", "-"), origin)
    _print(console, "One customer: what each system's people had entered, and the golden record", table)
    for system, facts in customer["facts"].items():
        tickets, overdue = facts["open_tickets"], facts["overdue_balance"]
        console.print(f"{system} now shows what others know: {tickets} open ticket(s), {overdue} overdue.")


def _table(columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(console: Console, title: str, table: Table) -> None:
    if title:
        console.print(f"\n[bold]{title}")
    console.print(table)
    console.print()


def _least_recall(golden: Json) -> float:
    """The recall below which chance no longer explains it: two standard errors for so many customers.

    Two hundred customers cannot tell 0.84 from 0.86; two thousand nearly can.
    """
    customers = golden["people"] + golden["organisations"]
    return float(RECALL - 2 * (RECALL * (1 - RECALL) / customers) ** 0.5)


def failures(report: Json) -> Iterable[str]:
    """Which promises did not hold; none, when all is well."""
    truth, agreement = report["truth"], report["agreement"]
    if truth["all"]["precision"] < 0.98:
        yield f"precision {truth['all']['precision']} is below 0.98"
    if truth["all"]["recall"] < (least := _least_recall(report["golden"])):
        yield f"recall {truth['all']['recall']} is below {least:.3f}"
    if truth["households_merged"] > report["golden"]["people"] * MERGED:
        yield f"{truth['households_merged']} golden people hold two people"
    if agreement["after"]["share"] < 0.99:
        yield f"agreement after is {agreement['after']['share']}, below 0.99"
    if (
        report["harm"]
        and report["harm"]["lenient"]["over_values"] > HARM * report["harm"]["lenient"]["writes"] + 1
    ):
        yield f"{report['harm']['lenient']['over_values']} values of people were made wrong, poorer or empty"
    if not report["edit"]["arrived"]:
        yield f"the edit did not arrive everywhere: {report['edit']['seen_in']}"
    if report["second_sync"]["writes"]:
        yield f"a sync without edits sent {report['second_sync']['writes']} writes"
