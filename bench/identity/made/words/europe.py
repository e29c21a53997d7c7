"""Seven countries: how people are called there, where they live, and what their firms are named."""

from dataclasses import dataclass

from bench.identity.made.words import listed


@dataclass(frozen=True, slots=True)
class Country:
    """The words of one country; ``#`` in a pattern is a digit, ``@`` a letter."""

    code: str
    men: list[str]
    """``given/short,short``."""
    women: list[str]
    family: list[str]
    """``prefix|name`` where there is a particle."""
    first_halves: list[str]
    last_halves: list[str]
    """Rarer names are put together from these."""
    towns: list[str]
    """``town/postcode pattern/area code``, the largest first."""
    streets: list[str]
    """``*`` is where the name of a street goes."""
    names_of_streets: list[str]
    number_first: bool
    dialled: str
    """The country's telephone number."""
    mobile: str
    """How a mobile number begins, and how many digits come behind a slash."""
    landline: int
    """Digits after the area code."""
    trades: list[str]
    forms: list[str]
    """``how it is written/otherwise``."""


NL = Country(
    "NL",
    listed(
        "Adriaan/Ad,Adri Berend/Ben Cornelis/Cor,Kees,Nelis Dirk/ Egbert/Bert Frederik/Freek,Frits "
        "Gerardus/Gerard,Gé Harmen/ Ignatius/Ies Jacobus/Jaap,Koos,Sjaak Johannes/Jan,Hans,Joop Karel/ "
        "Laurens/Lau Marinus/Rinus Nicolaas/Nico,Klaas Otto/ Pieter/Piet,Peer Quirinus/Krijn Reinier/ "
        "Siebe/ Theodorus/Theo,Dorus Urbanus/ Volkert/ Wilhelmus/Wim,Willem Xander/ Ype/ Zeger/ "
        "Antonius/Ton,Toon Bartholomeus/Bart,Mees Evert/ Gijsbert/Gijs Hubertus/Huub Jeroen/ Jurriaan/Juup "
        "Lodewijk/Loek Mattheus/Thijs Roelof/Roel Rutger/ Sebastiaan/Bas Tjeerd/ Wietse/ Youssef/ Mehmet/ "
        "Ruben/"
    ),
    listed(
        "Adriana/Jaan,Adrie Bernardina/Dina Clasina/Sien Dieuwke/ Engelina/Lien Francisca/Cisca,Fransje "
        "Gerarda/Gerda Hillechien/Hilly Ida/ Jacoba/Coba,Coby Josephina/José,Fien Klaasje/ Leonarda/Narda "
        "Magdalena/Leen,Magda Neeltje/Nel Oukje/ Petronella/Nel,Petra Quirina/ Rebekka/ Sijtske/ "
        "Theodora/Dora,Thea Ursula/ Veronica/Vera Wendelina/Wendela Xandra/ Ytje/ Zwaantje/ "
        "Antonia/Toos,Tonia Berendina/Dien Elske/ Geesje/ Hendrina/Drien Ineke/ Jolanda/ Karlijn/ "
        "Liesbeth/ Marijke/ Nelleke/ Rozemarijn/ Swaantina/ Tjitske/ Wieke/ Khadija/ Esra/ Shanti/"
    ),
    listed(
        "Aalbers van_der|Aa van|Amerongen Baardman den|Besten van_den|Bosch Brandsma de|Bree Cuperus "
        "van|Dalfsen Dijkgraaf van_der|Eijk Feenstra van|Galen Geerlings de|Gooijer Haverkamp van_'t|Hoff "
        "ter|Horst Idsinga Jellema de|Jager Kamphuis van|Kesteren Kloosterman van|Laar Lammers de|Leeuw "
        "ten|Napel Nijboer van|Ommen Oosterhuis op_den|Camp Poelstra Quist van|Rossum Roorda van_der|Sluis "
        "Schuurman Tamminga van|Tiel Uitterhoeve van|Veldhuizen Vogelaar Wagenaar van_'t|Wout Ypma "
        "Zijlstra van|Zanten Zoutendijk de|Zwart Bouzid Yildiz Ramdin Abdullahi"
    ),
    listed(
        "Alk Berk Brink Dam Dorp Eik Gels Haag Heem Kalk Kerk Linde Meer Nieuw Oever Olden Raam Ros Veen "
        "Wester Zand"
    ),
    listed(
        "berg borg broek daal donk graaf haar hof horst huis kamp laar man mans sma stra veld voort wijk "
        "zaal"
    ),
    listed(
        "Lindehaven/41##_@@/184 Oostmeer/68##_@@/316 Kerkwoude/74##_@@/548 Veldrecht/32##_@@/187 "
        "Duinvoorde/22##_@@/252 Hazerwijk/93##_@@/592 Sint-Odaburg/60##_@@/475 Brinkum/84##_@@/561 "
        "Zuiderdam/44##_@@/118 Waterveen/16##_@@/228 Maasbroek/58##_@@/478 Elzenburg/38##_@@/577"
    ),
    listed(
        "*straat *straat *weg *laan *plein *kade *singel *hof Oude_* Laan_van_*"
    ),
    listed(
        "Beuken Bloem Boomgaard Dorps Eikel Fluiten Gaarden Hertogs Iepen Jasmijn Kastanje Leliën Merel "
        "Nachtegaal Oranje Populieren Raadhuis Sering Tulpen Uiver Vijver Wilgen Zonne Zwaluw Molen Haven "
        "Markt Koren Eendracht Vrede"
    ),
    False, "31", "6/8", 6,
    listed(
        "Rietdekkers Stoffering Loodgieters Tegelzetters Fysiotherapie Boekhouding Notariaat Kapsalon "
        "Bloembinders Glaszetters Rijschool Dakwerken Vishandel Kaashandel Drankenhandel Grafisch_Bureau "
        "Ingenieurs Architecten Uitzendbureau Verhuizers"
    ),
    listed(
        "B.V./BV B.V./BV B.V./b.v. V.O.F./VOF N.V./NV Stichting/St."
    ),
)  # fmt: skip

