"""Sets made to be dirty, thin, foreign or near in ways of their own; nothing of the engine is tuned to them.

Neither their words nor their slips are the sandbox's. One module a set: ``parts(records, seed)`` and
``ROLES``.
"""
