"""What a column says, by its name: as the exports of common systems call it, in four languages."""

import re
from collections.abc import Mapping
from functools import lru_cache

from hub.codecs.clean import unaccented
from hub.matching.reading.words import listed

ROLES: Mapping[str, tuple[str, ...]] = {
    "kind": listed(
        "customertype companytype recordtype klanttype klantsoort kundentyp kundenart typeclient "
        "typedeclient iscompany isacompany isbedrijf isabusiness rechtsvorm soortklant relatietype "
        "type"
    ),
    "name": listed(
        "fullname customername naam displayname completename volledigenaam contactname contactnaam "
        "klantnaam kundenname nomcomplet nom nomduclient partnername accountholder weergavenaam "
        "anzeigename username vollername vollstandigername clientname"
    ),
    "given_name": listed(
        "firstname forename voornaam voornamen vorname vornamen fname givennames prenom prenoms "
        "roepnaam rufname initials voorletters initialen first imie imiona nombre nombres nome"
    ),
    "middle_name": listed(
        "middle middlenames secondname secondgivenname tweedenaam tweedevoornaam zweitername zweitervorname "
        "deuxiemeprenom additionalname"
    ),
    "family_name_prefix": listed(
        "prefix tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels infix middlenameprefix "
        "namensvorsatz surnameprefix lastnameprefix particule"
    ),
    "family_name": listed(
        "lastname surname achternaam nachname lname familienaam familienname nomdefamille "
        "geslachtsnaam zuname nomfamille last nazwisko apellido apellidos cognome"
    ),
    "name_suffix": listed("suffix generation generationalsuffix namenszusatz"),
    "birth_date": listed(
        "dateofbirth dob geb geboortedatum geburtsdatum birthday birthdate datedenaissance datenaissance "
        "gebdatum gebdat geburtstag verjaardag anniversairedenaissance naissance geboren geboortedag "
        "neele nele dateanniversaire"
    ),
    "email": listed(
        "emailaddress emailaddresses mail emailadres emailadressen emails mailadres mailaddress "
        "emailadresse mailadresse adresseemail adressemail courriel adresseelectronique "
        "adressedemessagerie emailvalue electronicmail emailid"
    ),
    "phone": listed(
        "phonenumber telephone mobile mobilephone telefoon telefon mobiel phones telefoonnummer "
        "telefonnummer telnr tel telephonenumber mobilenumber mobilephonenumber mobielnummer "
        "mobieltelefoonnummer gsm gsmnummer handy handynummer mobil mobiltelefon mobilnummer portable "
        "telephoneportable telephonefixe telephonemobile numerodetelephone numerotelephone "
        "notelephone rufnummer festnetz vasttelefoonnummer vastetelefoon sms whatsapp whatsappnummer "
        "landline landlinenumber cell cellphone cellnumber phonevalue carphone companymainphone "
        "mobieletelefoon telefoonmobiel telefoonvast telefoonprive telno telefonmobil telefonprivat "
        "telefonfestnetz fixe contactnumber phoneno mobileno"
    ),
    "street": listed(
        "streetname address1 addressline1 straat strasse address adres adresse rue streetaddress "
        "straatnaam strassenname street1 streetline1 addressstreet adresregel1 adres1 adresse1 "
        "adresseligne1 straatenhuisnummer strasseundhausnummer strassehausnummer strassenr "
        "straathuisnummer voie numeroetrue rueetnumero adressepostale postaddress addr"
    ),
    "house_number": listed(
        "streetnumber housenumber housenr huisnummer huisnr hausnummer hausnr numerodevoie "
        "numerodemaison numerodanslarue numerorue addressnumber straatnummer houseno"
    ),
    "house_number_addition": listed(
        "addition unit unitnumber toevoeging huisnummertoevoeging huisnrtoevoeging zusatz "
        "hausnummerzusatz bus busnummer boite box flatnumber apartment housenumbersuffix huisletter"
    ),
    "postal_code": listed(
        "postcode zip zipcode plz postleitzahl codepostal cp addresspostalcode zippostalcode "
        "postalzip postnummer zippostcode postcodes addresszip"
    ),
    "city": listed(
        "town suburb plaats woonplaats stad ort stadt wohnort ville commune gemeente localite "
        "plaatsnaam addresscity locality municipality vestigingsplaats"
    ),
    "country": listed(
        "countrycode land pays landcode landcodes codepays countryregion countryname addresscountry "
        "landeskennzeichen landnaam"
    ),
    "number": listed(
        "socsecid ssn nationalnumber passport memberid taxid nationalid bsn burgerservicenummer "
        "lidnummer membernumber passportnumber paspoortnummer reisepassnummer rijksregisternummer "
        "nationaalnummer numeronational numerodesecuritesociale socialsecuritynumber mitgliedsnummer "
        "numerodemembre sozialversicherungsnummer numeroderegistrenational policynumber polisnummer "
        "patientnumber patientnummer steuerid"
    ),
    "employer": listed(
        "company companyname organisation organization werkgever bedrijf unternehmen societe "
        "entreprise accountname employername arbeitgeber employeur organizationname organisationname "
        "relatedcompany bedrijfnaam associatedcompany primarycompany organisatie parentcompany"
    ),
    "legal_name": listed(
        "firm businessname bedrijfsnaam firma firmenname raisonsociale orgname legalentity "
        "handelsnaam statutairenaam nomdelasociete nomdelentreprise unternehmensname denomination "
        "firmanaam organisatienaam nomentreprise"
    ),
    "vat_number": listed(
        "vat btw btwnummer btwnr ustid ustidnr umsatzsteueridentifikationsnummer vatid vatno "
        "numerotva tva numerodetva tvaintracommunautaire taxnumber btwidentificatienummer "
        "vatregistrationnumber btwid mwstnummer uidnummer umsatzsteuerid ntva"
    ),
    "coc_number": listed(
        "coc kvk kvknummer kvknr registrationnumber chamberofcommerce chamberofcommercenumber siret "
        "siren handelsregisternummer ondernemingsnummer numerodentreprise companynumber "
        "companyregistry kbo kbonummer hrb hrbnummer registernumber"
    ),
    "domain": listed(
        "website web url companydomainname companydomain websiteurl homepage webseite siteweb "
        "siteinternet webpage webpagina domainname websitevalue internetadres"
    ),
    "fact": listed(
        "birthplace placeofbirth geburtsort geboorteplaats lieudenaissance cityofbirth "
        "villedenaissance occupation beroep beruf profession metier trade nationality nationaliteit "
        "nationalitat staatsangehorigkeit staatsburgerschaft nationalite gender sex geslacht "
        "geschlecht sexe genre"
    ),
}
"""What a column may say, and the names it is known by besides its own, letters and digits alone."""

