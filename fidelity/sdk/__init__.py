"""The vendors' official Python SDKs, driving the stand-ins from a virtual environment of their own."""
