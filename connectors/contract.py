"""The one contract between the hub and every connector, for reading and for writing.

A connector is a declaration (its capability sheet) and a few verbs. It keeps no state, reads no
environment and catches nothing: :mod:`connectors.http` sorts what goes wrong into
:mod:`connectors.errors`, and the hub decides what to do about it.

Shapes only; no vendor and no customer is named here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

Json = dict[str, Any]
"""A JSON object as received or to be sent."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a system lives and how to get in; from an Airflow connection, never from a file."""

    base_url: str
    secret: str = field(repr=False)
    login: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Extra settings a vendor needs, such as Moneybird's ``administration_id``."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as the system gave it."""

    key: str
    """The system's own id, always as text."""
    data: Json = field(repr=False)
    """The record as received (the object itself, without its envelope), but for :attr:`ObjectSheet.sparse`.

    A key that is absent was not shown and says nothing; null or empty means empty.
    """
    stamp: str | None = None
    """When the system says it last changed: RFC 3339 in UTC, ``2026-11-22T10:00:00.000000Z``."""
    version: str | None = None
    """The system's own version token for compare-and-set, where it has one."""
    deleted: bool = False
    """The system says the record is gone (archived, deleted, erased)."""
    merged_into: str | None = None
    """The key of the record that this one is part of by now, where the system says so: one that was there
    before, or a new one. Where the new record itself tells, this comes with it wherever that is read."""
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Path (dotted, as in ``data``) → when the system's own history of that field says it took its present
    value, in the form of ``stamp``. Empty where the system keeps none, or was not asked for it."""
    earlier: Mapping[str, tuple[tuple[Any, str], ...]] = field(default_factory=dict, repr=False)
    """Path (dotted) → what stood there before that, each with since when, the newest first: the last few
    values of the same history."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought. The hub stores ``records`` and ``cursor`` in one transaction."""

    records: tuple[RawRecord, ...]
    offered: int
    """How many items the system's answer held; the hub's counts must add up to it."""
    cursor: Json
    """Opaque; given back to :meth:`Connector.pull` it continues after this page, now or next week."""
    last: bool
    """True on the page that completes this pull; a pull that ends without one is incomplete."""


