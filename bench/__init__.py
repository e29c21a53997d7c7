"""Measurements of the product, run by hand or by CI, never as timed tests: ``python -m bench``."""
