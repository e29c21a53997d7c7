"""The real Tryton as finance system: parties and invoices, on SQLite, in a venv and a folder of its own."""
