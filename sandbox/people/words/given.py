"""Given names per country and gender, and the short forms people go by."""

from sandbox.people.words import listed

FEMALE = {
    "NL": listed(
        "Anna Maria Johanna Elisabeth Cornelia Wilhelmina Hendrika Margaretha Catharina Sanne Lotte "
        "Femke Anouk Marieke Ingrid Monique Esther Judith Mirjam Saskia Petra Yvonne Linda Karin "
        "Ellen Astrid Marloes Roos Fleur Iris Eva Emma Julia Tess Noor Lieke Isa Mila Zoë Chloë "
        "Jacqueline Marjolein Hanneke Tineke Willemijn Fatima Samira Aylin Naima Priya Danique Maaike "
        "Annemarie Geertje Trijntje Aafke Renée Daniëlle Joëlle Michelle Nienke Bregje"
    ),
    "BE": listed(
        "Marie Louise Nathalie Isabelle Sofie Charlotte Lien Griet Hilde Veerle An Katrien Lies "
        "Amélie Céline Hélène Élise Manon Camille Margaux Sarah Ellen Inge Greet Martine"
    ),
    "DE": listed(
        "Sabine Ursula Monika Renate Birgit Claudia Susanne Katharina Anke Heike Jürgine Käthe "
        "Friederike Lena Leonie Hannah Johanna Franziska Ulrike Gisela Bärbel Dörte Änne Greta Mia"
    ),
    "GB": listed(
        "Mary Margaret Elizabeth Victoria Charlotte Emily Olivia Amelia Sophie Grace Lucy Alice "
        "Harriet Eleanor Rebecca Catherine Susan Patricia Jennifer Samantha Hazel Imogen Freya Ruby"
    ),
}
"""Female given names by ISO country."""

MALE = {
    "NL": listed(
        "Johannes Cornelis Hendrik Willem Pieter Gerardus Jacobus Petrus Adrianus Antonius Theodorus "
        "Jan Kees Piet Henk Dirk Gerrit Klaas Marco Erik Rob Peter Paul Mark Dennis Jeroen Martijn "
        "Bart Joost Sander Bas Tim Tom Daan Sem Lucas Levi Finn Jesse Thijs Ruben Niels Stijn Wouter "
        "Mohamed Youssef Mehmet Rachid Ravi Arjan Wilco Roel René André José Jurriën Maarten Gijs Bram "
        "Sjoerd Tjeerd Douwe Wiebe Harm Lammert Evert Rutger Floris"
    ),
    "BE": listed(
        "Jan Luc Marc Patrick Koen Wim Bart Geert Dries Jef Tuur Wout Seppe Pieter Jean François "
        "Philippe Benoît Jérôme Rémi Thibault Lars Kobe Arne Stef"
    ),
    "DE": listed(
        "Hans Jürgen Günther Wolfgang Klaus Dieter Jörg Björn Stefan Andreas Michael Thomas Matthias "
        "Uwe Ralf Bernd Heinz Felix Lukas Jonas Maximilian Götz Sönke Karl Friedrich"
    ),
    "GB": listed(
        "James William George Thomas Harry Oliver Jack Charles Edward Henry Robert Richard Michael "
        "David Andrew Simon Christopher Matthew Daniel Samuel Benjamin Alexander Nigel Graham Stuart"
    ),
}
"""Male given names by ISO country."""

SHORT = {
    "Johannes": "Hans", "Cornelis": "Kees", "Hendrik": "Henk", "Willem": "Wim", "Pieter": "Piet",
    "Gerardus": "Gerard", "Jacobus": "Jaap", "Petrus": "Peter", "Adrianus": "Ad", "Antonius": "Ton",
    "Theodorus": "Theo", "Johanna": "Hanneke", "Elisabeth": "Lies", "Cornelia": "Corrie",
    "Wilhelmina": "Willy", "Hendrika": "Rika", "Margaretha": "Greet", "Catharina": "Toos",
    "Maria": "Ria", "Martijn": "Tijn", "Sander": "San", "Jacqueline": "Jacq", "Lucas": "Luuk",
    "Nathalie": "Nath", "Katharina": "Käthe", "Friederike": "Rike", "Franziska": "Franzi",
    "Wolfgang": "Wolf", "Maximilian": "Max", "Matthias": "Matze", "Friedrich": "Fritz",
    "James": "Jim", "William": "Bill", "Thomas": "Tom", "Charles": "Charlie", "Edward": "Ted",
    "Robert": "Bob", "Richard": "Dick", "Michael": "Mike", "David": "Dave", "Andrew": "Andy",
    "Christopher": "Chris", "Matthew": "Matt", "Daniel": "Dan", "Samuel": "Sam", "Benjamin": "Ben",
    "Alexander": "Alex", "Margaret": "Peggy", "Elizabeth": "Liz", "Victoria": "Vicky",
    "Rebecca": "Becky", "Catherine": "Cathy", "Susan": "Sue", "Patricia": "Pat", "Jennifer": "Jenny",
    "Samantha": "Sam", "Philippe": "Phil", "Mohamed": "Mo",
}  # fmt: skip
"""Given name → the name this person goes by."""
