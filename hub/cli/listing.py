"""Several customers to choose from, for a terminal."""

from typing import TYPE_CHECKING

from hub.cli import screen
from hub.cli.words import when
from hub.views.sentences import Sentences

if TYPE_CHECKING:
    from hub.views.find import Found


def choose(found: "Found", words: Sentences) -> None:
    """List them, with what tells namesakes apart."""
    rows = [
        (
            *(one.name, words("show.otherwise") if one.otherwise else "", one.town, one.email),
            *(words(f"kind.{one.kind}"), ", ".join(one.systems), when(one.changed_at), one.golden_id),
        )
        for one in found.hits
    ]
    head = ("name", "", "town", "email", "kind", "systems", "changed", "golden")
    screen.table("", [words(f"head.{one}") if one else "" for one in head], rows)
    if len(found.hits) == 1 and not found.more:
        screen.say(words("show.one", golden_id=found.hits[0].golden_id))
        return
    screen.say(" ".join([words("show.several"), *([words("show.more")] if found.more else [])]))
