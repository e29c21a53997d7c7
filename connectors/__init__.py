"""Connectors: the code that speaks one system's API, and knows nothing of customers."""
