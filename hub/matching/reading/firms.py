"""Whether a row, or a column, is about people or organisations."""

from hub.codecs.clean import unaccented
from hub.codecs.memory import remembered
from hub.matching.reading.words import listed
from hub.model.keys import Kind

_FORMS = frozenset(
    listed(
        "bv nv vof gmbh kgaa ug ltd limited plc llp inc llc bvba srl sprl sarl sas sasu eurl cvba "
        "commv ohg gbr corp corporation eenmanszaak asbl vzw stichting vereniging maatschap "
        "cooperatie verein stiftung gmbhco holding association fondation foundation bva kft spa pty "
        "company"
    )
)
"""Words that make a name an organisation's wherever they stand."""
_LAST = frozenset(listed("sa ag kg ev se cv co eg sc sca scrl ab as oy ek"))
"""Those that do so as the last word alone."""
_ORGANISATION = listed(
    "org com fir bus bed zak unt geschaft ent soc prof rechtsp jur b2b verein vereniging stichting "
    "firm onderneming legal"
)
_PERSON = listed("per particul pri indiv cons kons mens nat b2c human einzel contact")
_YES, _NO = (
    frozenset(listed("1 true yes ja oui y j x waar wahr vrai")),
    frozenset(listed("0 false no nee nein non n onwaar falsch faux")),
)


@remembered
def is_firm(name: str) -> bool:
    """Whether a name carries a legal form: ``Jansen B.V.``, ``Müller GmbH & Co. KG``, ``Stichting Zon``."""
    words = _joined(_plain(name))
    return len(words) > 1 and (words[-1] in _LAST or any(one in _FORMS for one in words))


@remembered
def kind_told(text: str, column: str = "") -> Kind | None:
    """What a cell of a column of kinds says, in four languages; None where that is not known.

    ``column``: its name; of ``Is a company`` a yes is an organisation.
    """
    word = "".join(_plain(text))
    if word in _YES or word in _NO:
        asked = "".join(_plain(column))
        about_firms = any(one in asked for one in ("compan", "bedrijf", "firm", "business", "organi"))
        return "organisation" if (word in _YES) == about_firms else "person"
    if word.startswith(("rechtsp", "personnemorale", "juristischeperson", "personnejuridique")):
        return "organisation"
    if word.startswith(tuple(_ORGANISATION)):
        return "organisation"
    return "person" if word.startswith(tuple(_PERSON)) or word == "p" else None


def _plain(text: str) -> list[str]:
    kept = "".join(one if one.isalnum() else " " for one in unaccented(text.casefold()))
    return kept.split()


def _joined(words: list[str]) -> list[str]:
    """Single letters in a row as one word: ``b v`` is ``bv``."""
    found: list[str] = []
    open_ = False
    for word in words:
        if len(word) == 1 and open_:
            found[-1] += word
        else:
            found.append(word)
        open_ = len(word) == 1
    return found
