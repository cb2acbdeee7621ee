"""The page as mail: every colour is one that Gmail and Outlook know."""

import re

from plantrack.i18n.words import Words
from plantrack.render.formats import file_of
from plantrack.render.formats.html import own_file
from plantrack.render.formats.html.mail import plain_style
from plantrack.render.views import weekly
from tests.support.factory_weekly import make_weekly


def rules(style: str) -> dict[str, str]:
    """Return the rules of the first level by their selector."""
    return dict(re.findall(r"^([^\s@:][^{}\n]*) \{([^{}]*)\}$", style, re.MULTILINE))


def test_mail_has_plain_colours() -> None:
    words = Words("vi")
    document = weekly.document(make_weekly(), words)
    mail, page = (
        file_of(document, form, words, width=80, colour=False).decode("utf-8") for form in ("mail", "html")
    )
    assert "var(" in page
    for word in ("var(", "--", ":root", "prefers-color-scheme", "@page", "@media print", "light dark"):
        assert word not in re.sub("<!--.*?-->", "", mail.replace("-->", "")), word
    assert 'name="color-scheme" content="light"' in mail
    without_style = [
        re.sub(r"<style>.*</style>|<meta[^>]*>", "", text, flags=re.DOTALL) for text in (mail, page)
    ]
    assert without_style[0] == without_style[1], "what is said is the same"


def test_every_rule_stays_with_its_light_colour() -> None:
    style = own_file("style.css")
    colours = dict(re.findall(r"(--[\w-]+): (#\w+);", style.split("@media")[0]))
    assert len(colours) > 10
    said = rules(style)
    assert len(said) > 50
    for name, colour in colours.items():
        said = {selector: rule.replace(f"var({name})", colour) for selector, rule in said.items()}
    assert rules(plain_style(style)) == said


def test_gmail_takes_all_of_it() -> None:
    """Gmail drops a style of more than 8192 characters, and one with a rule inside a rule inside a rule."""
    style = plain_style(own_file("style.css"))
    assert len(style) < 8192
    depth = deepest = 0
    for sign in re.findall("[{}]", style):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 2)
