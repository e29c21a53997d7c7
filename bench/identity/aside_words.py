"""The words of the set kept aside: English-language people, and towns that are not there."""

GIVEN = (
    "Abigail/Abby,Gail Adrian/Ade Alexander/Alex,Sandy,Lex Alexandra/Lexi,Sandra Alfred/Alf,Fred "
    "Andrew/Andy,Drew Angela/Angie Anthony/Tony,Ant Arthur/Art Barbara/Barb,Babs Bartholomew/Bart "
    "Beatrice/Bea,Trixie Benjamin/Ben,Benji Bernard/Bernie Bridget/Bridie Cameron/Cam Caroline/Carrie,Caz "
    "Christine/Chrissie,Tina Christopher/Chris,Kit Clifford/Cliff Constance/Connie Daniel/Dan,Danny "
    "David/Dave,Davy Deborah/Debbie,Debs Dennis/Den Dominic/Dom Donald/Don Dorothy/Dot,Dolly Edmund/Ned "
    "Edward/Ted,Eddie Eileen/ Elaine/ Erin/ Eugene/Gene Evelyn/Evie Felicity/Flick,Fliss Fiona/Fi "
    "Florence/Flo,Florrie Frances/Fran,Frankie Francis/Frank Frederick/Fred,Freddie Gabriel/Gabe "
    "Gareth/Gaz Geoffrey/Geoff Gerald/Gerry Gillian/Gill Gordon/ Graham/ Gregory/Greg Gwendolyn/Gwen "
    "Harold/Harry Heather/ Henrietta/Etta,Hettie Henry/Hal,Hank Herbert/Bert Howard/Howie Hugh/Huey Ian/ "
    "Irene/Rene Isabella/Izzy,Bella Isaac/Zac Jacqueline/Jackie Jasmine/Jas Jeremy/Jez,Jerry Jessica/Jess "
    "Joanne/Jo Jonathan/Jon,Jonny Joseph/Joe,Joey Josephine/Josie Joshua/Josh Joyce/ Judith/Judy "
    "Julian/Jules Katherine/Kate,Kathy,Kit Kenneth/Ken,Kenny Kimberley/Kim Laurence/Larry,Laurie "
    "Leonard/Len,Lenny Leslie/Les Lillian/Lily,Lil Louisa/Lou Lucinda/Cindy Madeleine/Maddie Malcolm/Mal "
    "Marcus/Marc Marjorie/Marge Martha/Marty Matthew/Matt Maureen/Mo Maximilian/Max Melanie/Mel "
    "Michael/Mick,Mike Millicent/Millie Miranda/Randa Mohammed/Mo Montgomery/Monty Muriel/ Nadia/ "
    "Natasha/Tasha Nathaniel/Nat,Nathan Neil/ Nicholas/Nick,Nicky Nicola/Nicky Nigel/Nige Norman/Norm "
    "Oliver/Ollie Oscar/ Pamela/Pam Patrick/Paddy,Pat Penelope/Penny Percival/Percy Philippa/Pippa "
    "Phillip/Phil Phyllis/Phyl Prudence/Pru Rachel/Rach Raymond/Ray Reginald/Reg Richard/Dick,Rich,Rick "
    "Robert/Bob,Rob,Bobby Roderick/Rod Rodney/Rod Roger/Rodge Ronald/Ron,Ronnie Rosalind/Ros "
    "Rosemary/Rosie Russell/Russ Sebastian/Seb Shirley/Shirl Sidney/Sid Silvia/Sylv Simon/Si Stanley/Stan "
    "Stephanie/Steph Stephen/Steve Stuart/Stu Terence/Terry Theodora/Dora,Thea Theodore/Theo,Ted "
    "Theresa/Tess,Terri Thomas/Tom Timothy/Tim Tobias/Toby Valerie/Val Veronica/Ronnie Vincent/Vince "
    "Vivian/Viv Walter/Wally,Walt Wendy/ Wilfred/Wilf William/Bill,Will,Billy Winifred/Winnie Yasmin/Yas "
    "Zachary/Zach"
)
"""Given name/its short forms."""

