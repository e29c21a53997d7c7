"""Airflow reads its settings when it is imported, so they come first."""

import os
import tempfile
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="klantbeeld-airflow-")
os.environ.setdefault("AIRFLOW_HOME", HOME)
os.environ.setdefault("AIRFLOW__CORE__DAGS_FOLDER", str(Path(__file__).resolve().parents[2] / "dags"))
os.environ.setdefault("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
os.environ.setdefault("AIRFLOW__CORE__UNIT_TEST_MODE", "False")
