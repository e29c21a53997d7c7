"""Finding golden ids by the words their records are called by: by an index, whatever is stored."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, func, intersect, or_, select

from hub.store.tables import crosswalk, name_word

LAST = "\N{LATIN SMALL LETTER Z}\U0010ffff"
"""Sorts behind every letter that may follow a beginning."""


def called(connection: Connection, words: Sequence[Collection[str]], limit: int) -> list[str]:
    """Golden ids that have each of these words, in one spelling of it or another."""
    return _all_of(connection, [name_word.c.word.in_(sorted(forms)) for forms in words], limit)


def beginning(connection: Connection, words: Sequence[Collection[str]], limit: int) -> list[str]:
    """Golden ids that for each of these have a word that begins so."""
    return _all_of(connection, [or_(*map(_begins, sorted(forms))) for forms in words], limit)


def _begins(part: str) -> ColumnElement[bool]:
    return (name_word.c.word >= part) & (name_word.c.word < part + LAST)


def _all_of(connection: Connection, wanted: Sequence[ColumnElement[bool]], limit: int) -> list[str]:
    if not wanted:
        return []
    each = [
        select(crosswalk.c.golden_id)
        .join(name_word, name_word.c.record_id == crosswalk.c.record_id)
        .where(one)
        for one in wanted
    ]
    found = intersect(*each).subquery() if len(each) > 1 else each[0].distinct().subquery()
    return list(connection.scalars(select(found.c.golden_id).order_by(found.c.golden_id).limit(limit)))


def vocabulary_with(connection: Connection, part: str, limit: int) -> list[str]:
    """Words in use that hold a part: each word is looked at once, however many are called so."""
    word = name_word.c.word
    first = select(func.min(word).label("word")).cte("each", recursive=True)
    after = select(func.min(word)).where(word > first.c.word).correlate(first).scalar_subquery()
    each = first.union_all(select(after).where(first.c.word.is_not(None)))
    held = each.c.word.contains(part, autoescape=True)
    return list(connection.scalars(select(each.c.word).where(held).limit(limit)))
