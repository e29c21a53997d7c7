"""Asking the person at the keyboard; where there is none, nothing is asked."""

import sys

import typer


def told(option: str, given: str | None) -> str:
    """What an option says; asked for on a terminal. Wrong usage where it is missing elsewhere, or blank."""
    said = given if given is not None or not _somebody() else str(typer.prompt(option.strip("-"), err=True))
    if said is None or not said.strip():
        raise typer.BadParameter("a decision needs a name and a reason", param_hint=option)
    return said.strip()


def agreed(question: str) -> bool:
    """Whether the person says yes; without a terminal the command itself was the yes."""
    return not _somebody() or typer.confirm(question, err=True)


def _somebody() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
