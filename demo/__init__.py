"""The main job told in real figures: ``make demo``."""
