"""Names in cells: areas by their titles, organisations and people who may be new where that is wanted."""

import pytest

from plantrack.errors import Failure
from plantrack.model import names as names_module
from plantrack.model.names import Names
from plantrack.services.importing.known_names import ImportNames
from tests.support.steps import OpenContext, opened


def names(sit: OpenContext, *, new_person: bool = False, new_org: bool = False) -> ImportNames:
    return ImportNames(sit("2024-07-01"), new_person=new_person, new_org=new_org)


def test_an_area_is_known_by_its_title(context_on: OpenContext) -> None:
    own = context_on("2024-07-01").names.areas["ND2"]
    found = names(context_on)
    assert found.area(own.title.vi.upper()).code == found.area("nd2").code == found.area("2").code == "ND2"
    assert found.group(own.title.vi) == ("ND2", "")
    assert found.group("ND3.1") == ("ND3", "ND3.1")
    assert found.group("Việc khác") is None


def test_a_number_that_may_be_two_activities_is_refused(context_on: OpenContext) -> None:
    context = context_on("2024-07-01")
    found = context.names.activities["ND3.1"]
    plan = context.plan
    areas = tuple(
        area._replace(activities=(*area.activities, found._replace(code="ND3.10")))
        if area.code == "ND3"
        else area
        for area in plan.areas
    )
    names = Names(plan._replace(areas=areas))
    own = ImportNames(context._replace(names=names), new_person=False, new_org=False)
    assert own.activity("ND3.1").code == own.activity("nd 3.1").code == "ND3.1"
    assert own.activity("3.10").code == "ND3.10"
    with pytest.raises(Failure, match="code-doubtful"):
        own.activity("3.1")


def test_who_is_not_known_is_refused_with_the_near_ones(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", in_charge=("Nguyễn Văn An",))
    found = names(context_on)
    with pytest.raises(Failure) as refused:
        found.person_to_write("Nguyễn Văn Án")
    assert (refused.value.code, refused.value.params["near"]) == ("unknown-person", ("Nguyễn Văn An",))
    assert found.person_to_write("nguyễn văn an") == "Nguyễn Văn An"
    with pytest.raises(Failure, match="unknown-organisation"):
        found.organisation("Ban Dân tộc tỉnh A")


def test_who_may_be_new_is_known_from_then_on(context_on: OpenContext) -> None:
    found = names(context_on, new_person=True, new_org=True)
    assert found.person_to_write("Trần Thị Mới") == "Trần Thị Mới"
    one = found.organisation("Ban Dân tộc tỉnh A")
    assert one.id == found.organisation("ban dan toc tinh a").id == "ban-dan-toc-tinh-a"
    assert found.organisation("Ban Dân tộc - tỉnh A!").id == "ban-dan-toc-tinh-a-2"
    assert (list(found.new_organisations), list(found.new_people)) == (
        ["ban-dan-toc-tinh-a", "ban-dan-toc-tinh-a-2"], ["Trần Thị Mới"],
    )  # fmt: skip
    assert found.person_to_write("trần thị mới") == found.newcomer_or_known("TRẦN THỊ MỚI") == "Trần Thị Mới"
    assert found.newcomers_here().people == found.new_people == ("Trần Thị Mới",)


def test_of_many_new_organisations_none_is_compared_with_all(
    context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    monkeypatch.setattr(names_module, "is_part", lambda name, whole: compared.append(name))
    monkeypatch.setattr(names_module, "nearest", lambda *of, **how: compared.append("near"))
    found = names(context_on, new_org=True)
    for number in range(100, 300):
        found.organisation(f"Hội Nông dân xã Mẫu {number}")
        found.organisation(f"Hội Nông dân{'!' * (number % 200)}")
    assert {"hoi-nong-dan-xa-mau-299", "hoi-nong-dan-199"} <= found.new_organisations.keys()
    assert len(compared) < 400


def test_a_part_of_a_name_that_came_with_the_file_is_no_organisation(context_on: OpenContext) -> None:
    found = names(context_on, new_org=True)
    found.organisation("Hội Nông-dân xã Mẫu")
    with pytest.raises(Failure, match="organisation-in-part"):
        found.organisation("nong dan xã mẫu")


def test_names_near_to_one_that_may_be_new_are_not_looked_for(
    context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "plantrack.model.names.nearest", None
    )  # each would be compared with all that came before
    found = names(context_on, new_org=True)
    assert found.organisation("Ban Dân tộc tỉnh A").id == "ban-dan-toc-tinh-a"


def test_a_name_with_a_comma_is_one_organisation(context_on: OpenContext) -> None:
    found = names(context_on, new_org=True)
    assert found.organisations_of("UBDT; Hội LHPN Việt Nam") == ("UBDT", "Hội LHPN Việt Nam")
    assert found.organisations_of("ubdt") == ("ubdt",)
    assert found.organisations_of("") == ()
