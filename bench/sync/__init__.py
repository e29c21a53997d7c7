"""The syncs of a whole hub, against stand-ins in a process of their own."""
