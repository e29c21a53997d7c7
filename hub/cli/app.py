"""All commands under one name."""

from typing import Any

import typer
from typer.core import TyperGroup

from hub.cli import (
    activate,
    audit,
    backup,
    check,
    disputes,
    explain,
    export,
    find,
    keep,
    match,
    migrate,
    plan,
    preview,
    quarantine,
    refused,
    review,
    sandbox,
    serve,
    show,
    status,
    sync,
    token,
    train,
)

app = typer.Typer(
    name="klantbeeld",
    help="One picture of each customer, kept true in every department's system.\n\n"
    "Credentials come from AIRFLOW_CONN_HUBSPOT and so on, as Airflow itself takes them; the store from "
    "--store or KLANTBEELD_STORE. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a person must decide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _group(home: str) -> type[TyperGroup]:
    """A group whose first word may be left out: ``plan hubspot`` means ``plan list hubspot``."""

    class Homely(TyperGroup):
        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            asked = args[0] if args else ""
            explicit = asked in self.commands or asked in ("--help", "-h")
            return super().parse_args(ctx, args if explicit else [home, *args])

    return Homely


app.command("sync")(sync.sync)
app.command("show")(show.show)
app.command("status")(status.status)

_plan = typer.Typer(cls=_group("list"), help=plan.ABOUT)
_plan.command("list")(plan.listed)
_plan.command("approve")(plan.approve)
_plan.command("reject")(plan.reject)
_plan.command("retry")(plan.retry)
app.add_typer(_plan, name="plan")

_quarantine = typer.Typer(cls=_group("list"), help=quarantine.ABOUT)
_quarantine.command("list")(quarantine.listed)
_quarantine.command("redrive")(quarantine.redrive)
_quarantine.command("accept")(quarantine.accept)
app.add_typer(_quarantine, name="quarantine")

_review = typer.Typer(cls=_group("list"), help=review.ABOUT)
_review.command("list")(review.listed)
_review.command("same")(review.same)
_review.command("apart")(review.apart)
_review.command("withdraw")(review.withdraw)
app.add_typer(_review, name="review")

_disputes = typer.Typer(cls=_group("list"), help=disputes.ABOUT)
_disputes.command("list")(disputes.listed)
_disputes.command("answer")(disputes.answer)
app.add_typer(_disputes, name="disputes")

_token = typer.Typer(cls=_group("list"), help=token.ABOUT)
_token.command("list")(token.listed)
_token.command("make")(token.make)
_token.command("withdraw")(token.withdraw)
app.add_typer(_token, name="token")

app.command("refused")(refused.refused)
app.command("find")(find.find)
app.command("explain")(explain.explain)
app.command("feed")(explain.feed)
app.command("train")(train.train)
app.command("export")(export.export)
app.command("match")(match.match)
app.command("check")(check.check)
app.command("preview")(preview.preview)
app.command("activate")(activate.activate)
app.command("keep")(keep.keep)
app.command("audit")(audit.audit)
app.command("backup")(backup.backup)
app.command("migrate")(migrate.migrate)
app.command("serve")(serve.serve)
app.command("sandbox")(sandbox.sandbox)
