"""``klantbeeld refused``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hub.cli import screen
from hub.cli.options import Json, Language, Limit, Store, System
from hub.cli.words import value, when

if TYPE_CHECKING:
    from hub.views.refused import Refused
    from hub.views.sentences import Sentences


def refused(
    system: System = None, limit: Limit = 20, lang: Language = "en", json: Json = False, store: Store = None
) -> None:
    """What a system does not take: whose value, its own words, who has that value, and what to do about it.

    Listed is what is still wanted there; the last line of each says when it is offered again by itself. The
    values are people's: they are shown to you and written to no log. Exit code 0, be anything refused or not.

    Example: klantbeeld refused zendesk --limit 5

    Example: klantbeeld refused --lang nl
    """
    from hub.cli.opening import chosen, opened
    from hub.views.refused import refused as view
    from hub.views.sentences import sentences

    with opened(store) as hub:
        found = view(hub, chosen(hub, system), limit, lang)
    if json:
        screen.answer(found)
        return
    words = sentences(lang)
    tell(found.refused, words)
    if not found.total:
        screen.say(words("refused.none"))
        return
    screen.say(words("refused.total", listed=len(found.refused), total=found.total))
    if len(found.refused) < found.total:
        screen.say(words("more"))


def tell(some: Iterable["Refused"], words: "Sentences") -> None:
    """Each in a few lines: who, what, why, and what to do."""
    for one in some:
        record = one.record or f"{one.system}: {words('new')}"
        screen.show(f"{one.customer}  {record}  {one.golden_id}", "bold")
        for field in one.fields:
            both = {"before": value(field.before, words), "after": value(field.after, words)}
            screen.show("  " + words("refused.line", field=words.field(field.name), **both))
        screen.show("  " + words("refused.since", system=one.title, at=when(one.at)))
        said = words("refused.said", system=one.title, said=one.said or words("refused.silent"))
        screen.show(f"  {one.seen or said}")
        if one.holder:
            screen.show("  " + words("refused.holder", holder=one.holder, customer=one.holder_name))
        screen.show("  " + words("refused.todo", todo=one.todo))
        screen.show("  " + words("refused.again", again=one.again))
        screen.show()
