"""Words company names are made of, and the legal forms behind them, per country."""

from sandbox.people.words import listed

TRADES = {
    "NL": listed(
        "Bouw Installatietechniek Transport Bakkerij Slagerij Schilderwerken Advies Hoveniers Logistiek "
        "Makelaardij Fietsen Accountants Software Horeca Drukkerij Tandartspraktijk Uitgeverij Kwekerij "
        "Timmerwerken Autobedrijf Schoonmaak Reizen Techniek Interieur Zorg Detachering Groothandel"
    ),
    "BE": listed("Bouwwerken Transport Bakkerij Advocaten Immo Consulting Schrijnwerken Drukkerij Garage"),
    "DE": listed("Maschinenbau Spedition Bäckerei Metallbau Elektrotechnik Consulting Möbelhaus Verlag"),
    "GB": listed("Builders Logistics Bakery Consulting Plumbing Motors Printing Gardens Interiors Software"),
}
"""What a firm does, by ISO country."""

FANCY = listed(
    "Aurora Delta Nova Apex Merwede Zonneveld Horizon Polder Meridiaan Vector Kompas Baken Zenit "
    "Orion Atlas Fjord Terra Lumen Quercus Boreas Astra Triton Helios Veluwe Amstel Schelde Westland "
    "Noordzee Kiem Radius Prisma Cirkel Rond Havik Reiger Kievit Anker Klaver Lotus Saffier Kobalt"
)
"""Invented names a firm goes by."""

FORMS = {
    "NL": ("B.V.", "B.V.", "B.V.", "N.V.", "V.O.F.", "Stichting"),
    "BE": ("BV", "BV", "NV", "VZW", "CommV"),
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "e.K."),
    "GB": ("Ltd", "Ltd", "PLC", "LLP"),
}
"""Legal forms by ISO country, as often as they occur."""

DAUGHTERS = ("Holding", "Beheer", "Vastgoed", "Services", "International", "Techniek", "Logistiek")
"""What the second firm of a group adds to the shared stem."""

FREE_MAIL = (
    "example.com",
    "example.org",
    "example.net",
    "postbus.example",
    "webmail.example",
    "thuis.example",
)
"""Reserved domains that stand for the providers private people use."""
