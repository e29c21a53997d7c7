"""``make demo``: the main job on four running systems and a real Airflow, told in real figures.

Environment: SIZE (customers, 2000), SEED (7), LIMITS (off: any number of requests), SPEED (how much
faster the systems' clock runs, 300), EXECUTOR (``celery``: as docker-compose.yml says, on PostgreSQL
and Redis; else ``local``), SANDBOX_PORT and AIRFLOW_PORT (0: any free one), DEMO_VAR (its folder, made
anew each time), CI or ONCE (end when the story is told). Ctrl-C ends it, whenever, and with exit code 0.
"""

import json
import logging
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import structlog
from rich.console import Console

from demo.earnest import in_earnest
from demo.harm import harm
from demo.judge import Judge
from demo.rounds import Rounds, RunFailed
from demo.screen import failures, tell
from demo.stage import (
    EXECUTORS,
    FINANCE,
    Connections,
    Ground,
    Sandbox,
    Settings,
    embedded,
    start_sandbox,
)
from demo.story import Story
from demo.tryton import instead_of_moneybird, start_tryton
from hub.flow.hub import Hub, open_hub
from supervisor.processes import Supervisor
from supervisor.terminal import until_ctrl_c

WIDTH = 150
"""Columns where the output is no terminal."""
ROOT = Path(__file__).resolve().parents[1]


def settings() -> Settings:
    """What the environment asks for."""
    read = os.environ.get
    return Settings(
        Path(read("DEMO_VAR") or ROOT / "var" / "demo").resolve(),
        int(read("SIZE") or 2000),
        int(read("SEED") or 7),
        read("LIMITS") != "off",
        float(read("SPEED") or 300),
        int(read("SANDBOX_PORT") or 0),
        int(read("AIRFLOW_PORT") or 0),
        read("FINANCE") or "moneybird",
        int(read("TRYTON_PORT") or 0),
        read("EXECUTOR") or "local",
    )


class Progress:
    """One line at a time, with the seconds gone; on a terminal the running line is rewritten."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.began = time.monotonic()
        self.status = console.status("") if console.is_terminal else None

    def step(self, text: str) -> None:
        """A new step begins."""
        self.console.print(f"[dim]{time.monotonic() - self.began:5.0f} s[/]  {text}")

    def detail(self, text: str) -> None:
        """Where the present step is."""
        if self.status:
            self.status.update(text)
            self.status.start()

    def quiet(self) -> None:
        """Take the running line away."""
        if self.status:
            self.status.stop()


def play(parts: Supervisor, ground: Ground, chosen: Settings, console: Console) -> int:
    """Set the stage, tell the story, and (on a terminal) stay up."""
    progress = Progress(console)
    progress.step(
        f"Starting the departments' systems: {chosen.size} customers, clock {chosen.speed:g} times as fast"
    )
    sandbox = start_sandbox(parts, chosen)
    hub_in, people_in, judge = departments(parts, chosen, sandbox, progress)
    progress.step(f"Starting Airflow, {chosen.executor} executor")
    airflow = ground.start(parts, hub_in)
    with hub_here(chosen, ground.store, hub_in) as hub:
        rounds = Rounds(parts, airflow.rest, hub, sorted(hub_in), progress.detail)
        judged = partial(harm, chosen, sandbox.people_at)
        story = Story(hub, rounds, judge, people_in, progress.step, judged)
        _tell(story, progress)
    progress.quiet()
    story.report["seconds"] = round(time.monotonic() - progress.began, 1)
    (chosen.var / "report.json").write_text(
        json.dumps(story.report, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
    tell(console, story.report)
    broken = list(failures(story.report))
    for one in broken:
        console.print(f"[red]Not as promised:[/] {one}")
    console.print(f"The same figures: {chosen.var / 'report.json'}")
    if not broken and stays_up():
        console.print(f"\nAirflow: {airflow.url}   login admin, password {airflow.password}")
        console.print("Ctrl-C ends everything.")
        parts.wait()
    return 1 if broken else 0


def departments(
    parts: Supervisor, chosen: Settings, sandbox: Sandbox, progress: Progress
) -> tuple[Connections, Connections, Judge]:
    """How the hub and how people get into every system, and who judges; finance is what was chosen."""
    hub_in, people_in = (sandbox.connections(chosen.pace, actor) for actor in ("hub", "human"))
    judge = Judge(sandbox)
    if chosen.finance == "moneybird":
        return hub_in, people_in, judge
    tryton = start_tryton(
        parts,
        chosen.var / "tryton",
        chosen.tryton_port,
        hub_in["moneybird"],
        judge.truth(),
        progress.step,
    )
    return (
        instead_of_moneybird(hub_in, tryton.connection()),
        instead_of_moneybird(people_in, tryton.connection("human")),
        Judge(sandbox, (tryton,)),
    )


def _tell(story: Story, progress: Progress) -> None:
    progress.step("Creating the custom fields the hub writes")
    story.provision()
    progress.step("Pulling all systems, recognising who is who, composing golden records")
    story.first_pull()
    progress.step("The first load is held; a person looks and approves")
    for one in story.approve():
        progress.step(f"  {one['system']}: {one['changes']} changes released ({one['reasons'][0]})")
    progress.step("Seeing back what was written")
    story.settle()
    progress.step("Somebody in Sales edits a customer")
    story.edit()
    progress.step("A sync with no edits")
    story.second_sync()


@contextmanager
def hub_here(chosen: Settings, store: str, connections: Connections) -> Iterator[Hub]:
    """The hub the DAGs use, opened in this process to look at."""
    os.environ["KLANTBEELD_SYSTEMS"] = ",".join(sorted(connections))
    os.environ["KLANTBEELD_REPORTS"] = str(chosen.var / "reports")
    hub = open_hub(connections, store=store)
    try:
        yield hub
    finally:
        hub.store.close()


def stays_up() -> bool:
    """On a terminal the demo stays until Ctrl-C, unless CI or ONCE is set."""
    return sys.stdout.isatty() and not (os.environ.get("CI") or os.environ.get("ONCE"))


def main() -> int:
    """Tell the story once from a clean slate."""
    chosen = settings()
    _must_be_one_of("FINANCE", chosen.finance, FINANCE)
    _must_be_one_of("EXECUTOR", chosen.executor, EXECUTORS)
    shutil.rmtree(chosen.var, ignore_errors=True)
    chosen.var.mkdir(parents=True, mode=0o700)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    stands_on = in_earnest if chosen.executor == "celery" else embedded
    with until_ctrl_c(), stands_on(chosen) as ground, Supervisor(chosen.var / "logs") as parts:
        try:
            return play(parts, ground, chosen, console)
        except RunFailed as error:
            console.print(f"[red]{error}[/]\nLogs: {chosen.var}/logs")
            return 1
    return 0


def _must_be_one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        sys.exit(f"{name}: unknown {value!r}. Choose one of {', '.join(known)}")


if __name__ == "__main__":
    sys.exit(main())