BE = Country(
    "BE",
    listed(
        "Achiel/ Benoît/Ben Cyriel/ Dieter/ Emiel/Miel Filip/Flip Gustaaf/Staf,Gust Hendrik/Rik Isidoor/ "
        "Joris/ Kobe/ Lieven/ Maurits/Mo Norbert/Bert Octaaf/ Pascal/ Remi/ Stijn/ Tuur/ Urbain/ Wannes/ "
        "Yannick/ Jozef/Jef,Jos Lode/ Etienne/ Guillaume/Guy Thibault/ Aloïs/Wies Frédéric/Fred "
        "Karel/Charel"
    ),
    listed(
        "Annelies/An Bieke/ Chantal/ Delphine/ Elfriede/ Fabienne/ Godelieve/Lieve Hilde/ Ilse/ Josée/ "
        "Kaat/ Leentje/ Maïté/ Nele/ Ophélie/ Paulette/ Reinhilde/ Simonne/ Tinneke/ Ulrike/ Valérie/ "
        "Winnie/ Yolande/ Zita/ Bernadette/Berna Clémence/ Goedele/ Veerle/ Françoise/ Lutgarde/Lut"
    ),
    listed(
        "Aerts Baeten Callewaert De_Backer De_Cock Dhaene D'Hondt Engels Feyaerts Goossens Haesaerts "
        "Imbrechts Joossens Keppens Lambrechts Mertens Neefs Ooms Pauwels Quintens Roelandts Segers "
        "Thielemans Uytterhoeven Van_Acker Van_den_Bossche Van_Hoecke Verstraete Vandewalle Wuyts Ysebaert "
        "Delvaux Dumortier Lejeune Marchal Gillain"
    ),
    listed(
        "Aal Bever Cools De Eecke Geer Hoog Kor Lede Mee Nop Over Poel Ronse Stee Vander Ver Wouter"
    ),
    listed(
        "aert aerts bergh broeck bruggen camp eels haege hulst ken mans meulen poorten straeten ycke zeele"
    ),
    listed(
        "Sint-Amandsrode/9###/54 Kortenaken/3###/16 Vlierbeek/2###/14 Aalterhout/8###/59 Hautmont/5###/81 "
        "Grandvoir/6###/61 Bruyèreville/7###/68"
    ),
    listed(
        "*straat *laan *dreef *steenweg *plein Rue_de_* Avenue_de_*"
    ),
    listed(
        "Abdij Brouwers Ieper Gulden Heirnis Kapel Lange Molen Nieuwe Ooievaar Papen Schoon Tolhuis Vlas "
        "Wever Zavel Steen Vaart Bisschop Groene"
    ),
    False, "32", "47/7", 6,
    listed(
        "Schrijnwerk Tuinaanleg Loodgieterij Vastgoed Slagerij Notaris Boekhoudkantoor Traiteur Garage "
        "Brouwerij"
    ),
    listed(
        "BV/BVBA NV/nv BV/bv CommV/Comm.V. VZW/vzw"
    ),
)  # fmt: skip

