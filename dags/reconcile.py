"""**Reconcile**: who is who, which claims survive, and which customers must be compared with the systems.

Runs after *any* pull that brought something, one run at a time, over whatever has changed: one dead system
does not stop the others. Works in batches, each a transaction: a run that fails has finished some, and the
next goes on with what is left. Clear the task to run again.
"""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from airflow.sdk import AssetAlias, dag, task

from dags import door
from dags.defaults import GOLDEN, SWEPT, landed, task_defaults
from dags.systems import systems


@dag(
    dag_id="reconcile",
    dag_display_name="Reconcile customers",
    schedule=reduce(or_, [landed(one.name) for one in systems()], SWEPT),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    default_args=task_defaults("data-office"),
    doc_md=__doc__,
    tags=["reconcile", "data-office"],
)
def reconcile() -> None:
    news = AssetAlias("reconciled")

    @task(task_id="reconcile", outlets=[news])
    def recompose(outlet_events: Any = None) -> dict[str, int]:
        counts = door.reconcile()
        if door.waiting()["queued"] > 0:
            outlet_events[news].add(GOLDEN)
        return counts

    recompose()


reconcile()
