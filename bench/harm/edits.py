"""People at work between two syncs: 2 % of the customers change, or are put right, in one of the systems."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.harm.judge import verdict
from bench.harm.life import marries, moves, renumbers, respelt, slip
from bench.harm.reading import SHAPES, fields
from bench.harm.sheets import Held, Sheet, held, mark
from bench.harm.stage import Stage
from bench.harm.truth import Truth
from bench.harm.typed import Typed, request, usual
from bench.harm.writes import Shelf, Written
from sandbox.people.dice import Dice

SHARE = 0.02
"""Customers touched in a round."""
MISTAKEN = 0.08
"""Edits with a slip in what is typed."""
KINDS = {"correct": 40, "move": 15, "marry": 8, "renumber": 15, "respell": 22}
ONE_WAY = ("birth", "language")
"""What has no other usual spelling."""
TELLS = {"move": "street", "marry": "family", "renumber": "phone"}
"""What a system must have a place for, to be told of it."""
LIFE: Mapping[str, Callable[[Dice, Truth], Typed]] = {"move": moves, "marry": marries, "renumber": renumbers}


@dataclass(slots=True)
class Workforce:
    """Who types, and what they have mistyped so far."""

    dice: Dice
    stage: Stage
    shelf: Shelf
    truths: Mapping[str, Truth]
    customers: Mapping[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    mistyped: set[tuple[str, str, str]] = field(default_factory=set)

    def work(self) -> None:
        """One round."""
        every = held(self.shelf, self.customers)
        ailing = [one for one in sorted(every) if self._amiss(one, every)]
        for customer in self.dice.sample(sorted(every), max(1, round(SHARE * len(every)))):
            kind = self.dice.among(list(KINDS), list(KINDS.values()))
            if kind == "correct" and ailing:
                self._correct(self.dice.choice(ailing), every)
            else:
                self._edit(kind, self.truths[customer], every[customer])

    def carried(self, one: Written) -> bool:
        """Whether the hub wrote what somebody had mistyped as an edit."""
        return (one.customer, one.field, mark(one.field, one.after)) in self.mistyped

    def _amiss(self, customer: str, every: Held) -> list[tuple[Sheet, str]]:
        truth = self.truths[customer]
        return [(sheet, name) for sheet in every[customer] for name in sheet.amiss(truth)]

    def _correct(self, customer: str, every: Held) -> None:
        if amiss := self._amiss(customer, every):
            sheet, name = self.dice.choice(amiss)
            truth = self.truths[customer]
            self._type("correct", truth, sheet, {name: usual(name, truth)})

    def _edit(self, kind: str, truth: Truth, sheets: list[Sheet]) -> None:
        able = [one for one in sheets if TELLS.get(kind) in fields(one.system, one.row)]
        if able:
            self._type(kind, truth, self.dice.choice(able), LIFE[kind](self.dice, truth))
            return
        sheet = self.dice.choice(sheets)
        name = self.dice.choice([one for one in fields(sheet.system, sheet.row) if one not in ONE_WAY])
        self._type("respell", truth, sheet, {name: respelt(self.dice, name, truth)})

    def _type(self, kind: str, truth: Truth, sheet: Sheet, typed: Typed) -> None:
        name = self.dice.choice(sorted(typed))  # a language is chosen from a list
        if mistaken := self.dice.chance(MISTAKEN) and name != "language":
            typed = {**typed, name: slip(self.dice, name, typed[name])}
        data = request(sheet.system, sheet.row, typed, truth)
        taken = self.stage.type(sheet.system, SHAPES[sheet.system].object, sheet.id, data)
        self.counts[kind if taken else "refused"] += 1
        if taken and mistaken and verdict(name, typed[name], truth) == "wrong":
            self.counts["mistaken"] += 1
            self.mistyped.add((truth.customer, name, mark(name, typed[name])))
