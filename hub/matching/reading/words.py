"""Lists of words, as they are read best: in lines, without quotes and commas."""


def listed(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())
