"""Which contacts and companies are linked, to be asked from either side."""

from collections.abc import Sequence


class Ties:
    """A contact's companies, the primary one first; a company's contacts, the first linked first."""

    def __init__(self) -> None:
        self._companies: dict[str, list[str]] = {}
        self._contacts: dict[str, dict[str, None]] = {}

    def companies(self, contact: str) -> list[str]:
        """The companies of a contact."""
        return list(self._companies.get(contact, ()))

    def contacts(self, company: str) -> list[str]:
        """The contacts of a company."""
        return list(self._contacts.get(company, ()))

    def set(self, contact: str, companies: Sequence[str]) -> None:
        """These are a contact's companies from now on."""
        for company in self._companies.pop(contact, ()):
            if company not in companies:
                del self._contacts[company][contact]
        for company in companies:
            self._contacts.setdefault(company, {})[contact] = None
        if companies:
            self._companies[contact] = list(companies)