SOMEBODY_ELSES = "somebody else's, or no line of a person"
OTHERS: Mapping[str, tuple[str, ...]] = {
    "a number of the record, not of the customer": listed(
        "id recordid contactid customerid klantnummer klantnr kundennummer kundennr customernumber "
        "customerno numeroclient numerodeclient clientid relatienummer debiteurnummer "
        "debiteurennummer debitor userid externalid uuid guid recid accountid companyid "
        "organizationid partnerid leadid vid klantid rowid associatedcompanyid parentid ownerid "
        "recordnummer klantcode debiteur administrationid sourceid"
    ),
    "a moment of the record, not of the customer": listed(
        "created createdat createdate creationdate createdon createddate updated updatedat modified "
        "modifiedat lastmodified lastmodifieddate lastmodifiedat lastactivitydate lastseen "
        "lastcontacted aangemaakt aangemaaktop gewijzigd gewijzigdop laatstgewijzigd erstelltam "
        "erstellt geandertam datedecreation datedemodification creele modifiele signupdate lastlogin "
        "lastorderdate lastupdate importdate registrationdate subscribedat addedtime inschrijfdatum "
        "lastactivity lastloginat createdtime added"
    ),
    SOMEBODY_ELSES: listed(
        "fax faxnumber faxnummer homefax businessfax otherfax telefax telecopie pager telex "
        "assistantsphone assistantphone assistantname emergencycontact emergencyphone radiophone "
        "ttytddphone callback spouse partnerphone managersname managername referredby owner "
        "contactowner accountowner leadowner recordowner eigenaar besitzer proprietaire assignedto "
        "salesperson verkoper createdby modifiedby lastmodifiedby reportsto isdn "
        "sendinvoicestoattention sendestimatestoattention"
    ),
    "a second line beside the street": listed(
        "address2 addressline2 street2 streetaddress2 adres2 adresregel2 adresse2 adresszusatz addresszusatz "
        "complementdadresse adresseligne2"
    ),
    "a label beside a value": listed(
        "emailtype phonetype addresstype websitetype emaillabel phonelabel addresslabel "
        "organizationtype organizationlabel emaildisplayname addressformatted relationtype"
    ),
    "it changes, and tells nobody apart": listed(
        "jobtitle functie function fonction funktion position title titel titre department afdeling "
        "abteilung notes note opmerking opmerkingen bemerkung bemerkungen remarque remarques memo "
        "tags tag labels groups language taal sprache langue status leadstatus lifecyclestage "
        "category categories rolle rol salutation aanhef anrede civilite nameprefix "
        "description bron source leadsource organizationtitle organizationdepartment"
    ),
}
"""Why a column is no evidence, and the names of such columns."""

