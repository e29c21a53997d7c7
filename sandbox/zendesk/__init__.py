"""Zendesk Support's API v2, as its public documents describe it."""
