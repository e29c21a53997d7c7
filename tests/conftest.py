"""What every test starts from."""

from collections.abc import Iterator

import pytest
import structlog

from tests.databases import DIALECTS, Databases, databases_on


@pytest.fixture(autouse=True)
def plain_logging() -> Iterator[None]:
    """Logging as nobody has set it up; Airflow (on import) and the command line set it for good."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session", params=DIALECTS)
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Stores to be used: once SQLite, once PostgreSQL."""
    with databases_on(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found