QUALIFIERS = frozenset(
    listed(
        "home prive private privat personal personnel business zakelijk work werk geschaftlich "
        "dienstlich professionnel mailing billing shipping other primary main hoofd contact "
        "contactpersoon customer klant kunde kunden client partner person persoon user value default "
        "invoice invoices invoicing factuur facturation rechnung rechnungs liefer lieferung livraison "
        "delivery send to visit bezoek estimates alternate alternative secondary second extra de du "
        "des van der la le lu correspondence"
    )
)
"""What says whose or which, before what it is: ``MailingStreet``, ``Home Phone``, ``Billing city``."""
_ELSES = frozenset(
    listed(
        "manager accountmanager owner assistant assistants parent spouse emergency referrer referral "
        "supervisor verkoper eigenaar besitzer vertreter proprietaire fax pager salesperson agent "
        "noodcontact notfall"
    )
)
"""Words in a name that make it somebody else's: ``Manager e-mail``."""
SECOND = frozenset(("initials", "voorletters", "initialen"))
"""Names of what is read only where nothing better says the same."""
NUMBERS = frozenset(("number", "nummer", "nr", "no", "numero", "num", "n"))
"""Names that only say it is a number: of a house, a telephone, a person."""
_KNOWN = {role.replace("_", ""): role for role in ROLES} | {
    name: role for role, names in ROLES.items() for name in names
}
_OTHERS = {name: why for why, names in OTHERS.items() for name in names}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|[0-9]+")


def by_name(column: str) -> str:
    """The role a column has by its name, or nothing: ``First Name`` and ``voornaam`` are the given name."""
    return _KNOWN.get(_listed(column), "")


def no_evidence(column: str) -> str:
    """Why a column of this name is none, or nothing."""
    found = _listed(column)
    if not found and _ELSES.intersection(_words(column)):
        return SOMEBODY_ELSES
    return _OTHERS.get(found, "")


@lru_cache(maxsize=4096)
def _listed(column: str) -> str:
    return next((one for one in _spellings(column) if one in _KNOWN or one in _OTHERS), "")


def which(column: str) -> str:
    """Which of several one belongs to: ``billing`` of ``Billing Street``, ``2`` of ``Address 2 - City``.

    The first of several is as one that says nothing.
    """
    return " ".join(one for one in _words(column) if one in QUALIFIERS or (one.isdecimal() and one != "1"))


def is_second(column: str) -> bool:
    """Whether another column of the same role is read rather than this one."""
    return _listed(column) in SECOND


def only_a_number(column: str) -> bool:
    """Whether a name says no more than that it is a number."""
    return "".join(_words(column)) in NUMBERS


def _words(column: str) -> list[str]:
    return _WORD.findall(unaccented(_HUMP.sub(" ", column).casefold().replace("ß", "ss")))


def _spellings(column: str) -> list[str]:
    """A name as it may be listed: whole, without its numbers, without what says whose it is."""
    words = _words(column)
    bare = [one for one in words if not one.isdecimal()]
    own = [one for one in bare if one not in QUALIFIERS]
    first = [one for one in words if one not in QUALIFIERS]
    rest = ["".join(some) for some in (first, own)]
    # What is left of "invoice number" is anybody's number.
    return ["".join(words), "".join(bare), *(one for one in rest if one not in NUMBERS)]
