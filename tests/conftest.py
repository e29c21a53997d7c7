"""What every test starts from."""

from collections.abc import Iterator
from zlib import crc32

import pytest
import structlog
from hypothesis import settings

from tests.databases import DIALECTS, Databases, databases_on

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

LONGEST = ("test_crash.py", "test_demo.py", "test_killed.py", "test_dag_runs.py", "test_airflow_up.py")
"""Files that take minutes begin first: at the end they would keep one core waiting for the other."""


RULES = (
    "test_a_field_waits",
    "test_absence",
    "test_activation",
    "test_admission",
    "test_bad_records",
    "test_bad_systems",
    "test_changed_mapping",
    "test_clock",
    "test_corrections",
    "test_delivery",
    "test_disputes",
    "test_dag_runs",
    "test_do_no_harm_",
    "test_edits",
    "test_emptied",
    "test_formerly",
    "test_guard_of_a_day",
    "test_handed_on",
    "test_identity_laws",
    "test_judgements",
    "test_mailboxes",
    "test_merged_records",
    "test_not_taken",
    "test_placeholders",
    "test_places_change",
    "test_put_back",
    "test_rules_change",
    "test_sweep",
    "test_the_gap",
    "test_tryton_loop",
    "test_web_",
    "test_what_people_did",
)
"""Files about rules, systems and tasks, which no store changes: each of their tests is for one of the two.

What the stores are asked for is tested on both, and so is every verb: the files of the store, the flow,
crashes, runs at once. All DAGs run on both: the demo on SQLite, Celery's on PostgreSQL.
"""
EVERY = 8
"""So many of those there are for one on PostgreSQL, which takes twice as long."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The order of files, and the store of those about rules; within a file nothing changes."""
    spared = [one for one in items if one.path.name.startswith(RULES) and not _its_turn(one)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [one for one in items if one not in {*spared}]
    items.sort(key=lambda one: LONGEST.index(one.path.name) if one.path.name in LONGEST else len(LONGEST))


def _its_turn(item: pytest.Item) -> bool:
    """Whether a test is for the store it has been given."""
    call = getattr(item, "callspec", None)
    dialect = call.params.get("databases") if call else None
    if dialect is None:
        return True
    last = crc32(item.nodeid.replace(dialect, "").encode()) % EVERY == 0
    return bool(dialect == DIALECTS[last])


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
