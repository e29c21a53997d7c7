"""Starts, watches and stops the processes that together make one running Klantbeeld."""
