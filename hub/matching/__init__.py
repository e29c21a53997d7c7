"""Who is who in a file, and weights learnt from one: no system is connected."""
