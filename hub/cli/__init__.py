"""The command line: ``klantbeeld``. It asks :mod:`hub.flow` and :mod:`hub.views`, and shows the answer."""

from hub.cli.entry import main

__all__ = ["main"]