FAMILY = (
    "Abbott Archer Atkins Barker Barnes Barton Bates Baxter Bishop Bond Booth Bowen Boyle Bradshaw Brady "
    "Bryant Burgess Burns Burton Byrne Cameron Campbell Carr Carter Chambers Chapman Coleman Collins Cox "
    "Cross Curtis Dawson Day Dixon Doyle Duncan Dunn Edwards Elliott Ellis Ferguson Fisher Fletcher Flynn "
    "Ford Foster Fowler Fox Francis Fraser Freeman Gardner George Gibson Gilbert Gill Gordon Graham Grant "
    "Gray Griffiths Hamilton Hawkins Hayes Henderson Henry Hewitt Higgins Holland Holmes Howard Howe "
    "Howell Hudson Hughes Hunt Hunter Hussain Hutchinson Ingram Jarvis Jenkins Jennings Jordan Kaur Kelly "
    "Kennedy Kerr Knight Lamb Lane Lawrence Lawson Lee Leigh Lewis Lloyd Logan Long Lowe Lynch Mann Marsh "
    "Marshall Mason Matthews May McCarthy McKenzie Mills Mistry Mitchell Myers Newman Nicholls Nolan "
    "Norris O'Brien O'Sullivan Oliver Osborne Owen Page Parker Parsons Payne Pearce Pearson Perry Pope "
    "Porter Potter Powell Preece Price Quinn Read Reid Reynolds Rice Richards Riley Rogers Rose Ross Rowe "
    "Russell Ryan Saunders Shah Sharp Shaw Simpson Spencer Stevens Stewart Stone Sutton Swift Thornton "
    "Todd Townsend Tucker Vaughan Wade Wallace Walsh Walters Warren Watts Webb Webster Wells West Wheeler "
    "Whittaker Wilkinson Willis Yates Young"
)
"""Common family names."""

FIRST_HALVES = (
    "Al Bar Ben Blen Brack Bram Cal Chil Cran Dar Den Dun El Fair Fen Gran Hal Hath Hol Ing Kel Kirk Lin "
    "Mar Mel Nel New Og Pem Pen Quar Rad Rams Ros Rud Sed Shel Som Stam Thur Tre Ul Wal War Whit Wor Yar"
)
LAST_HALVES = (
    "bourne by cliffe cott croft dale den dine er ett gate grave ham holme hurst land leigh low man marsh "
    "mere more ney ridge row sall sby sett side son stead stock thorpe tree vale wade ward way well wyn"
)
"""Rarer family names are put together from these."""

ROADS = (
    "Acacia Albert Beech Bramble Bridge Canal Castle Cedar Chapel Cherry Church Clarence Coronation Crown "
    "Daisy Elm Falcon Fir Fox Garden Grange Hawthorn Heath Heron High Hollow Ivy Jubilee Kings Larch "
    "Laurel Lime Magpie Manor Maple Market Meadow Mill Mount Nelson Oak Old Orchard Park Pine Poplar "
    "Priory Queens Regent River Rowan School Spring Station Swan Tower Trinity Vicarage Victoria Walnut "
    "Waterloo Wellington Willow Windmill Woodland Yew"
)

KINDS_OF_ROAD = (
    "Street/St", "Road/Rd", "Avenue/Ave", "Lane/Ln", "Close/Cl", "Drive/Dr", "Gardens/Gdns", "Terrace/Ter",
)  # fmt: skip
"""A word and how it is shortened."""

TOWNS = (
    "Aldermoor/AM Bexcombe/BX Carrowby/CY Dunmarsh/DU Eastry/EY Fernley/FN Garsdale/GD Harwick/HK "
    "Inglemere/IM Kelbrook/KB Lowmoor/LM Marchwell/MW Netherby/NB Oakhampton/OH Penrose/PR Queensford/QF "
    "Ravensby/RV Saltcombe/SC Thornaby/TY Underhill/UH Vexford/VX Westerdale/WD Yarnton/YT Zelwick/ZW"
)
"""Town/its postcode area."""

MAIL = "mailbox.example post.example inbox.example webmail.example fastpost.example letters.example"
"""Where mailboxes are."""
