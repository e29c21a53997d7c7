"""**Publish** agreed values to one system: plan, guard, re-read, send, and note every answer.

*Writes* only fields the mapping allows, only changed ones, and only where the system still shows what the
hub last saw. Publishing never waits: what a guard stops is stored as a hold. See it with `klantbeeld plan`,
release it with `klantbeeld plan approve`, and this DAG sends it within half a minute: Airflow's triggerer
watches the store for that. Without one, and where a run left something over, the system's next pull starts
it.

Killed half-way it is safe to clear: what was sent and has no answer is looked up, not sent twice.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from dags import door
from dags.defaults import GOLDEN, pool, task_defaults, unsent
from dags.systems import ScheduledSystem, systems


def publish_dag(system: ScheduledSystem) -> None:
    """One DAG a system."""

    @dag(
        dag_id=f"publish_{system.name}",
        dag_display_name=f"Publish to {system.title}",
        schedule=GOLDEN | unsent(system.name),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=8),
        default_args=task_defaults(system.department),
        doc_md=__doc__,
        tags=["publish", system.department],
    )
    def publish() -> None:
        @task(task_id="publish", pool=pool(system.name), execution_timeout=timedelta(hours=6))
        def publish_system() -> dict[str, int]:
            return door.publish(system.name)

        publish_system()

    publish()


for each in systems():
    publish_dag(each)
