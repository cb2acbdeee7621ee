"""A worded form: the sheet that nobody needs to see has a name that its title never has."""

from plantrack.i18n.words import LANGUAGES, Words
from plantrack.render.layout.form_page import HIDDEN_SHEET, FormColumn, FormHint, FormPage


def test_the_two_sheets_have_names_of_their_own() -> None:
    assert HIDDEN_SHEET not in {Words(language)("forms.sheet") for language in LANGUAGES}


def test_what_a_form_has() -> None:
    assert FormPage._fields[0] == "name"
    assert FormColumn._fields == ("field", "heading")
    assert FormHint._fields == ("title", "text")
