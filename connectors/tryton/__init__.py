"""Tryton, through its JSON-RPC: parties with all that belongs to them, and invoices."""
