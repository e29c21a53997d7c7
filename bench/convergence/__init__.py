"""A simulated world of systems and people, whose own journal judges the hub's write-back rules."""
