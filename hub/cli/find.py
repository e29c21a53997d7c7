"""``klantbeeld find``."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import listing, screen
from hub.cli.options import Json, Limit, Store
from hub.model.keys import Kind
from hub.views.sentences import sentences

if TYPE_CHECKING:
    from hub.views.search import Candidate

Text = str | None


def find(
    who: Annotated[
        Text,
        typer.Argument(
            metavar="WHO", help="Whatever is at hand, as klantbeeld show takes it; instead of the options."
        ),
    ] = None,
    name: Annotated[
        Text, typer.Option("--name", help="A person's whole name, or a firm's with --kind.")
    ] = None,
    given_name: Annotated[Text, typer.Option("--given-name", help="Given name.")] = None,
    family_name: Annotated[Text, typer.Option("--family-name", help="Family name.")] = None,
    email: Annotated[Text, typer.Option("--email", help="E-mail address.")] = None,
    phone: Annotated[Text, typer.Option("--phone", help="Telephone number.")] = None,
    birth_date: Annotated[Text, typer.Option("--birth-date", help="Date of birth.")] = None,
    street: Annotated[
        Text, typer.Option("--street", help="Street, with or without the house number.")
    ] = None,
    house_number: Annotated[Text, typer.Option("--house-number", help="House number.")] = None,
    postal_code: Annotated[Text, typer.Option("--postal-code", help="Postal code.")] = None,
    city: Annotated[Text, typer.Option("--city", help="Town.")] = None,
    country: Annotated[Text, typer.Option("--country", help="Country, by which a number is read.")] = None,
    employer: Annotated[Text, typer.Option("--employer", help="The firm a person works for.")] = None,
    legal_name: Annotated[Text, typer.Option("--legal-name", help="A firm's name.")] = None,
    vat: Annotated[Text, typer.Option("--vat", help="A firm's VAT number.")] = None,
    coc: Annotated[Text, typer.Option("--coc", help="A firm's number in the trade register.")] = None,
    domain: Annotated[Text, typer.Option("--domain", help="A firm's web domain.")] = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="Person or organisation; default: as what is told says.")
    ] = None,
    limit: Limit = 10,
    json: Json = False,
    store: Store = None,
) -> None:
    """Search before you create: the customers most like somebody about to be entered, likeliest first.

    By the matching engine: spelling, initials, nicknames and an old address do not hide anybody. Exit code
    0 whether or not somebody fits.

    With WHO it lists who may be meant by that, without rating anybody.

    Example: klantbeeld find --name 'J. de Vries' --email j.devries@example.nl

    Example: klantbeeld find 'Graaf, Bas de'

    Example: klantbeeld find --legal-name 'Bakkerij Jansen' --postal-code '1234 AB' --json
    """
    from hub.cli.opening import opened
    from hub.views.search import searching

    if who:
        _meant(who, limit, json, store)
        return
    told = {
        "name": name,
        "given_name": given_name,
        "family_name": family_name,
        "email": email,
        "phone": phone,
        "birth_date": birth_date,
        "street": street,
        "house_number": house_number,
        "postal_code": postal_code,
        "city": city,
        "country": country,
        "employer": employer,
        "legal_name": legal_name,
        "vat_number": vat,
        "coc_number": coc,
        "domain": domain,
    }
    with opened(store) as hub, searching(hub) as search:
        found = search({role: text for role, text in told.items() if text}, kind, limit)
    if json:
        screen.answer({"candidates": found})
    else:
        _tell(found)


def _meant(who: str, limit: int, json: bool, store: Store) -> None:
    from hub.cli.opening import opened
    from hub.views.find import candidates

    with opened(store) as hub:
        found = candidates(hub, who, limit)
    if json:
        screen.answer(found)
    elif found.hits:
        listing.choose(found, sentences())
    else:
        screen.say("Nobody like that.")


def _tell(found: list["Candidate"]) -> None:
    rows = [
        (
            *(f"{one.bits:+.1f}", "likely" if one.likely else "", one.name, one.town, one.email),
            *(", ".join(one.systems), one.golden_id),
        )
        for one in found
    ]
    screen.table("", ("bits", "", "name", "town", "e-mail", "systems", "golden id"), rows)
    screen.say("Nobody like that." if not found else "Look at one: klantbeeld show GOLDEN-ID")
