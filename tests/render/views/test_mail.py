"""What is sent by mail, in words: the subject, and who had it before."""

from plantrack.i18n.words import Words
from plantrack.model.views.mail import MailResult
from plantrack.render.layout.blocks import Document
from plantrack.render.views.mail import subject, told, unsent
from tests.support.factory import make_heading, make_plan

VI, EN = Words("vi"), Words("en")
REPORT = Document("Tổng hợp tuần 29", (), ())


def test_the_subject_names_the_report_and_the_plan() -> None:
    real = make_heading(is_example=False)
    assert subject(REPORT, real, VI) == "Tổng hợp tuần 29, Kế hoạch số 468/KH-HLHPNVN-UBDT"
    named = make_heading(is_example=False, plan=make_plan(number=None))
    assert subject(REPORT, named, EN) == "Tổng hợp tuần 29, Coordination plan 2024"


def test_made_up_data_says_so_first() -> None:
    for words in (VI, EN):
        real, made_up = (subject(REPORT, make_heading(is_example=e), words) for e in (False, True))
        assert made_up.startswith("[")
        assert made_up.endswith(f"] {real}")


def test_who_had_it_before_is_told_by_period() -> None:
    before = (("a@example.org", "2024-W29"), ("b@example.org", "2024-W28"), ("c@example.org", "2024-W29"))
    (line,) = told(MailResult((), before, ()), EN)
    week_29, week_28 = (EN.period(name) for name in ("2024-W29", "2024-W28"))
    assert f"{week_29} to a@example.org, c@example.org; {week_28} to b@example.org." in line


def test_nothing_sent_is_no_line() -> None:
    assert told(MailResult((), (), ()), VI) == []
    assert unsent((), VI) == ""
