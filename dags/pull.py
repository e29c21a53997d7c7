"""**Pull** what changed in one system, store it as received, and admit what passes the contract.

*Reads* the system since the watermark; *writes* only the hub's own store. Safe to run again at any time.
Where something is to be reconciled it says so, which starts *Reconcile*; where something waits to be sent
to the system, which starts *Publish*.

When it fails:

* `Denied`: the connection's credentials or scopes; correct the Airflow connection named after the system,
  then clear the task. `klantbeeld check` says which permission is missing.
* `BatchStopped`: a quality rule says the batch cannot be right; read the report it names. Nothing of the
  batch was admitted and nothing of it is published.
* `Transient`: the system is down or throttles; the task retries by itself, other systems go on.
* `ContractBroken`, `CountsDoNotAddUp`: a defect; report it with the run's id. Nothing was lost.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import AssetAlias, dag, task

from dags import door
from dags.defaults import landed, pool, task_defaults, unsent
from dags.systems import ScheduledSystem, systems


def pull_dag(system: ScheduledSystem) -> None:
    """One DAG a system."""

    @dag(
        dag_id=f"pull_{system.name}",
        dag_display_name=f"Pull from {system.title}",
        schedule=system.schedule,
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=4),
        default_args=task_defaults(system.department),
        doc_md=__doc__,
        tags=["pull", system.department],
    )
    def pull() -> None:
        news = AssetAlias(f"pulled {system.name}")

        @task(task_id="pull", pool=pool(system.name), outlets=[news])
        def pull_system(outlet_events: Any = None) -> dict[str, int]:
            counts = door.pull(system.name)
            left = door.waiting(system.name)
            if counts and left["dirty"] > 0:
                outlet_events[news].add(landed(system.name))
            if left["queued"] or left["ready"]:
                outlet_events[news].add(unsent(system.name))
            return counts

        pull_system()

    pull()


for each in systems():
    pull_dag(each)