DE = Country(
    "DE",
    listed(
        "Alfons/ Bernhard/Bernd Christoph/Chris Detlef/ Eberhard/Ebbi Friedrich/Fritz Gottfried/ Hartmut/ "
        "Ingo/ Jochen/ Konrad/Conny Leonhard/Leo Maximilian/Max Norbert/ Ottmar/ Philipp/ Reinhard/ "
        "Siegfried/Siggi Thorsten/ Ulrich/Uli Volkmar/ Wolfgang/Wolf Xaver/ Jürgen/ Götz/ Jörg/ Rüdiger/ "
        "Günther/ Sören/ Benedikt/Beni Ferdinand/Ferdi Emre/ Joachim/Achim,Jochen Johann/Hans Ludwig/Lutz"
    ),
    listed(
        "Annegret/ Brigitte/Gitte Cordula/ Dorothea/Doro Elfriede/Friedel Franziska/Franzi Gudrun/ "
        "Hannelore/Hanne Irmgard/Irmi Jutta/ Kunigunde/ Liselotte/Lilo Mechthild/ Notburga/ Ottilie/ "
        "Petra/ Roswitha/ Sieglinde/ Theresia/Resi Ursula/Uschi Viktoria/ Waltraud/Traudl Bärbel/ Käthe/ "
        "Dörte/ Heike/ Silke/ Katharina/Kathi Magdalena/Leni Elisabeth/Sissi,Else Ayşe/ Margarete/Grete"
    ),
    listed(
        "Achenbach von|Arnim Bühler Czerny Dörfler Eichhorn Fährmann Gerstenberg Höfling Ihle Jäkel "
        "Köhncke Löffelholz von_der|Marwitz Mößmer Nüßlein Oberländer Pfützner Quandt Röthlisberger "
        "von|Stetten Süßmuth Thümmler Uhlmann Vögtle Weißgerber Zöllner zu|Hohenfels Straßner Großkopf "
        "Aydın Kowalke Hölzl Grünewald Schäuffele"  # noqa: RUF001
    ),
    listed(
        "Al Bach Birken Brand Diet Eber Falken Grün Hagen Hasel König Lauter Mühl Nieder Ober Reich Schön "
        "Stein Wald"
    ),
    listed(
        "auer bach bauer berger brink dorf eder egger felder hammer heim hofer hold inger lein mann meier "
        "müller rich"
    ),
    listed(
        "Steinhagen/33###/5204 Oberlinden/79###/7661 Brücktal/54###/6531 Neuhafen/26###/4421 "
        "Falkenried/91###/9173 Königsbach/75###/7232 Großwalden/15###/3366 Mühlforst/84###/8631"
    ),
    listed(
        "*straße *straße *weg *allee *platz *gasse Am_* Alte_*"
    ),
    listed(
        "Ahorn Bahnhof Berg Birken Brunnen Eschen Feld Garten Hafen Jahn Kapellen Linden Mühlen Quell "
        "Rosen Schiller Schloss Tannen Ufer Wiesen Ziegel Sonnen Goethe Kirch"
    ),
    False, "49", "15/9", 6,
    listed(
        "Tischlerei Gartenbau Heizungsbau Steuerberatung Zimmerei Apotheke Dachdeckerei Fahrschule "
        "Kältetechnik Weinhandel Werkzeugbau Optik Druckerei Reinigung"
    ),
    listed(
        "GmbH/G.m.b.H. GmbH/gmbh AG/A.G. KG/K.G. GmbH_&_Co._KG/GmbH_und_Co_KG UG_(haftungsbeschränkt)/UG"
    ),
)  # fmt: skip

