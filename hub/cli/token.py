"""``klantbeeld token``, ``token make`` and ``token withdraw``."""

from typing import Annotated

import typer

from hub.cli import screen
from hub.cli.asking import told
from hub.cli.options import Json, Store
from hub.cli.words import when

ABOUT = """Tokens by which programs are let in to the API; each has a role, an end, and is shown once.

Example: klantbeeld token make --for 'BI of finance' --role department --department finance --who it

Example: klantbeeld token
"""


def listed(json: Json = False, store: Store = None) -> None:
    """List every token, the latest first: whose, what for and until when; never the token itself.

    Example: klantbeeld token --json
    """
    from hub.cli.opening import opened
    from hub.flow.access.tokens import listed as every

    with opened(store) as hub:
        found, at = every(hub), hub.now()
    if json:
        screen.answer(found)
        return
    rows = [
        (
            one.id,
            one.who,
            f"{one.role} {one.department}".strip(),
            ", ".join(one.scope) or "all its role may",
            when(one.until),
            "withdrawn" if one.withdrawn_at else "over" if one.until <= at else "in force",
        )
        for one in found
    ]
    screen.table("", ("token", "for", "role", "rights", "until", ""), rows)
    if not rows:
        screen.say("no token was made yet; klantbeeld token make gives one")


def make(
    whose: Annotated[str, typer.Option("--for", help="Whose it is; decisions and the trail name it so.")],
    role: Annotated[
        str, typer.Option("--role", help="viewer, department, steward, operator or admin.")
    ] = "viewer",
    department: Annotated[str, typer.Option("--department", help="Of the role department: which one.")] = "",
    right: Annotated[
        list[str] | None,
        typer.Option("--right", help="Only this right of its role (again for more); default: all."),
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How long it is valid.")] = 90,
    who: Annotated[str | None, typer.Option("--who", help="Who makes it; kept with it.")] = None,
    json: Json = False,
    store: Store = None,
) -> None:
    """Make a token. It is printed once and cannot be shown again: the hub keeps no more than its hash.

    Example: klantbeeld token make --for 'support desk' --role viewer --days 30 --who it
    """
    from hub.cli.opening import opened
    from hub.flow.access.tokens import make as made

    person = told("--who", who)
    with opened(store) as hub:
        found = made(hub, whose, role, person, department=department, scope=right or (), days=days)
    if json:
        screen.answer(found)
        return
    screen.show(found.secret)
    screen.say(f"valid until {when(found.token.until)}. Keep it now: it is not shown again")


def withdraw(
    token_id: Annotated[str, typer.Argument(metavar="TOKEN", help="Its number, as listed.")],
    json: Json = False,
    store: Store = None,
) -> None:
    """End a token now.

    Example: klantbeeld token withdraw 0190a1b2-…
    """
    from hub.cli.opening import opened
    from hub.flow.access.tokens import withdraw as end

    with opened(store) as hub:
        end(hub, token_id)
    if json:
        screen.answer({"withdrawn": token_id})
    else:
        screen.show(f"withdrawn: {token_id}")
