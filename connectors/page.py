"""The address of a record's page in the vendor's own application, where its sheet knows one."""

from string import Formatter
from urllib.parse import quote, urlsplit

from connectors.contract import Connection, ObjectSheet


def page_of(sheet: ObjectSheet, connection: Connection, key: str) -> str | None:
    """The page of a record; None where the sheet declares none, or the connection does not tell all of it.

    A connection to another host than the vendor's (a test's, a stand-in's) has no such application.
    """
    host = urlsplit(connection.base_url).hostname or ""
    if not sheet.page or not (host == sheet.page_at or host.endswith(f".{sheet.page_at}")):
        return None
    told = {**connection.options, "host": host, "key": key}
    names = [name for _, name, _, _ in Formatter().parse(sheet.page) if name]
    if not all(told.get(name) for name in names):
        return None
    return sheet.page.format(**{name: quote(told[name], safe="") for name in names})
