"""``python -m supervisor.preloaded MODULE... -- SUBCOMMAND...``: Airflow with these modules already loaded.

Its scheduler and its dag-processor fork for every task and every look at a file; what the parent has loaded
is there at once.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from runpy import run_module


def run(arguments: Sequence[str]) -> None:
    """Load the modules before ``--`` and run the Airflow subcommand behind it."""
    at = arguments.index("--")
    for name in arguments[:at]:
        import_module(name)
    sys.argv = ["airflow", *arguments[at + 1 :]]
    run_module("airflow", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run(sys.argv[1:])