FR = Country(
    "FR",
    listed(
        "Anselme/ Bertrand/ Cédric/ Didier/ Édouard/Doudou Fabrice/ Gaël/ Hervé/ Ignace/ Jean-Baptiste/JB "
        "Jean-Luc/ Kévin/ Loïc/ Maxime/Max Noël/ Octave/ Pierre-Yves/ Quentin/ Raphaël/Raph Stéphane/Steph "
        "Théophile/Théo Ulysse/ Valentin/ Xavier/ Yves/ Zacharie/ Frédéric/Fred Grégoire/Greg Thierry/ "
        "Benoît/"
    ),
    listed(
        "Adélaïde/ Bérénice/ Clémentine/ Danielle/Dany Élodie/ Florence/Flo Geneviève/ Hélène/ Inès/ "
        "Jacqueline/Jackie Léonie/ Marie-Claude/ Marie-Thérèse/ Noémie/ Odile/ Pauline/ Quitterie/ "
        "Rosalie/ Solène/ Thaïs/ Ursuline/ Véronique/Véro Yvette/ Zoé/ Anne-Sophie/ Cécile/ Françoise/ "
        "Agnès/"
    ),
    listed(
        "Aubert Beaulieu Chevallier d'|Aramon de_la|Tour Delacroix Étienne Fournier Guérin Hébert Isnard "
        "Joubert Kerguelen Le_Goff Lefèvre Maréchal Nicolaï Ollivier Périgord Quéméneur Renaudin "
        "Saint-Léger Tréguier Urvoy Vasseur de|Villeneuve Wattelet Yvon Zola Boissière Castaing"
    ),
    listed(
        "Beau Bel Bois Champ Clair Dor Fon Gran Haute Mar Mont Neuf Pel Ro Saint Ver Vill"
    ),
    listed(
        "ard aud beau bert bois court eau el et ette fort ier lieu main nay on ot pont rand ville"
    ),
    listed(
        "Saint-Aubrac/12###/565 Montclair-sur-Vienne/86###/549 Port-Gavrin/56###/297 Vaubrun/71###/385 "
        "Bellerive/33###/556 Châteaupré/45###/238"
    ),
    listed(
        "rue_* rue_de_la_* avenue_* boulevard_* place_* chemin_des_* impasse_*"
    ),
    listed(
        "République Gambetta Victor-Hugo Pasteur Église Moulins Liberté Acacias Fontaine Gare Lilas Verdun "
        "Écoles Tilleuls Carnot Mairie Rosiers Vignes Prés Château"
    ),
    True, "33", "6/8", 6,
    listed(
        "Menuiserie Plomberie Boulangerie Cabinet_Comptable Traiteur Garage Fleuriste Librairie Peinture "
        "Immobilier"
    ),
    listed(
        "SARL/S.A.R.L. SAS/S.A.S. SA/S.A. EURL/eurl SCI/S.C.I."
    ),
)  # fmt: skip

GB = Country(
    "GB",
    listed(
        "Alasdair/Al Barnaby/ Callum/ Declan/ Euan/ Fergus/ Gethin/ Hamish/ Iestyn/ Jonty/ Kieran/ "
        "Lachlan/ Montgomery/Monty Niall/ Oswald/Oz Padraig/ Quincy/ Rhodri/ Struan/ Tarquin/ Ultan/ "
        "Vaughn/ Wystan/ Angus/Gus Theodore/Theo Imran/ Sanjay/ Leopold/Leo Zachariah/Zac "
        "Patrick/Pat,Paddy"
    ),
    listed(
        "Aoife/ Bronagh/ Catriona/Trina Deirdre/ Eilidh/ Ffion/ Gwyneth/Gwyn Hermione/ Isla/ Jocasta/ "
        "Kirsty/ Lowenna/ Mairead/ Niamh/ Oonagh/ Philomena/Phil Rhiannon/ Siobhan/Shiv Tamsin/ Una/ "
        "Verity/ Winifred/Win Morwenna/ Parveen/ Gulshan/ Rosamund/Roz Antonia/Toni Marguerite/Daisy"
    ),
    listed(
        "Ackroyd Birtwistle Cadwallader Dalgleish Entwistle Farquharson Goldsworthy Hathersage Inchcape "
        "Jolliffe Kirkbride Llewellyn MacAllister McKechnie Netherwood O'Donoghue O'Halloran Pengelly "
        "Quigley Rowbotham Sutcliffe Tregaskis Ullathorne Varley Wolstenholme Yarwood Ahmed Chaudhry "
        "Okonkwo Adeyemi St_John Fitz-Hugh"
    ),
    listed(
        "Ark Brix Croft Den Elling Fossil Greet Hard Kil Lock Mar Nether Os Peck Rav Scar Tad Up Wens Yel"
    ),
    listed(
        "by castle combe den field ham ington ley low mere more ridge shaw stall stone thorpe ton worth"
    ),
    listed(
        "Carrowdale/CR#_#@@/1524 Netherwick/NW#_#@@/1969 Saltmere/SM#_#@@/1733 Dunbrae/DB#_#@@/1877 "
        "Llanfelyn/LF#_#@@/1559 Kingscombe/KC#_#@@/1460 Port_Trevan/PT#_#@@/1726"
    ),
    listed(
        "*_Street *_Road *_Lane *_Close *_Gardens *_Terrace The_*"
    ),
    listed(
        "Almond Barley Chantry Dovecote Eastgate Fishergate Gower Harbour Inkerman Jessamine Kelvin "
        "Lansdowne Maltings Northfield Orchard Priory Quayside Rectory Sandringham Tannery Union Viaduct "
        "Wharf Ashleigh"
    ),
    True, "44", "7/9", 6,
    listed(
        "Joinery Plumbing Solicitors Bookkeeping Florists Roofing Haulage Veterinary Opticians Brewery "
        "Catering Surveyors"
    ),
    listed(
        "Ltd/Limited Ltd/Ltd. LLP/L.L.P. plc/PLC Limited/Ltd"
    ),
)  # fmt: skip

