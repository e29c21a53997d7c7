"""From golden records to the systems: planned, looked at once more, sent, compared."""
