"""What may be said of an error in a log: our own words hold nobody's values, of any other only its kind."""

import structlog

OURS = ("connectors.", "hub.")
"""Where errors come from whose words are meant for people."""


def tell(event: str, error: BaseException | None, **where: object) -> None:
    """One line for IT's log collector, with the sentence that helps."""
    message = str(error) if type(error).__module__.startswith(OURS) else ""
    structlog.get_logger("klantbeeld").error(event, **where, error=type(error).__name__, message=message)
