"""Family names per country; Dutch and Flemish ones as ``prefix|name`` where they have a tussenvoegsel."""

from sandbox.people.words import listed

FAMILY = {
    "NL": listed(
        "de|Jong Jansen de|Vries van_den|Berg van|Dijk Bakker Janssen Visser Smit Meijer de|Boer Mulder "
        "de|Groot Bos Vos Peters Hendriks van|Leeuwen Dekker Brouwer de|Wit Dijkstra Smits de|Graaf "
        "van_der|Meer van_der|Linden Kok Jacobs de|Haan Vermeulen van_den|Heuvel van_der|Veen "
        "van_den|Broek de|Bruijn de|Bruin van_der|Heijden Schouten van|Beek Willems van|Vliet "
        "van_de|Ven Hoekstra Maas Verhoeven Koster van|Dam Prins Blom Huisman Peeters de|Jonge Kuipers "
        "van|Veen Postma Kuiper Veenstra Kramer van_den|Brink van_der|Wal Scholten van|Wijk "
        "van_der|Laan Bosch van|Loon Gerritsen Martens Groen van_Rijn Jonker Timmermans Mol Sanders "
        "van_den|Bosch Veldman Hermans Molenaar Wolters van_der|Steen Groeneveld Evers Zijlstra Bouwman "
        "Schipper van|Doorn van|Es Kooij in_'t|Veld van_'t|Hof 't|Hart op_den|Camp ter|Horst ten|Have "
        "van_der|Ploeg de|Lange Hofman Zwart Driessen Lammers Rietveld Pronk Koopman Slot Baas Buijs "
        "Kaya Şahin El_Idrissi Bouali Aydin Nguyen Ramdin Wong Pinas Doğan Ouali Özdemir "
        "van_Oranje Crèvecoeur Böhm Noël van_de|Velde uit_den|Boogaard van|Egmond Terpstra Wiersma"
    ),
    "BE": listed(
        "Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters De_Smet Vermeulen "
        "Dubois Lambert Martin Dupont Simon Laurent Leclercq Van_Damme Van_den_Broeck De_Clercq "
        "Vandenberghe Vandevelde Desmet Declercq Lemmens Michiels Hermans Aerts Segers Van_Acker "
        "De_Backer Verstraete Cools Bogaert Thijs Moens Gérard Léonard"
    ),
    "DE": listed(
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch "
        "Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann "
        "Lange Schmitt Werner Krause Lehmann Köhler Herrmann Walter König Mayer Huber Kaiser Fuchs "
        "Peters Lang Scholz Möller Weiß Jung Hahn Vogel Keller Günther Berger Frank Böhm Strauß"
    ),
    "GB": listed(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson "
        "Evans Walker White Roberts Green Hall Wood Harris Martin Jackson Clarke Clark Turner Hill "
        "Cooper Ward Moore Morris King Watson Baker Harrison Morgan Allen James Scott Phillips "
        "O'Connor O'Neill McDonald MacLeod Khan Singh Begum Fitzgerald Ashworth Bell Murray"
    ),
}
"""Common family names by ISO country; """

STEMS = {
    "NL": listed(
        "Bon Haver Wester Ooster Noord Zuider Hol Kamp Veld Boom Rooden Zand Duin Linde Berk Eik "
        "Brug Water Molen Kerk Heide Broek Vink Nij Oude Grote Koren Steen Berg Wolf Hazel Elzen"
    ),
    "BE": listed("Vanden Ver De_ Steen Boel Cor Hoor Lam Rae Ster Vos Wille Bosch Dael Ghys Haeg"),
    "DE": listed(
        "Stein Berg Wald Feld Hoch Nieder Ober Eichen Linden Rosen Silber Gold Kirch Brunn Hirsch "
        "Löwen Grün Kalten Birken Sonnen"
    ),
    "GB": listed(
        "Ash Brad Thorn Hart Stan Wink Black Whit Wood Green Ched Lang Nor Sut West East Middle Bur Graf Har"
    ),
}
"""First halves of rarer family names by ISO country."""

ENDINGS = {
    "NL": listed("stra ema inga man sma huis dijk burg horst kamp zee meijer veen link ink beek voort laar"),
    "BE": listed("broeck heyden aert mans ens inckx velde poel dael ghem"),
    "DE": listed("mann berger bach hauser meister hofer wald thal heim dorf stein feld"),
    "GB": listed("ford ton ley well worth field wick ham bury brook shaw combe"),
}
"""Second halves, so that a hundred thousand people do not share three hundred names."""
