"""Cities with their true postcode patterns and telephone area codes, and streets, per country."""

from typing import NamedTuple

from sandbox.people.words import listed


class City(NamedTuple):
    """One city; ``postcode`` holds ``#`` for a digit and ``@`` for a letter."""

    name: str
    postcode: str
    area: str


CITIES: dict[str, tuple[City, ...]] = {
    "NL": (
        City("Amsterdam", "10## @@", "20"), City("Rotterdam", "30## @@", "10"),
        City("'s-Gravenhage", "25## @@", "70"), City("Utrecht", "35## @@", "30"),
        City("Eindhoven", "56## @@", "40"), City("Groningen", "97## @@", "50"),
        City("Tilburg", "50## @@", "13"), City("Almere", "13## @@", "36"),
        City("Breda", "48## @@", "76"), City("Nijmegen", "65## @@", "24"),
        City("Arnhem", "68## @@", "26"), City("Haarlem", "20## @@", "23"),
        City("Enschede", "75## @@", "53"), City("Amersfoort", "38## @@", "33"),
        City("Apeldoorn", "73## @@", "55"), City("'s-Hertogenbosch", "52## @@", "73"),
        City("Zwolle", "80## @@", "38"), City("Leiden", "23## @@", "71"),
        City("Maastricht", "62## @@", "43"), City("Dordrecht", "33## @@", "78"),
        City("Leeuwarden", "89## @@", "58"), City("Alkmaar", "18## @@", "72"),
        City("Delft", "26## @@", "15"), City("Deventer", "74## @@", "570"),
        City("Venlo", "59## @@", "77"), City("Assen", "94## @@", "592"),
        City("Middelburg", "43## @@", "118"), City("Gouda", "28## @@", "182"),
    ),
    "BE": (
        City("Antwerpen", "2018", "3"), City("Antwerpen", "2000", "3"), City("Gent", "9000", "9"),
        City("Brussel", "1000", "2"), City("Leuven", "3000", "16"), City("Brugge", "8000", "50"),
        City("Mechelen", "2800", "15"), City("Hasselt", "3500", "11"), City("Kortrijk", "8500", "56"),
        City("Liège", "4000", "4"), City("Namur", "5000", "81"), City("Aalst", "9300", "53"),
    ),
    "DE": (
        City("Berlin", "10###", "30"), City("Hamburg", "20###", "40"), City("München", "80###", "89"),
        City("Köln", "50###", "221"), City("Düsseldorf", "40###", "211"), City("Münster", "48###", "251"),
        City("Essen", "45###", "201"), City("Bremen", "28###", "421"), City("Nürnberg", "90###", "911"),
    ),
    "GB": (
        City("London", "SW## #@@", "20"), City("Manchester", "M# #@@", "161"),
        City("Birmingham", "B## #@@", "121"), City("Leeds", "LS# #@@", "113"),
        City("Bristol", "BS# #@@", "117"), City("Edinburgh", "EH# #@@", "131"),
        City("Cambridge", "CB# #@@", "1223"), City("Norwich", "NR# #@@", "1603"),
    ),
}  # fmt: skip
"""Cities by ISO country; area codes without trunk zero."""

STREETS = {
    "NL": listed(
        "Dorpsstraat Kerkstraat Schoolstraat Molenweg Stationsweg Julianastraat Beatrixlaan "
        "Wilhelminastraat Nieuwstraat Hoofdstraat Parallelweg Industrieweg Zandweg Eikenlaan Beukenlaan "
        "Lindelaan Kastanjelaan Rozenstraat Tulpstraat Prins_Hendrikkade Burgemeester_de_Vlugtlaan "
        "Laan_van_Meerdervoort Oude_Gracht Singel Markt Kanaalweg Havenstraat Burgemeester_Jansenweg "
        "Vondelstraat Rembrandtlaan Vermeerstraat Oranjestraat Torenlaan 2e_Jan_Steenstraat Dijkweg"
    ),
    "BE": listed(
        "Kerkstraat Stationsstraat Nieuwstraat Molenstraat Leuvensesteenweg Groenstraat Kapelstraat "
        "Rue_de_la_Station Rue_Haute Avenue_Louise Veldstraat Meir"
    ),
    "DE": listed(
        "Hauptstraße Bahnhofstraße Gartenstraße Schulstraße Dorfstraße Bergstraße Lindenallee "
        "Goethestraße Schillerstraße Mühlenweg Königsallee Kirchgasse"
    ),
    "GB": listed(
        "High_Street Station_Road Church_Lane Victoria_Road Green_Lane Manor_Road Kings_Road "
        "Queens_Avenue Mill_Lane The_Crescent Park_Road St_John's_Street"
    ),
}
"""Streets by ISO country; """

SUFFIXES = {
    "Amsterdam": "NH", "Haarlem": "NH", "Alkmaar": "NH", "Rotterdam": "ZH", "'s-Gravenhage": "ZH",
    "Leiden": "ZH", "Dordrecht": "ZH", "Delft": "ZH", "Gouda": "ZH", "Utrecht": "Ut", "Amersfoort": "Ut",
    "Eindhoven": "NB",
    "Tilburg": "NB", "Breda": "NB", "'s-Hertogenbosch": "NB", "Nijmegen": "Gld", "Arnhem": "Gld",
    "Apeldoorn": "Gld", "Enschede": "Ov", "Zwolle": "Ov", "Deventer": "Ov", "Maastricht": "Lb", "Venlo": "Lb",
    "Groningen": "Gr", "Leeuwarden": "Fr", "Assen": "Dr", "Almere": "Fl", "Middelburg": "Zld",
}  # fmt: skip
"""What some write in brackets behind a Dutch town."""

POSTCODE_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
"""Letters Dutch and British postcodes use."""
