"""The way in and out: errors become one line with the remedy, and an exit code."""

import logging
import sys
from collections.abc import Sequence

import structlog

from connectors.errors import ConnectorError
from hub.cli.app import app
from hub.cli.codes import DONE, FAILED, HELD
from hub.cli.screen import complain
from hub.flow.errors import BatchStopped, FlowError, PublishStopped
from hub.mapping.strict_yaml import BadFile


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (see :mod:`hub.cli.codes`)."""
    _quiet()
    try:
        app(list(sys.argv[1:] if arguments is None else arguments), prog_name="klantbeeld")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE if ended.code is None else FAILED
    except (BatchStopped, PublishStopped) as error:
        return _told(str(error), HELD)
    except (FlowError, ConnectorError, BadFile) as error:
        return _told(str(error), FAILED)
    except OSError as error:
        return _told(f"{error.strerror or type(error).__name__}: {error.filename or 'the file'}", FAILED)
    except Exception as error:
        from hub.flow.faults import defect  # not before: it needs the store's library

        return _told(str(defect(error)), FAILED)
    return DONE


def _told(message: str, code: int) -> int:
    complain(message)
    return code


def _quiet() -> None:
    """Logs go to stderr, and only what somebody should look at: stdout is for answers."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
