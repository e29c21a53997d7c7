"""The tables, by phase. Instants are texts that sort; documents are JSON texts; nothing is SQLite-only."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Serial = BigInteger().with_variant(Integer, "sqlite")
Instant = String(27)
Name = String(64)
Key = String(255)
Word = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Sorted by its letters alone, so that an index finds what begins with some."""

run = Table(
    "run",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("verb", Name, nullable=False),
    Column("system", Name),
    Column("began", Instant, nullable=False, index=True),
    Column("ended", Instant),
    Column("state", Name, nullable=False),
    Column("counts", Text, nullable=False),
    Column("error", Text),
    Column("since", Instant),
    Index(
        "ix_run_running",
        "system",
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
)

watermark = Table(
    "watermark",
    metadata,
    Column("system", Name, primary_key=True),
    Column("object", Name, primary_key=True),
    Column("cursor", Text),
    Column("complete_at", Instant),
    Column("anew", Boolean, nullable=False, server_default=false()),
)

mapping_file = Table(
    "mapping_file",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("name", Name, nullable=False),
    Column("text", Text, nullable=False),
    Column("print", String(64), nullable=False),
    Column("activated_at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", Name, nullable=False),
    Column("moved", BigInteger, nullable=False, server_default="0"),
    Index("ix_mapping_file_name", "name", "id"),
)

raw_record = Table(
    "raw_record",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("system", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("key", Key, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("stamp", String(40)),
    Column("version", Text),
    Column("deleted", Boolean, nullable=False),
    Column("merged_into", Text),
    Column("parent", Text),
    Column("read_at", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("told", Text, nullable=False, server_default="{}"),
    UniqueConstraint("system", "object", "key"),
    Index("ix_raw_record_pending", "system", "object", "pending"),
    Index("ix_raw_record_parent", "system", "object", "parent"),
)

raw_version = Table(
    "raw_version",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("system", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("key", Key, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("run_id", String(36), nullable=False),
    Index("ix_raw_version_key", "system", "object", "key"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("system", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("raw_key", Key, nullable=False),
    Column("kind", Name, nullable=False),
    Column("key", Key, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("run_id", String(36), nullable=False),
    Column("field", Name, nullable=False, server_default=""),
    Column("accepted", Text),
    UniqueConstraint("system", "kind", "key", "field"),
    Index("ix_quarantine_raw", "system", "object", "raw_key"),
)

drift = Table(
    "drift",
    metadata,
    Column("system", Name, primary_key=True),
    Column("object", Name, primary_key=True),
    Column("path", Key, primary_key=True),
    Column("since", Instant, nullable=False),
)

refusal = Table(
    "refusal",
    metadata,
    Column("system", Name, primary_key=True),
    Column("kind", Name, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("field", Name, primary_key=True),
    Column("address", String(320), primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)

source_record = Table(
    "source_record",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("system", Name, nullable=False),
    Column("kind", Name, nullable=False),
    Column("key", Key, nullable=False),
    Column("object", Name, nullable=False),
    Column("raw_key", Key, nullable=False),
    Column("cells", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("works_for", String(400), index=True),
    Column("notes", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    UniqueConstraint("system", "kind", "key"),
    Index("ix_source_record_raw", "system", "object", "raw_key"),
)

due = Table(
    "due",
    metadata,
    Column("record_id", Serial, primary_key=True, autoincrement=False),
    Column("change", BigInteger, nullable=False),
    Column("evidence", BigInteger),
)

crosswalk = Table(
    "crosswalk",
    metadata,
    Column("record_id", Serial, ForeignKey("source_record.id"), primary_key=True, autoincrement=False),
    Column("golden_id", String(36), nullable=False, index=True),
    Column("since", Instant, nullable=False),
)

redirect = Table(
    "redirect",
    metadata,
    Column("old", String(36), primary_key=True),
    Column("new", String(36), nullable=False, index=True),
    Column("at", Instant, nullable=False),
)

identity_event = Table(
    "identity_event",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("what", Name, nullable=False),
    Column("golden_id", String(36), nullable=False, index=True),
    Column("other", String(36)),
)

description = Table(
    "description",
    metadata,
    Column("record_id", Serial, ForeignKey("source_record.id"), primary_key=True, autoincrement=False),
    Column("kind", Name, nullable=False, index=True),
    Column("documents", Text, nullable=False),
    Column("keys", Text, nullable=False),
    Column("words", Text, nullable=False, server_default="[]"),
)

name_word = Table(
    "name_word",
    metadata,
    Column("word", Word, primary_key=True),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

blocking_key = Table(
    "blocking_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

crowd = Table(
    "crowd",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
)

edge = Table(
    "edge",
    metadata,
    Column("low_id", Serial, ForeignKey("source_record.id"), primary_key=True, autoincrement=False),
    Column("high_id", Serial, ForeignKey("source_record.id"), primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("verdict", Name, nullable=False),
    Index("ix_edge_high_id", "high_id"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("low", String(400), nullable=False, index=True),
    Column("high", String(400), nullable=False, index=True),
    Column("same", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

golden = Table(
    "golden",
    metadata,
    Column("golden_id", String(36), primary_key=True),
    Column("kind", Name, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("systems", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("run_id", String(36), nullable=False, server_default=""),
    Column("retired_at", Instant),
    Column("disputed", Boolean, nullable=False, server_default=false()),
    # In each database the words a query is written in there: another wording, and it is not used.
    Index(
        "ix_golden_disputed",
        "golden_id",
        sqlite_where=text("disputed = 1"),
        postgresql_where=text("disputed"),
    ),
    Index("ix_golden_changed_at_golden_id", "changed_at", "golden_id"),
    Index(
        "ix_golden_retired",
        "retired_at",
        "golden_id",
        sqlite_where=text("retired_at IS NOT NULL"),
        postgresql_where=text("retired_at IS NOT NULL"),
    ),
)

golden_version = Table(
    "golden_version",
    metadata,
    Column("golden_id", String(36), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("provenance", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("run_id", String(36), nullable=False),
)

pin = Table(
    "pin",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("golden_id", String(36), nullable=False, index=True),
    Column("field", Name, nullable=False),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
    Column("withdrawn_at", Instant),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("record_id", Serial, ForeignKey("source_record.id"), nullable=False, index=True),
    Column("field", Name, nullable=False),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

publish_queue = Table(
    "publish_queue",
    metadata,
    Column("system", Name, primary_key=True),
    Column("golden_id", String(36), primary_key=True),
    Column("queued_at", Instant, nullable=False),
    Column("mark", String(36), nullable=False, server_default=""),
)

plan = Table(
    "plan",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("system", Name, nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("run_id", String(36), nullable=False),
    Column("counts", Text, nullable=False),
)

hold = Table(
    "hold",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("plan_id", String(36), ForeignKey("plan.id"), nullable=False),
    Column("system", Name, nullable=False, index=True),
    Column("reasons", Text, nullable=False),
    Column("state", Name, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("who", Text),
    Column("why", Text),
    Column("decided_at", Instant),
    Column("read_at", Instant),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("plan_id", String(36), ForeignKey("plan.id"), nullable=False),
    Column("system", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("golden_id", String(36), nullable=False, index=True),
    Column("record_id", Serial),
    Column("raw_key", Key),
    Column("action", Name, nullable=False),
    Column("fields", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("state", Name, nullable=False),
    Column("hold_id", String(36)),
    Column("made_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("answered_at", Instant),
    Column("message", Text, nullable=False),
    Column("chained", Boolean, nullable=False, server_default=false()),
    Index("ix_outbox_turn", "system", "state", "object", "made_at", "id"),
    Index("ix_outbox_record", "record_id", "state"),
    Index("ix_outbox_plan", "plan_id", "state"),
    Index("ix_outbox_hold", "hold_id"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("outbox_id", String(36), ForeignKey("outbox.id"), nullable=False),
    Column("system", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("raw_key", Key, nullable=False),
    Column("field", Name, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Name, nullable=False),
    Column("effect", Name, nullable=False, server_default=""),
    Index("ix_ledger_record", "system", "object", "raw_key"),
    Index("ix_ledger_day", "system", "at"),
)

token = Table(
    "token",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("who", Text, nullable=False),
    Column("role", Name, nullable=False),
    Column("department", Name, nullable=False),
    Column("scope", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

trail = Table(
    "trail",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Name, nullable=False),
    Column("what", Name, nullable=False),
    Column("about", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_trail_about", "about"),
)

trail_head = Table(
    "trail_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("golden_id", String(36), nullable=False, index=True),
    Column("field", Name, nullable=False),
    Column("value", Text, nullable=False),
    Column("owner", Name, nullable=False),
    Column("who", Text, nullable=False),
    Column("department", Name, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Name, nullable=False),
    Column("decided_by", Text),
    Column("decided_why", Text),
    Column("decided_at", Instant),
    Index("ix_proposal_state", "state", "at"),
)