@dataclass(frozen=True, slots=True)
class Write:
    """One record's changes for one system."""

    ref: str
    """The hub's own id of this write, unique for ever; echoed in the receipt. Usable as idempotency key."""
    key: str | None
    """The record to change, or None to create one."""
    data: Json = field(repr=False)
    """Only what changes, nested as in :attr:`RawRecord.data`; None at a path means: empty it."""
    seen: RawRecord | None = field(default=None, repr=False)
    """The record as re-read just before this write; carries ``version`` for compare-and-set."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The system's answer to one :class:`Write`."""

    ref: str
    status: Literal["done", "refused", "conflict", "gone", "unsure"]
    """``done``: stored. ``refused``: the content was rejected. ``conflict``: somebody was faster.
    ``gone``: the record no longer exists. ``unsure``: no answer came; it may have landed."""
    key: str | None = None
    """The record's key; for a create, the new one."""
    stamp: str | None = None
    """The record's own last-modified after the write, where the answer shows it."""
    message: str = ""
    """The system's own words for a refusal, without values."""
    record: RawRecord | None = field(default=None, repr=False)
    """The whole record as it stands after the write, where the very answer to the write shows all that a
    :meth:`Connector.fetch` of it would; else None."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` requests per ``per``, counted over ``scope``."""

    scope: str
    count: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class ObjectSheet:
    """What a connector can do with one kind of record (contacts, users, tickets)."""

    incremental: Literal["timestamp", "cursor", "snapshot_diff"]
    inclusive: bool = True
    """Whether "changed since" includes the boundary itself."""
    precision: timedelta = timedelta(seconds=1)
    """The resolution of the system's own stamps; a pull overlaps by at least this much."""
    result_cap: int | None = None
    """The most results one query gives, however it is paged."""
    deletes: frozenset[Literal["flag", "merge_pointer", "snapshot"]] = frozenset()
    writable: bool = False
    creatable: bool = False
    batch_size: int = 1
    """Records the hub looks at and writes at a time; one ready, one fetch and one push go with each batch."""
    findable: frozenset[str] = frozenset()
    """Paths (dotted, as in ``RawRecord.data``) that :meth:`Connector.find` can look up."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Path → object: fields that hold another record's key."""
    unique: frozenset[str] = frozenset()
    """Paths (dotted) whose values no two records of this object may share: the system refuses the second."""
    sparse: frozenset[str] = frozenset()
    """Paths (dotted) of objects in which the system leaves out whatever is empty.

    There the connector itself puts None for every field that the account has and the record leaves out,
    if the answer shows the record whole; nothing into a partial one. A field that the account has no more
    stays absent. So one rule holds everywhere: absent says nothing, None or empty means empty.
    """
    page: str = ""
    """The address of a record's page in the vendor's own application, with ``{key}``, ``{host}`` and the
    names of the connection's options in it; empty: none is known."""
    page_at: str = ""
    """The domain a connection must lead to for that application to be there."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A connector's sheet: what the hub must know of the system before it plans anything."""

    visibility_lag: timedelta
    """How long after a write the system's own listing may still show the old value."""
    clears_with: Literal["null", "empty"]
    """How the system wants a field emptied; the connector translates None to it."""
    concurrency: Literal["version", "compare"]
    """``version``: the system rejects a stale write itself. ``compare``: the hub re-reads just before."""
    idempotency: Literal["header", "none"]
    limits: tuple[Limit, ...]
    objects: Mapping[str, ObjectSheet]
    horizon: timedelta = timedelta(minutes=10)
    """How long after its own stamp a change may come to be listed: the longest transaction, where a stamp is
    its beginning and the change shows at its end; the longest lag of an index. A pull asks for all that
    changed since the last one began, less this; what was read before costs a fingerprint. What comes later
    still is found by the sweep, where it is new, and by a pull of everything. The connection's option
    ``horizon`` (minutes) replaces it, see :func:`connectors.access.horizon`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing :meth:`Connector.check` looked at, and what to do where it is wrong."""

    what: str
    ok: bool
    remedy: str = ""


@runtime_checkable
class KeepsHistory(Protocol):
    """A connector of a system that keeps when each field got its value."""

    def with_history(self, obj: str, records: Sequence[RawRecord]) -> list[RawRecord]:
        """These records as they are now, with that: :attr:`RawRecord.typed`, :attr:`RawRecord.earlier`."""
        ...


class Connector(Protocol):
    """Reads and writes one system. Built as ``SomeConnector(connection)``; see :mod:`connectors.registry`."""

    name: ClassVar[str]
    sheet: ClassVar[Capabilities]

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """Yield every record of ``obj`` changed since ``cursor`` (all, when None), page by page.

        A record may be offered twice; none may be missed. Where nothing changed it yields one
        empty last page after one request. Each page's cursor is safe to resume from.
        """
        ...

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """Yield the keys of every record that exists now, in batches; what is missing was deleted."""
        ...

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read records by key, now, bypassing any lag; keys that do not exist are absent.

        With a record come those that were merged into it (:attr:`RawRecord.merged_into`).
        """
        ...

    def ready(self, obj: str, count: int) -> None:
        """Wait until a look at ``count`` records and a write of them fit the system's limits together.

        Those requests are counted now, so that neither :meth:`fetch` nor :meth:`push` waits again: what was
        looked at is written before it grows old. Nor is one of them sent again by itself; it raises at once,
        and the caller looks again before it writes again. What the system then asks to wait is waited for
        here, the next time. Raises Transient where that is longer than is sane.
        """
        ...

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """Look records up by a findable path, before creating one: value → records that hold it."""
        ...

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """Send writes; every one gets exactly one receipt, matched by ``ref``.

        At most ``batch_size`` writes are given at a time. One refused write does not stop others.
        """
        ...

    def check(self) -> list[Finding]:
        """Probe credentials, scopes and account settings the connector depends on."""
        ...

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Create the custom fields the hub writes (by vendor field name), where they are missing."""
        ...
