"""Airflow reads its settings when it is imported, so they come first."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

HOME = tempfile.mkdtemp(prefix="klantbeeld-airflow-")
os.environ.setdefault("AIRFLOW_HOME", HOME)
os.environ.setdefault("AIRFLOW__CORE__DAGS_FOLDER", str(Path(__file__).resolve().parents[2] / "dags"))
os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
os.environ.setdefault("AIRFLOW__CORE__UNIT_TEST_MODE", "False")


@pytest.fixture(autouse=True)
def plain_logging() -> Iterator[None]:
    """Instead of everybody's: a task that runs in this process writes to the log Airflow set up for it."""
    from airflow.logging_config import configure_logging

    configure_logging()
    yield
    structlog.reset_defaults()
