"""**Reconcile**: who is who, which claims survive, and which customers must be compared with the systems.

Runs after *any* pull that brought something, one run at a time, over whatever has changed: one dead system
does not stop the others. Works in batches, each a transaction: a run that fails has finished some, and the next goes on
with what is left. Clear the task to run again.
"""

from datetime import timedelta
from functools import reduce
from operator import or_

from airflow.sdk import dag, task

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
    @task(task_id="reconcile")
    def recompose() -> dict[str, int]:
        return door.reconcile()

    @task.short_circuit
    def anyone_to_tell(counts: dict[str, int]) -> bool:
        return door.waiting()["queued"] > 0

    @task(outlets=[GOLDEN])
    def announce() -> None:
        """The asset event is the announcement."""

    anyone_to_tell(recompose()) >> announce()  # type: ignore[arg-type]


reconcile()
