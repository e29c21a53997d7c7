"""Schemas and verdicts: judges of records, of files people write, and of whole batches. Knows no vendor."""
