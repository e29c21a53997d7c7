"""The judge: what became of what people did, by the driver's own journal and the systems' true state."""
