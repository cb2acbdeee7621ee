"""The organisations: from when and until when they exist, and what comes after them."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Organisation, Text
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.render.formats import render
from plantrack.render.views import org
from tests.support.factory import make_heading, make_org, make_plan
from tests.support.sheets import rows

VI, EN = Words("vi"), Words("en")
ORGANISATIONS = (
    Organisation("ubdt", Text("Uỷ ban Dân tộc"), Text("UBDT"), valid_to="2025-02-28", successor="bdttg"),
    Organisation("bdttg", Text("Bộ Dân tộc và Tôn giáo"), Text("BDTTG"), valid_from="2025-03-01"),
)


def lines(day: str) -> tuple[OrgLine, ...]:
    """Return a line for each organisation as of a day."""
    return tuple(
        OrgLine(
            o,
            0,
            0,
            0,
            (o.valid_from or "") <= day <= (o.valid_to or "9999"),
            tuple(p.id for p in ORGANISATIONS if p.successor == o.id),
        )
        for o in ORGANISATIONS
    )


def validity(day: str, words: Words) -> list[str]:
    """Return the last cell of each row as of a day."""
    heading = make_heading(plan=make_plan(organisations=ORGANISATIONS), as_of=day)
    text = render(org.document(OrgList(heading, lines(day)), words), "md", words, width=80, colour=False)
    return [line.split(" | ")[-1].removesuffix(" |") for line in text.split("\n") if "dt" in line[:8]]


@pytest.mark.parametrize(
    ("day", "words", "said"),
    [
        (
            "2025-02-28",
            VI,
            ["đến 28/02/2025; đơn vị kế thừa: BDTTG", "chưa có hiệu lực, từ 01/03/2025; kế thừa UBDT"],
        ),
        (
            "2025-03-01",
            VI,
            ["hết hiệu lực từ 01/03/2025; đơn vị kế thừa: BDTTG", "từ 01/03/2025; kế thừa UBDT"],
        ),
        (
            "2025-02-28",
            EN,
            ["until 28 Feb 2025; successor: BDTTG", "not yet in force, from 1 Mar 2025; succeeds UBDT"],
        ),
        (
            "2025-03-01",
            EN,
            ["no longer in force from 1 Mar 2025; successor: BDTTG", "from 1 Mar 2025; succeeds UBDT"],
        ),
    ],
)
def test_an_organisation_says_whether_it_exists_on_the_day(day: str, words: Words, said: list[str]) -> None:
    assert validity(day, words) == said


def test_an_organisation_without_days_says_what_it_succeeded_alone() -> None:
    heading = make_heading(plan=make_plan(organisations=ORGANISATIONS))
    line = OrgLine(ORGANISATIONS[1]._replace(valid_from=None), 0, 0, 0, in_force=True, predecessors=("ubdt",))
    text = render(org.document(OrgList(heading, (line,)), VI), "md", VI, width=80, colour=False)
    assert "| kế thừa UBDT |" in text


def test_json_has_what_was_before_and_what_comes_after() -> None:
    heading = make_heading(plan=make_plan(organisations=ORGANISATIONS))
    old, new = org.data(OrgList(heading, lines("2025-03-01")), VI)
    assert (old["valid_to"], old["successor"], old["predecessors"]) == ("2025-02-28", "bdttg", ())
    assert (new["valid_from"], new["successor"], new["predecessors"]) == ("2025-03-01", None, ("ubdt",))


def test_the_book_says_which_are_in_force() -> None:
    (organisations,) = org.book(make_org(), Words("vi")).sheets
    assert [row["Mã"] for row in rows(organisations)] == ["hlhpn", "ubdt", "vd1"]
    assert [row["Còn hiệu lực"] for row in rows(organisations)] == ["x", "x", None]
