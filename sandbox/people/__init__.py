"""The people of the sandbox: who the customers are, and what each department wrote down about them."""

from sandbox.people.model import Person, Population, TruthRow
from sandbox.people.population import parts, population

__all__ = ["Person", "Population", "TruthRow", "parts", "population"]
