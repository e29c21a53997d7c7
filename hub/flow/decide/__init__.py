"""What people decide: who is who, and what may be sent."""
