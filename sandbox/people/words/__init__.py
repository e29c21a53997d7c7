"""Words customers are made of: names, places and firms, per country. Written for this project."""


def listed(text: str) -> list[str]:
    """The words of a text; ``_`` stands for a space within one."""
    return [word.replace("_", " ") for word in text.split()]
