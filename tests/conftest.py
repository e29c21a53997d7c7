"""What every test starts from."""

from collections.abc import Iterator

import pytest
import structlog

from tests.databases import DIALECTS, Databases, databases_on

LONGEST = ("test_crash.py", "test_demo.py", "test_killed.py", "test_dag_runs.py", "test_airflow_up.py")
"""Files that take minutes begin first: at the end they would keep one core waiting for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of files; within them nothing changes."""
    items.sort(key=lambda one: LONGEST.index(one.path.name) if one.path.name in LONGEST else len(LONGEST))


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
