"""Harm: every value the hub writes over somebody's own, judged by the truth the sandbox keeps."""
