"""Are the stand-ins what they stand in for? Held against the vendors' own SDKs and their own documents.

Apart from ``make test``: see docs/explanation/fidelity.md.
"""
