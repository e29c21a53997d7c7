"""Why two are one customer, or two, on the screen: rows of a file and stored records alike."""

from typing import TYPE_CHECKING

from hub.cli import screen
from hub.views.sentences import Sentences

if TYPE_CHECKING:
    from hub.identity.explaining import Why


def show(why: "Why", words: Sentences) -> None:
    """The verdict, what it was held against, finding by finding, and what would change it."""
    from hub.views.explained import explained

    told = explained(why, words)
    screen.show(told.verdict, style="bold")
    screen.show(told.bar)
    screen.table("", (words("head.bits"), ""), [(f"{one.bits:+.2f}", one.sentence) for one in told.lines])
    for note in told.notes:
        screen.show(note)