ES = Country(
    "ES",
    listed(
        "Agustín/ Bartolomé/ Ceferino/ Demetrio/ Eusebio/ Fermín/ Gonzalo/ Hilario/ Íñigo/ Joaquín/Quino "
        "José_Luis/Pepe José_María/Chema Leandro/ Melchor/ Nicanor/ Óscar/ Plácido/ Ramón/Moncho "
        "Santiago/Santi Tomás/ Urbano/ Vicente/Chente Wifredo/ Xoán/ Zenón/ Francisco/Paco,Curro "
        "Ignacio/Nacho Manuel/Manolo Rafael/Rafa"
    ),
    listed(
        "Asunción/Asun Begoña/Bego Consuelo/Chelo Dolores/Lola Encarnación/Encarna Fátima/ Guadalupe/Lupe "
        "Herminia/ Inmaculada/Inma Josefa/Pepa Leocadia/ Mercedes/Merche Nieves/ Olalla/ Pilar/ "
        "Rosario/Charo Soledad/Sole Trinidad/Trini Úrsula/ Visitación/ Concepción/Concha María_José/ "
        "María_Ángeles/ Montserrat/Montse Ainhoa/ Nuria/"
    ),
    listed(
        "Aguirre_Sáenz Benítez_Rojo Cañizares_Mota de_la_Fuente_Gil Echeverría_Ruiz Fuertes_Peña "
        "Gallardo_Ibáñez Herrero_Núñez Ibarra_López Jiménez_Oría Lázaro_Prieto Muñoz_Toro Nogales_Vera "
        "Ordóñez_Blanco Peñalver_Sanz Quiroga_Rey Rubio_Vázquez Sepúlveda_Mora Taboada_Seoane Urrutia_Leal "
        "Valdés_Piñeiro Yáñez_Conde Zubiri_Arrieta Bermúdez_Castro del_Río_Pardo Carrasco_Díez"
    ),
    listed(
        "Al Be Caste Du Estre Fe Gara Ja Lu Mon Nava Ola Pala Que Ro Sala Te Vala Zu"
    ),
    listed(
        "bar cal deras dondo gón jera lar lesa llán mendi miro nés nio ñedo oz riz rra sende tegui vides"
    ),
    listed(
        "Villarroble/02###/967 Puerto_Alhama/30###/968 San_Feliz/24###/987 Montealto/15###/981 "
        "Torrenueva/43###/977"
    ),
    listed(
        "Calle_* Calle_de_* Avenida_de_* Plaza_* Paseo_de_* Camino_*"
    ),
    listed(
        "Cervantes Olivos Constitución Mayor Alameda Molino Fuente_Nueva Estación San_Roque Granada Ermita "
        "Huertas Goya Libertad Naranjos Mar Colón Prado"
    ),
    False, "34", "6/8", 6,
    listed(
        "Carpintería Fontanería Asesoría Panadería Transportes Bodegas Gestoría Electricidad Óptica "
        "Inmobiliaria"
    ),
    listed(
        "S.L./SL S.L./S.L S.A./SA S.L.U./SLU S.Coop./SCoop"
    ),
)  # fmt: skip

