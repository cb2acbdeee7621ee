"""The organisations: from when and until when they exist, and what comes after them."""

import pytest

from plantrack.i18n.words import Words
from plantrack.model.plan import Organisation, Text
from plantrack.model.views.org import OrgLine, OrgList
from plantrack.render import org
from plantrack.render.forms import render
from tests.render.factory import make_heading, make_plan

VI, EN = Words("vi"), Words("en")
ORGANISATIONS = (
    Organisation("ubdt", Text("Uỷ ban Dân tộc"), Text("UBDT"), valid_to="2025-02-28", successor="bdttg"),
    Organisation("bdttg", Text("Bộ Dân tộc và Tôn giáo"), Text("BDTTG"), valid_from="2025-03-01"),
)


def validity(day: str, words: Words) -> list[str]:
    """Give the last cell of each row as of a day."""
    heading = make_heading(plan=make_plan(organisations=ORGANISATIONS), as_of=day)
    lines = tuple(
        OrgLine(o, 0, 0, 0, in_force=(o.valid_from or "") <= day <= (o.valid_to or "9999"))
        for o in ORGANISATIONS
    )
    text = render(org.document(OrgList(heading, lines), words), "md", words, width=80, colour=False)
    return [line.split(" | ")[-1].removesuffix(" |") for line in text.split("\n") if "dt" in line[:8]]


@pytest.mark.parametrize(
    ("day", "words", "said"),
    [
        ("2025-02-28", VI, ["đến 28/02/2025, kế thừa: BDTTG", "chưa có hiệu lực, từ 01/03/2025"]),
        ("2025-03-01", VI, ["hết hiệu lực từ 01/03/2025, kế thừa: BDTTG", "từ 01/03/2025"]),
        ("2025-02-28", EN, ["until 28 Feb 2025, successor: BDTTG", "not yet in force, from 1 Mar 2025"]),
        ("2025-03-01", EN, ["no longer in force from 1 Mar 2025, successor: BDTTG", "from 1 Mar 2025"]),
    ],
)
def test_an_organisation_says_whether_it_exists_on_the_day(day: str, words: Words, said: list[str]) -> None:
    assert validity(day, words) == said
