"""What is said to whoever reads a database that is worked on elsewhere: a line of the report, and where to look."""

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.elsewhere import Elsewhere
from plantrack.render.layout.json_object import Object


def elsewhere_said(place: Elsewhere, words: Words) -> str:
    """Say where the data is, and since when what is recorded is not here."""
    return words(f"elsewhere.{place.code}", to=visible(place.named), day=words.day(place.day))


def where_to_look(place: Elsewhere, words: Words) -> str:
    """Say how to look there."""
    return words("elsewhere.hint", to=visible(place.named))


def elsewhere_problem(place: Elsewhere, words: Words) -> Object:
    """Return it for JSON, as a warning that is of no file."""
    nowhere: Object = dict.fromkeys(("file", "line", "column"))
    said = {"message": elsewhere_said(place, words), "hint": where_to_look(place, words)}
    return {**nowhere, "severity": "warning", "code": place.code, **said}
