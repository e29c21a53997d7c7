"""Moneybird's bookkeeping API, version 2: contacts, contact people, custom fields and sales invoices."""
