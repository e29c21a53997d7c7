"""HubSpot CRM, API version 2026-09: contacts and companies."""
