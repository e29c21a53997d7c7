"""Australian-style people: given names, families, streets, properties and suburbs that are not there."""

from bench.identity.made.words import listed

GIVEN = listed(
    "jaxon darcie kirra talia bronte callum lachie imogen tahlia brodie mackenzie kasey jarrah coen "
    "maddison riley tyson alinta bethany corey dylan ebony flynn georgie hamish indiana joshua keira liam "
    "mikayla nathan olivia peyton quinn ruby sienna tiarna uma victor willow xavier yasmin zane amber "
    "blake chelsea dominic ella finlay grace harrison isla jett kobe lara mia noah oscar paige reece "
    "stella toby ursula vanessa wade abbey bailey caitlin dante erin felix gemma hugo ivy jordan kyle lucy "
    "max nikita owen phoebe rhys sophie trent annika brayden claudia declan eden fraser gabrielle heath "
    "ingrid jye kiara logan molly ned portia ryder scarlett taj verity zali"
)
FAMILY = listed(
    "abernethy bartsch callinan dinham eastaugh fotheringham gunnell hoskin illingworth janetzki kavanagh "
    "lillicrap maslin nottage oastler penhall quick rundle sarantos tregenza ujvary vorrath wauchope xenos "
    "yeend zadow amiet bowditch clapperton doolan engelmann farrugia gillard hatzis ivanoff jorgensen "
    "krahe lutze mcgilvray nankivell odgers pfitzner reschke schirmer tonkin vella wundersitz youlden "
    "zanker ashenden bruhn cockshell devitt edson freebairn gepp hannaford jarick klose lehrke minuzzo "
    "noske obst polkinghorne rosewarne siviour twartz uppill vlassis weckert zwar abdilla bongiorno "
    "chappel dalmau ettridge fazio goodchild haebich jeffree kourakis lobban mazzeo nguyen-tran okely "
    "papas rankine scholz trezise venning whinnen"
)
STREET_NAMES = listed(
    "acacia ballara carbeen dargo echuca_bend fernhill gidgee hakea illaroo jindalee kangaroo_paw lomandra "
    "mopoke nardoo oleander paperbark quoll redgum stringybark tuckeroo urana vasse warrigal yabby zamia "
    "banksia callistemon drover eucumbene finniss galah hovea ironbark jarrah kurrajong lilly_pilly mulga "
    "numbat ochre pelican quandong rosella saltbush tamar undara violet wattle yarran zircon brolga cassia"
)
STREET_KINDS = listed(
    "street street street street place place crescent court avenue circuit close road drive"
)
PROPERTY = listed(
    "rosebank hillview the_gums warrawee glen_ayr pine_lodge mountain_view brentwood homestead_park "
    "villa_maria kia_ora sunnyside willow_vale regency_gardens bellbird_rise lake_hotel the_meadows "
    "riverbend_estate glenfield_retirement_vlge bayview_apartments coolabah_downs northern_heights"
)
SUBURB_STARTS = listed(
    "war bal tam kur yar mul gil nar wol car boo cun dar eum gun jer kal lil mar nul oor par quir ror tal "
    "ul wan bro"
)
SUBURB_ENDS = listed(
    "anga bah coola dera gong illa long mbah nda oora pin rack ringa tah udgee vale warra wick yup dale "
    "ton worth field bool"
)
STATES = listed("nsw nsw nsw vic vic qld qld sa wa tas act nt")
