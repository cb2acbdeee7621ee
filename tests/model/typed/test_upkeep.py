"""What a monitor asks of a database: how it is typed, and what is late."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.moments import utc_moment
from plantrack.model.typed.upkeep import AgeLimit, LateUpkeep, late_upkeep, parse_limits
from plantrack.model.typed.vietnamese_names import UPKEEP
from tests.support.steps import refused

NOW = datetime(2024, 11, 28, 3, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "name", "hours"),
    [
        ("backup:2d", "backup", 48),
        ("weekly:12h", "weekly", 12),
        ("check: 2w", "check", 336),
        ("sao-luu:2 ngày", "backup", 48),
        ("Sao lưu : 12 giờ", "backup", 12),
        ("nhac-viec:1t", "remind", 168),
        ("báo cáo:5 tuần", "report", 840),
        ("BACKUP:1D", "backup", 24),
    ],
)
def test_a_name_and_an_age_in_either_language(typed: str, name: str, hours: int) -> None:
    assert parse_limits([typed]) == (AgeLimit(name, hours),)


@pytest.mark.parametrize(
    "typed", ["backup", "backup:", "backup:2", "backup:d", "backup:0d", "backup:-2d", "backup:2x", "backup:99999h",
              "backup:2d3h", "backup:２d", "backup:2d:3d"],
)  # fmt: skip
def test_an_age_that_cannot_be_read_is_named(typed: str) -> None:
    with refused("bad-age") as caught:
        parse_limits(["weekly:8d", typed])
    assert caught.value.params == {"condition": typed, "name": "backup"}


def test_what_nobody_knows_is_told_with_what_is_near() -> None:
    with refused("unknown-upkeep") as caught:
        parse_limits(["bakup:2d"])
    assert caught.value.params["near"] == ("backup",)
    for typed in ("", ":", ":2d", "overdue", "x\x00:2d"):
        with refused("unknown-upkeep"):
            parse_limits([typed])


def test_late_is_what_is_older_or_never_was_or_is_still_to_come() -> None:
    limits = parse_limits(["backup:2d", "check:2d", "weekly:2d", "remind:2d"])
    done = {
        "backup": utc_moment(NOW - timedelta(hours=48)),
        "check": utc_moment(NOW - timedelta(hours=48, seconds=1)),
        "remind": utc_moment(NOW + timedelta(days=1)),
    }
    assert late_upkeep(limits, done, NOW) == (
        LateUpkeep(limits[1], done["check"]),
        LateUpkeep(limits[2], None),
        LateUpkeep(limits[3], done["remind"], is_to_come=True),
    )
    assert late_upkeep(limits[:1], {"backup": utc_moment(NOW + timedelta(minutes=50))}, NOW) == ()


def test_days_are_whole_ones() -> None:
    assert [AgeLimit("x", hours).days for hours in (1, 24, 30, 336)] == [None, 1, None, 14]


@given(
    st.text(max_size=12)
    | st.builds("{}:{}".format, st.sampled_from([*UPKEEP, *UPKEEP.values()]), st.text(max_size=6))
)
def test_anything_is_read_or_refused(typed: str) -> None:
    try:
        ((name, hours),) = parse_limits([typed])
    except Failure as failure:
        assert failure.code in ("unknown-upkeep", "bad-age")
    else:
        assert (name in UPKEEP, hours > 0) == (True, True)
