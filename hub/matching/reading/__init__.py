"""How a file is read before anybody is matched: its bytes, its lines, its columns and its cells."""
