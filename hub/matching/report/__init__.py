"""A match as one page to read: what was read and found, and where it may be wrong."""
