"""The people who are known: where they work, and how much they have to do."""

from plantrack.i18n.words import Words
from plantrack.model.people.person import Person
from plantrack.model.views.parties import PersonLine, PersonList
from plantrack.render.formats import render
from plantrack.render.views.person import book, data, document
from tests.support.as_json import as_json
from tests.support.factory import EDE, make_heading, make_person
from tests.support.sheets import rows

VI, EN = Words("vi"), Words("en")


def printed(view: PersonList, words: Words = VI) -> str:
    return render(document(view, words), "md", words, width=80, colour=False)


def test_each_has_an_organisation_or_none_that_is_known() -> None:
    assert "| Trần Thị Ánh | Hội LHPN Việt Nam | 1 | 3 |" in printed(make_person())
    assert f"| {EDE} | {EN('unknown.short')} | 1 | 1 |" in printed(make_person(), EN)


def test_an_organisation_of_no_plan_is_named_by_its_id() -> None:
    view = PersonList(make_heading(), (PersonLine(Person("", "An", "An", organisation="bdttg")),))
    assert "| An | bdttg | 0 | 0 |" in printed(view)


def test_nobody_is_said() -> None:
    nobody = PersonList(make_heading(), ())
    assert VI("person.none") in printed(nobody)
    assert as_json(data(nobody, VI)) == []


def test_json_has_the_name_that_is_sorted_by() -> None:
    assert [person["sort_name"] for person in as_json(data(make_person(), VI))] == [None, "Nghĩa"]


def test_the_book_has_what_each_has_to_do() -> None:
    (people,) = book(make_person(), VI).sheets
    assert rows(people)[0] == {
        "Họ và tên": "Trần Thị Ánh", "Tên để sắp xếp": None, "Đơn vị": "Hội LHPN Việt Nam",
        "Địa chỉ thư": None, "Tên đăng nhập": None, "Thôi công tác từ": None, "Chưa xong": 1, "Tổng": 3
    }  # fmt: skip
