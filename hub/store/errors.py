"""What the database says when it cannot be used, without the values a statement held."""

from sqlalchemy.exc import OperationalError, SQLAlchemyError

StoreFault = SQLAlchemyError
"""Anything the store's database, or the way to it, can raise."""


def said(error: SQLAlchemyError) -> str:
    """The fault in one line. Only where the way to the database is at fault are its own words safe."""
    words = str(error.orig).strip().splitlines() if isinstance(error, OperationalError) else []
    return f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
