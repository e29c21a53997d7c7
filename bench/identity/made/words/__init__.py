"""The words these sets are made of. Written for this project; people, firms and streets are fictitious."""


def listed(text: str) -> list[str]:
    """The words of a text; ``_`` stands for a space within one."""
    return [word.replace("_", " ") for word in text.split()]
