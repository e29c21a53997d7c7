"""What places to eat and shops are called, and the streets they are in."""

from bench.identity.made.words import listed

PEOPLE = listed(
    "Abelard's Bernini's Cosima's Dominick's Esperanza's Fiorella's Gaston's Hedwig's Ishikawa's Jolanda's "
    "Kasimir's Lazlo's Mordecai's Natalino's Ottavio's Paquito's Quentin's Raffaello's Solveig's "
    "Tancredi's Ulrika's Vicenzo's Wanda's Yasuko's Zelda's"
)
THINGS = listed(
    "Amber_Lantern Blue_Heron Copper_Kettle Dancing_Bear Emerald_Gate Flying_Carp Gilded_Fig Hungry_Otter "
    "Iron_Skillet Jade_Pavilion King_Crab Lucky_Dragon Marble_Arch Night_Owl Olive_Press Painted_Pony "
    "Quiet_Garden Red_Poppy Silver_Spoon Three_Anchors Velvet_Room White_Peacock Yellow_Door Laughing_Cow "
    "Sleepy_Fox Bamboo_House Golden_Wok Salt_Cellar Stone_Mill Orchard_Table Chalk_Hill Harbor_Light "
    "Pepper_Tree Mill_Pond Cedar_Point Lotus_Leaf Tin_Roof Broken_Compass Grand_Bazaar Sunday_Market"
)
FRENCH = listed(
    "La_Mouette Le_Moulin Chez_Armand L'Hirondelle Le_Cygne La_Tourelle L'Abricot Aux_Trois_Clefs "
    "La_Grille Le_Potager"
)
CHAINS = listed(
    "Burger_Barn Noodle_Republic Pizza_Piazza Bagel_Works Taco_Station Green_Bowl Smokehouse_Nine "
    "Sushi_Express"
)
CUISINES = listed(
    "italian french thai mexican american chinese japanese indian greek seafood steakhouses delis korean "
    "vietnamese spanish southern continental vegetarian pizza coffee_shops"
)
WORDS_BEHIND = listed(
    "Restaurant Cafe Grill Bistro Deli Bar Trattoria Kitchen Diner Brasserie Tavern Steakhouse"
)
SHOPS = listed("Books Shoes Flowers Hardware Records Antiques Bakery Pharmacy Bicycles Optics")
ROADS = listed(
    "Alder Beacon Cypress Dogwood Ellery Foundry Granary Harcastle Indigo Juniper Kestrel Larkin Meridian "
    "Nightingale Oriole Palisade Quarry Ridgeway Sycamore Tamarind Umber Vesper Wexley Yarrow Canyon "
    "Bayview Mission Prospect Sunset La_Brea Melville Ventana Lombardy Delmonico Peachblossom Broadmoor"
)
KINDS = listed(
    "Street/st. Street/st. Avenue/ave. Avenue/ave. Boulevard/blvd. Road/rd. Drive/dr. Place/pl. Highway/hwy."
)
"""A word and how it is shortened."""
CITIES = listed(
    "Port_Lorne/407 Santa_Brisa/812 Elkmere/614 New_Carrow/919 Vallejas/310 Whitmoor/718 Studio_Heights/507"
)
"""City/telephone area; the first are the largest."""
SHORTER = {
    **{"delicatessen": "deli", "restaurant": "rest.", "and": "&", "the": "", "cafe": "caffe"},
    **{
        "saint": "st.",
        "mount": "mt.",
        "brothers": "bros.",
        "house": "hse.",
        "market": "mkt.",
        "grill": "grille",
    },
}
