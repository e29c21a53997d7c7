"""What a value is, what a write made of it, and when that is harm."""

from typing import Literal

Verdict = Literal["right", "former", "poorer", "wrong", "empty"]
"""``former``: it was right once (a home, a surname, a number from before)."""
JUDGES = ("strict", "lenient")
_HARM = frozenset(
    {("right", "poorer"), ("right", "wrong"), ("right", "empty"), ("poorer", "wrong"), ("poorer", "empty")}
)
_BETTER = frozenset({("wrong", "right"), ("poorer", "right"), ("empty", "right")})
Step = tuple[str, str]


def step(judge: str, was: Verdict, became: Verdict) -> Step:
    """Both as this judge sees them: what was right once is wrong to the strict, right to the lenient."""
    once = "right" if judge == "lenient" else "wrong"
    return (once if was == "former" else was, once if became == "former" else became)


def harms(judge: str, seen: Step) -> bool:
    """Whether it says less, or worse, than before; filling a gap with a wrong value is harm to the strict."""
    return seen in _HARM or (judge == "strict" and seen == ("empty", "wrong"))


def betters(seen: Step) -> bool:
    """Whether it is right now and was not."""
    return seen in _BETTER
