"""Do no harm, II, measured: people who edit in four systems, and whether what they did is what counts."""
