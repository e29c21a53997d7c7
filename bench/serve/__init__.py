"""The API, measured as programs ask it."""
