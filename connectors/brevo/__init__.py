"""Brevo, API v3: contacts."""
