"""When things run: schedules, retries, owners and order. What they do stands in ``hub.flow``."""
