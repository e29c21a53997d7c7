"""What every phase speaks: instants, record keys, values."""
