"""**Keep** the hub honest: find records that vanished without a word, and prove that the systems agree.

Nightly. The sweep refuses to believe that much of a system vanished at once (`BatchStopped`): look at the
system first. The audit queues every customer that differs somewhere, so a write a system swallowed is
planned again. It also looks whether all holds that must hold in a store (`LawsBroken`: report it). By hand:
`klantbeeld keep`, then `klantbeeld audit`. Safe to run at any time.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from dags import door
from dags.defaults import GOLDEN, SWEPT, task_defaults
from dags.systems import systems


@dag(
    dag_id="keep",
    dag_display_name="Keep: deletions and audit",
    schedule="30 2 * * *",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args=task_defaults("it"),
    doc_md=__doc__,
    tags=["keep", "it"],
)
def keep() -> None:
    @task(max_active_tis_per_dagrun=2)
    def sweep(system: str) -> dict[str, int]:
        return door.keep(system)

    @task(trigger_rule="all_done", outlets=[SWEPT])
    def swept() -> None:
        """Whatever vanished is reconciled."""

    @task(trigger_rule="all_done", outlets=[GOLDEN])
    def audit() -> dict[str, int]:
        return door.audit()

    sweep.expand(system=[one.name for one in systems()]) >> swept() >> audit()


keep()
