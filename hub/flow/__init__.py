"""The verbs, and the one door to them for DAGs, command line and API."""