PL = Country(
    "PL",
    listed(
        "Andrzej/Jędrek Bogusław/Boguś Czesław/Czesiek Dariusz/Darek Eugeniusz/Gienek Franciszek/Franek "
        "Grzegorz/Grzesiek Henryk/ Ireneusz/Irek Jarosław/Jarek Krzysztof/Krzysiek Łukasz/ "
        "Mieczysław/Mietek Norbert/ Olgierd/ Przemysław/Przemek Radosław/Radek Sławomir/Sławek "
        "Tadeusz/Tadek Wiesław/Wiesiek Wojciech/Wojtek Zbigniew/Zbyszek Żegota/ Stanisław/Staszek"
    ),
    listed(
        "Agnieszka/Aga Bożena/ Czesława/ Danuta/Danka Elżbieta/Ela Felicja/ Grażyna/ Halina/ Izabela/Iza "
        "Jadwiga/Jadzia Krystyna/Krysia Łucja/ Małgorzata/Gosia Natalia/ Otylia/ Paulina/ Róża/ "
        "Stanisława/Stasia Urszula/Ula Wiesława/ Zofia/Zosia Żaneta/ Katarzyna/Kasia Barbara/Basia "
        "Joanna/Asia"
    ),
    listed(
        "Adamczyk Błaszczyk Ciesielski Dąbrowski Głowacki Jabłoński Kaźmierczak Łukasiewicz Mróz "
        "Niedźwiedzki Olszański Pączek Rogoziński Sobczyński Świderski Trzciński Urbański Wąsik Wójtowicz "
        "Zając Źrebiec Żuławski Gołąb Krawiec Piątek Ślusarczyk"
    ),
    listed(
        "Bar Bor Chmie Dro Grab Jani Kacz Koz Lip Mak Nowa Ośmi Piet Rud Sad Sos Tar Wie Wol Zie Żar"
    ),
    listed(
        "czak czyk ecki icki iński kiewicz kowski lewski liński nowicz owicz owski ski szek szyński ulski "
        "wicz"
    ),
    listed(
        "Brzozowo/62-###/61 Nowa_Łąka/43-###/33 Świerczyn/18-###/86 Jodłów/39-###/14 "
        "Wielka_Górka/87-###/56"
    ),
    listed(
        "ul._* ul._* ul._* al._* pl._* os._*"
    ),
    listed(
        "Kościuszki Mickiewicza Słowackiego Polna Leśna Ogrodowa Kwiatowa Szkolna Długa Zielona Łąkowa "
        "Żeromskiego Piaskowa Brzozowa Wiśniowa Rynkowa Młyńska"
    ),
    False, "48", "5/8", 7,
    listed(
        "Stolarstwo Hydraulika Piekarnia Biuro_Rachunkowe Transport Kwiaciarnia Budownictwo Apteka "
        "Drukarnia Ślusarstwo"
    ),
    listed(
        "Sp._z_o.o./Sp.z.o.o. Sp._z_o.o./SP_ZOO S.A./SA Sp.j./sp.j."
    ),
)  # fmt: skip

EVERYWHERE = (NL, BE, DE, FR, GB, ES, PL)
BRANDS = listed(
    "Alvento Brionis Cadmora Delphex Ertova Fulgis Gantrex Helmora Iventis Jorvex Kaltura Lumidor Mistrano "
    "Nordaxo Orvelta Pellucid Quorvis Rastello Silvanta Tremolo Ulvara Vextor Wendaro Xantis Yorvik "
    "Zelphane Arvandor Belmonto Corvale Dynaxis Elmoria Fenwave Glintor Harvion Istrano Jantar Korvella "
    "Luxanda Morvent Novalis Ostrava Pentagro Rivanta Sorvano Tarvex Umbrano Valtrex Wolvera Zonneko"
)
"""What firms are called that are not called after anybody."""
WEBMAIL = listed(
    "postvak.example briefje.example schnellpost.example courriel.example poczta.example correo.example "
    "anypost.example mailhuis.example"
)
