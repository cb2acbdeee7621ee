"""What a filter's name means: in every plan, on the day of the report, to who is at work."""

import pytest

from plantrack.model.filters import Filter
from plantrack.services.saved_filters import terms_named
from plantrack.services.task_query import read_filter
from plantrack.services.verbs.filter import save_filter
from plantrack.store.sqlite.connection import SQLite
from tests.support.people import say_of
from tests.support.steps import OpenContext, opened, refused


def read(context_on: OpenContext, *args: str, day: str = "2024-07-20") -> Filter:
    """Read a filter on a day."""
    return read_filter(context_on(day), args)


@pytest.fixture
def at_work(db: SQLite, context_on: OpenContext) -> OpenContext:
    """`lan` is the login of Lê Thị Lan, and at work."""
    opened(context_on, "2024-07-01", "Họp", in_charge=("Lê Thị Lan",), new_person=True)
    say_of(db, "Lê Thị Lan", login="lan")
    return lambda day=None, login="lan": context_on(day, login=lambda: login)


@pytest.mark.parametrize("typed", ["@late", "@quá-hạn", "@qua han", "@LATE"])
def test_everybody_has_what_is_late(context_on: OpenContext, typed: str) -> None:
    assert read(context_on, typed).spelled() == "overdue"


@pytest.mark.parametrize("typed", ["@mine", "@của-tôi", "@cua toi"])
def test_mine_is_what_is_in_the_charge_of_who_is_at_work(at_work: OpenContext, typed: str) -> None:
    assert read_filter(at_work("2024-07-20"), [typed, "blocked"]).spelled() == '"to:Lê Thị Lan" blocked'
    save_filter(at_work("2024-07-20"), "việc-gấp", ["@của-tôi", "overdue"])
    assert read_filter(at_work("2024-07-20"), ["@viec-gap"]).spelled() == '"to:Lê Thị Lan" overdue'


def test_mine_of_a_login_that_nobody_has_names_the_login(at_work: OpenContext) -> None:
    with refused("login-of-nobody") as caught:
        read_filter(at_work("2024-07-20", "binh"), ["@mine"])
    assert caught.value.params == {"login": "binh"}


def test_a_name_is_read_by_itself_and_joined_by_and(context_on: OpenContext) -> None:
    save_filter(context_on(), "lâu quá", ["area:3", "qua"])
    assert read(context_on, "@lau-qua", "han", "ND2").spelled() == "area:ND3 area:ND2 text:qua text:han"
    assert read(context_on, "@lau-qua", "han").texts == ("qua", "han"), "not the flag `qua han`"
    assert read(context_on, "@lau-qua").taken == (), "it was told when it was saved"


def test_relative_days_count_from_the_day_of_the_report(context_on: OpenContext) -> None:
    save_filter(context_on("2024-07-01"), "mới", ["updated:-7d.."])
    assert read(context_on, "@moi").spelled() == "updated:2024-07-13.."
    assert read(context_on, "@moi", day="2024-08-01").spelled() == "updated:2024-07-25.."


def test_a_name_that_is_near_to_others_names_them(context_on: OpenContext) -> None:
    save_filter(context_on(), "latte", ["area:3"])
    with refused("unknown-filter") as caught:
        terms_named(context_on(), "lat")
    assert set(caught.value.params["near"]) == {"@late", "@latte"}  # type: ignore[call-overload]
    with refused("unknown-filter"):
        read(context_on, "@")
    assert read(context_on, "text:@lat").spelled() == "text:@lat"
