"""Moneybird, API v2: contacts and sales invoices of one administration."""
