"""Figures that are shown one below the other add up to the total below them."""

from collections.abc import Sequence

DIGITS = 2


def adding_up(parts: Sequence[float]) -> list[float]:
    """The parts in hundredths, so that they add up to their rounded sum: each at most a hundredth off."""
    unit = 10**DIGITS
    scaled = [one * unit for one in parts]
    whole = [round(one) for one in scaled]
    missing = round(sum(scaled)) - sum(whole)
    step = 1 if missing > 0 else -1
    by_error = sorted(range(len(parts)), key=lambda place: step * (whole[place] - scaled[place]))
    # What is nothing stays so: a finding that was not made is worth no hundredth either.
    for place in [one for one in by_error if parts[one]][: abs(missing)]:
        whole[place] += step
    return [one / unit for one in whole]
