"""What the hub's writes did to people's own values, by the truth the sandbox keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from bench.harm.judge import APART
from bench.harm.tally import brief, figures
from bench.harm.truth import about, truths
from bench.harm.verdict import JUDGES
from bench.harm.writes import judged, shelf
from demo.stage import Settings
from sandbox.core.journal import Entry
from sandbox.people import population

Json = dict[str, Any]
MOST = 20_000
"""Customers beyond whom the truth is not made once more beside everything else that runs."""


def harm(settings: Settings, people_at: Any, journal: Iterable[Mapping[str, Any]]) -> Json | None:
    """Every value the hub wrote into a person's record that was there; None where there are too many.

    What the systems' people have typed since the start is taken as it was typed.
    """
    if settings.size > MOST:
        return None
    people = population(settings.size, settings.seed, people_at)
    told = shelf(people)
    steps = told.turn(Entry(**line) for line in journal)
    written = [one for one in judged(steps, about(people), truths(people)) if one.field not in APART]
    whole = figures(written)
    return {judge: {**brief(judge, written), "kinds": whole[judge]["kinds"]} for judge in JUDGES}
