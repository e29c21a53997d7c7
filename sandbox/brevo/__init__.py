"""Brevo's contacts API v3, as its public documents describe it."""
