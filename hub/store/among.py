"""Whether a column holds one of many values: they go as one parameter, so a long list is no longer text."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine

from hub.store.form import dump


class _Listed(TypeDecorator[Any]):
    """An array where the database has those, else a list in JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        listed = ARRAY(self.of) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(listed)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else dump(value)


class _Among(FunctionElement[bool]):
    # Not Boolean: beside another condition SQLAlchemy would write "= 1" after it, and no index would help.
    type: TypeEngine[Any] = NullType()
    inherit_cache = True


@compiles(_Among, "postgresql")
def _postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY({values})"


@compiles(_Among, "sqlite")
def _sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  (names and marks only)


def among(column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """The rows whose ``column`` is one of ``values``, however many those are."""
    return _Among(column, bindparam(None, list(values), type_=_Listed(column.type)))
