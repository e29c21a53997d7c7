"""What the database raises, and whatever nobody foresaw, as the errors a caller of the verbs knows.

Apart from :mod:`hub.flow.errors`, which every parse of a DAG file reads: this needs the store.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors.errors import ConnectorError
from hub.flow.errors import AnotherRun, Defect, FlowError, StoreUnavailable, StoreUnusable, Unwritable
from hub.mapping.strict_yaml import BadFile
from hub.store.errors import Away, StoreFault, Unusable
from hub.store.locks import Busy


@contextmanager
def store_faults() -> Iterator[None]:
    """Whatever the store raises leaves as a FlowError, without the values a statement held."""
    try:
        yield
    except Away as error:
        raise StoreUnavailable(str(error)) from None
    except Unusable as error:
        raise StoreUnusable(str(error)) from None
    except StoreFault as error:
        raise StoreUnavailable(
            f"the store refuses a statement ({type(error).__name__}), which is undone; run again, and "
            "report it with the run's id where it comes back"
        ) from None
    except Busy as error:
        raise AnotherRun(str(error)) from None


@contextmanager
def unforeseen() -> Iterator[None]:
    """Whatever else is raised leaves as a FlowError that says where, and nothing of what was in hand."""
    try:
        yield
    except (FlowError, ConnectorError, BadFile, StoreFault, Busy):
        raise
    except Exception as error:
        raise _told(error) from None


def _told(error: Exception) -> FlowError:
    if isinstance(error, OSError) and error.filename:
        why = error.strerror or type(error).__name__
        return Unwritable(
            f"{error.filename} cannot be read or written ({why}). Make room, or let the hub's user write "
            "there (KLANTBEELD_REPORTS says where reports go); then run again"
        )
    return defect(error)


def defect(error: Exception) -> Defect:
    """What nobody foresaw, by its kind and its place."""
    return Defect(
        f"{type(error).__name__} {_place(error)}. Nobody foresaw this: what was stored stays, and other "
        "systems go on. Report it with these places; they hold no value"
    )


_DEPTH = 4
"""Frames that are told of where it happened."""


def _place(error: Exception) -> str:
    """Where it was raised, innermost first; never the error's own words, which may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)[: -_DEPTH - 1 : -1]
    return "at " + ", from ".join(f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames)


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-3:])
