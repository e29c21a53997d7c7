"""From golden value to system: what would be written, what is held, what was answered. Pure."""
