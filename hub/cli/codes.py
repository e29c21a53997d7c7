"""What the command line answers the shell with."""

DONE = 0
FAILED = 1
WRONG_USAGE = 2
"""Given by typer itself, and by ``typer.BadParameter``."""
HELD = 3
"""Something waits for a person: a held plan, or a batch that a rule stopped."""
