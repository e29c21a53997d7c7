"""What every test starts from."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def plain_logging() -> Iterator[None]:
    """Logging as nobody has set it up; Airflow (on import) and the command line set it for good."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
