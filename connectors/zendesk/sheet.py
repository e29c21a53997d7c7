"""What Zendesk can do. Source: Zendesk's API reference (ticketing) and its rate limit pages."""

from datetime import timedelta

from connectors.contract import Capabilities, Limit, ObjectSheet

API = "/api/v2"
BATCH = 100
EXPORT_PAGE = 1000
LIST_PAGE = 100
SINGULAR = {"users": "user", "organizations": "organization", "tickets": "ticket"}

SHEET = Capabilities(
    visibility_lag=timedelta(seconds=60),
    horizon=timedelta(0),  # its exports hold back the last minute, and go on by cursors of their own
    clears_with="null",
    concurrency="compare",
    idempotency="none",
    limits=(
        Limit("account", 200, timedelta(minutes=1)),
        Limit("/incremental/", 10, timedelta(minutes=1)),
    ),
    objects={
        "users": ObjectSheet(
            incremental="cursor",
            deletes=frozenset({"flag", "snapshot"}),
            writable=True,
            creatable=True,
            batch_size=BATCH,
            findable=frozenset({"email", "external_id"}),
            references={"organization_id": "organizations"},
            unique=frozenset({"email", "external_id"}),
            page="https://{host}/agent/users/{key}",
            page_at="zendesk.com",
        ),
        "organizations": ObjectSheet(
            incremental="timestamp",
            deletes=frozenset({"flag", "snapshot"}),
            writable=True,
            creatable=True,
            batch_size=BATCH,
            findable=frozenset({"name", "external_id"}),
            unique=frozenset({"name", "external_id"}),
            page="https://{host}/agent/organizations/{key}",
            page_at="zendesk.com",
        ),
        "tickets": ObjectSheet(
            incremental="cursor",
            deletes=frozenset({"flag"}),
            references={"requester_id": "users", "organization_id": "organizations"},
        ),
    },
)
