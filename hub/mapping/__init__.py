"""The department's mapping: one declaration, read and written through the same line. Pure."""
