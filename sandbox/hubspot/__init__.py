"""HubSpot's CRM, as its public API documents it: ``/crm/objects/2026-09`` and the older paths."""
