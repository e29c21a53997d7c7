"""What HubSpot can do, and the properties we ask it for.

Source: HubSpot's API reference 2026-09 (CRM objects, search, batch, properties, usage guidelines).
"""

from datetime import timedelta

from connectors.contract import Capabilities, Limit, ObjectSheet
from connectors.shape import listed

OBJECTS = "/crm/objects/2026-09"
PROPERTIES = "/crm/properties/2026-09"
BATCH = 100
SEARCH_PAGE = 200
LIST_PAGE = 100
WITH_HISTORY = 50
"""The most records a page or a batch may hold where the history of properties is asked for."""

CHANGED = {"contacts": "lastmodifieddate", "companies": "hs_lastmodifieddate"}
"""The property that says when a record last changed; contacts have a name of their own for it."""

GROUPS = {"contacts": "contactinformation", "companies": "companyinformation"}
"""The property group that ours are in: HubSpot's own, made anew where an account has it no more."""

_CONTACT = (
    "email,hs_additional_emails,firstname,lastname,salutation,jobtitle,company,phone,mobilephone,address,city,zip,state,"
    "country,website,hs_language,lifecyclestage,hs_lead_status,hubspot_owner_id,hs_email_optout,"
    "associatedcompanyid,date_of_birth,createdate,lastmodifieddate,hs_object_id,hs_merged_object_ids"
)
_COMPANY = (
    "name,domain,website,phone,address,address2,city,zip,state,country,industry,numberofemployees,"
    "annualrevenue,lifecyclestage,hubspot_owner_id,createdate,hs_lastmodifieddate,hs_object_id,"
    "hs_merged_object_ids"
)
ASKED = {"contacts": listed(_CONTACT), "companies": listed(_COMPANY)}
"""The standard properties of each object; custom ones come from the connection's options."""

SHEET = Capabilities(
    visibility_lag=timedelta(seconds=10),
    horizon=timedelta(minutes=5),  # more than the search index's lag
    clears_with="empty",
    concurrency="compare",
    idempotency="none",
    limits=(
        Limit("account", 100, timedelta(seconds=10)),
        Limit("/search", 4, timedelta(seconds=1)),
    ),
    objects={
        "contacts": ObjectSheet(
            incremental="timestamp",
            precision=timedelta(milliseconds=1),
            result_cap=10_000,
            deletes=frozenset({"flag", "merge_pointer", "snapshot"}),
            writable=True,
            creatable=True,
            batch_size=BATCH,
            findable=frozenset({"properties.email", "properties.golden_id"}),
            references={"properties.associatedcompanyid": "companies"},
            unique=frozenset({"properties.email"}),
            page="https://app.hubspot.com/contacts/{portal_id}/record/0-1/{key}",
            page_at="hubapi.com",
        ),
        "companies": ObjectSheet(
            incremental="timestamp",
            precision=timedelta(milliseconds=1),
            result_cap=10_000,
            deletes=frozenset({"flag", "merge_pointer", "snapshot"}),
            writable=True,
            creatable=True,
            batch_size=BATCH,
            findable=frozenset({"properties.domain", "properties.name", "properties.golden_id"}),
            page="https://app.hubspot.com/contacts/{portal_id}/record/0-2/{key}",
            page_at="hubapi.com",
        ),
    },
)
