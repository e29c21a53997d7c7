"""Who is at the door, what he may, and what is written down of it."""
