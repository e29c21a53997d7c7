"""The only SQL. Every function takes an open connection; the flow decides where a transaction ends."""
