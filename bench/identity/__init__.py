"""Who is who, against the truth: sets of records with their truth, our engine on them, and plain Splink."""
