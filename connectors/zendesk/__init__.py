"""Zendesk Support, API v2: users, organizations and tickets."""
