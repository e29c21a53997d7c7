"""English-language people of four centuries: names with what they are called, families, towns, trades."""

from bench.identity.made.words import listed

MEN = listed(
    "William/Will,Bill,Willie John/Jack,Johnny Thomas/Tom,Tommy George/Geordie Henry/Harry,Hal "
    "Edward/Ned,Ted,Eddie Charles/Charlie,Chas Robert/Bob,Rob,Robin James/Jim,Jem,Jamie Richard/Dick,Rick "
    "Frederick/Fred,Freddie Francis/Frank Arthur/Art Alfred/Alf Walter/Wat,Wally Samuel/Sam Joseph/Joe "
    "Alexander/Alec,Sandy David/Davy,Dave Hugh/Hughie Edmund/Ned Ernest/Ernie Albert/Bert,Bertie "
    "Philip/Pip,Phil Nathaniel/Nat Augustus/Gus Theodore/Theo Gilbert/Gil Godfrey/ Ambrose/ Barnaby/Barney "
    "Bevis/ Clement/Clem Crispin/ Cuthbert/Cuddy Ebenezer/Eben Erasmus/Ras Everard/ Ferdinand/Ferdy "
    "Gervase/ Giles/ Horatio/ Humphrey/Numps Inigo/ Isambard/ Jasper/ Jocelyn/Joss Josiah/Jos "
    "Lancelot/Lance Laurence/Larry,Laurie Leopold/Leo Lionel/ Ludovic/Ludo Marmaduke/Duke Matthias/Matt "
    "Mortimer/Mort Obadiah/Obie Octavius/ Peregrine/Perry Piers/ Ralph/Rafe Randolph/Randy,Dolph "
    "Reginald/Reg,Reggie Roderick/Rod,Rory Rupert/Rupe Septimus/ Silas/ Sylvester/Syl Thaddeus/Thad "
    "Tobias/Toby Valentine/Val Vivian/Viv Wilfred/Wilf Zachary/Zach Algernon/Algy Archibald/Archie Aubrey/ "
    "Basil/ Benedict/Ben"
)
"""Given name/short forms; the first are the commonest."""

WOMEN = listed(
    "Mary/Molly,Polly,May Elizabeth/Eliza,Bess,Betty,Lizzie Anne/Nan,Annie Margaret/Peggy,Meg,Maggie "
    "Jane/Jenny,Janie Sarah/Sally,Sadie Catherine/Kate,Kitty,Cathy Frances/Fanny Charlotte/Lottie "
    "Eleanor/Nell,Nora,Ellie Harriet/Hattie,Hetty Dorothy/Dolly,Dot Isabel/Bell,Izzy Caroline/Carrie "
    "Louisa/Lou Emily/Em,Emmy Florence/Flo Adelaide/Addie Agatha/Aggie Albertina/Tina Araminta/Minty "
    "Augusta/Gussie Beatrix/Trixie Bertha/ Cecily/Cis Christabel/Christy Clementina/Clemmie Cordelia/Delia "
    "Cressida/ Dorcas/ Drusilla/ Edith/Edie Ernestine/ Esme/ Euphemia/Effie Flavia/ Georgiana/Georgie "
    "Gertrude/Gertie Hephzibah/Hepsie Hermione/ Honoria/Nora Ianthe/ Jemima/Mima Josepha/ Keziah/Kizzy "
    "Lavinia/Vinnie Letitia/Lettice,Letty Lucasta/ Mabel/ Matilda/Tilly,Maud Mehetabel/Hetty "
    "Millicent/Millie Myrtle/ Octavia/Tavie Ottoline/ Parthenia/ Perpetua/ Philippa/Pippa,Pip "
    "Priscilla/Prissy,Cilla Prudence/Prue Rosamund/Ros Sabina/ Seraphina/ Sophronia/ Susannah/Sukey,Sue "
    "Tabitha/Tabby Theodora/Dora Thomasina/Tamsin Ursula/ Venetia/ Verity/ Wilhelmina/Mina,Minnie "
    "Winifred/Winnie Zenobia/"
)

FAMILY = listed(
    "Aldworth Amory Annesley Ansell Ashcombe Aspinall Babington Bagot Balfour Bampfylde Barrington Basset "
    "Bellamy Beresford Blount Boscawen Bouverie Bradstreet Brabazon Brereton Bromley Buckler Burdett "
    "Calthorpe Carew Cavell Chichester Cholmeley Clavering Clutterbuck Colclough Conyers Courtenay "
    "Coverdale Cranmer Creighton Culpeper Dacre Dalrymple Danvers Dashwood Daubeny Delacourt Denholm "
    "Devereux Dormer Drummond Dugdale Egerton Eyre Fairfax Fanshawe Farquhar Fenwick Finch Fitzalan "
    "Fleetwood Fortescue Gascoigne Gifford Goring Gresham Grosvenor Haldane Harcourt Hartopp Heathcote "
    "Herrick Holroyd Hungerford Inchbald Isham Jermyn Kenyon Killigrew Knatchbull Knollys Lambton "
    "Lascelles Leighton Lovelace Lowther Lyttelton Mainwaring Mallory Mauleverer Mildmay Molyneux "
    "Mompesson Mordaunt Napier Nevill Northcote Oglander Onslow Ormsby Oughtred Paget Pakenham Palgrave "
    "Paston Pelham Penruddock Peyton Pilkington Plowden Polwhele Popham Poyntz Prideaux Quarles Radcliffe "
    "Rainsford Ravenscroft Rokeby Rushworth Sacheverell Savile Scrope Sedley Shirley Skeffington Slingsby "
    "Somerville Stapleton Strangways Strickland Tempest Thoresby Throckmorton Trelawny Trevelyan Tufnell "
    "Twysden Vavasour Villiers Wentworth Wharton Wilbraham Windham Wodehouse Wrottesley Wyndham Wyvill "
    "Yelverton"
)
FIRST_HALVES = listed(
    "Ash Barn Beck Birk Brad Brock Burn Cal Clay Cole Crow Dal Dun East Elm Fal Fern Gar Glan Gold Hal Har "
    "Hazel Hen Hey Hol Horn Hurst Kel Kings Lang Lath Led Lind Lock Mal Mid Mos Nor Oak Ol Pad Pil Rad Red "
    "Ris Row Sand Shep Skel Stan Stock Sut Tat Thorn Tun Ul Wad Wal Wes Whit Win Wood Wor"
)
LAST_HALVES = listed(
    "bank beck bridge brook burn bury by cliff combe cote croft dale den don fell field ford garth gate "
    "ham head hill holt hope house hurst land law ley low man mond more ow ridge shaw son stall stead "
    "stone ton wick with worth"
)
"""Rarer family names, and towns, are put together from these."""

TOWN_ENDS = listed(
    "borough bury caster chester den ford ham haven holme leigh minster mouth port stead ton wick wold"
)

TRADES = listed(
    "politician politician politician politician writer writer writer painter painter cricketer cricketer "
    "cricketer clergyman botanist engraver lawyer actor architect physician composer astronomer publisher "
    "photographer landowner antiquary brewer geologist sculptor translator rower soldier soldier sailor "
    "judge poet chemist"
)
"""As frequent as they are listed."""

MAIL = listed(
    "northpost.example penny-mail.example couriers.example lettermail.example webpost.example "
    "quickmail.example homepost.example skymail.example"
)
