"""When the weekly summary is due on the server's clock, and what makes it there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.services.verbs import cron as service
from plantrack.services.verbs.cron import CronRequest, schedule
from plantrack.services.workspace import Workspace
from tests.support.steps import OpenContext, refused

ZONES = ["UTC", "Asia/Ho_Chi_Minh", "Asia/Kolkata", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns"]
MONDAY_AT_SIX = CronRequest(
    "weekly", 0, 6, ("/usr/bin/plantrack",), ("weekly", "--quiet"), (), False, False, None
)


@pytest.fixture
def here(workspace: Path) -> Workspace:
    return Workspace(workspace, workspace / "plantrack.db")


def set_to(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server's clock show a time zone."""
    monkeypatch.setattr(service, "LOCALTIME", Path("/usr/share/zoneinfo") / zone)


# --- when ---


@pytest.mark.parametrize("zone", ZONES)
@given(
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    today=st.dates(datetime(2024, 1, 1).date(), datetime(2026, 1, 1).date()),
)
def test_both_clocks_show_the_same_moment_of_the_next_week(
    context_on: OpenContext, here: Workspace, monkeypatch: pytest.MonkeyPatch, zone: str, weekday: int, hour: int, today: object
) -> None:  # fmt: skip
    set_to(zone, monkeypatch)
    context = context_on()._replace(today=str(today))
    made = schedule(context, here, MONDAY_AT_SIX._replace(weekday=weekday, hour=hour))
    assert (made.at.weekday, made.at.hour, made.at.minute) == (weekday, hour, 0)
    first = datetime.fromisoformat(str(today)).replace(tzinfo=ZoneInfo(made.at.timezone))
    week = [first + timedelta(hours=n) for n in range(7 * 24)]
    (due,) = [at for at in week if (at.weekday(), at.hour) == (weekday, hour)]
    there = due.astimezone(UTC).astimezone(ZoneInfo(zone))
    assert (made.server.weekday, made.server.hour, made.server.minute) == (there.weekday(), there.hour, there.minute)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "shifts"), [("UTC", False), ("Asia/Tokyo", False), ("Europe/Berlin", True), ("Pacific/Auckland", True)]
)  # fmt: skip
def test_a_clock_that_is_changed_twice_a_year_is_said(
    context_on: OpenContext, here: Workspace, monkeypatch: pytest.MonkeyPatch, zone: str, shifts: bool
) -> None:
    set_to(zone, monkeypatch)
    assert schedule(context_on("2024-07-20"), here, MONDAY_AT_SIX).shifts == shifts


def test_where_no_time_zone_is_set_it_is_utc(
    context_on: OpenContext, here: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_to("none/such", monkeypatch)
    assert schedule(context_on(), here, MONDAY_AT_SIX).server == (6, 23, 0, "UTC")
    (tmp_path / "rác").write_bytes(b"no zone")
    monkeypatch.setattr(service, "LOCALTIME", tmp_path / "rác")
    assert schedule(context_on(), here, MONDAY_AT_SIX).server.timezone == "UTC"


def test_a_copy_of_a_time_zone_is_called_by_its_short_name(
    context_on: OpenContext, here: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "localtime"
    copy.write_bytes(Path("/usr/share/zoneinfo/Asia/Tokyo").read_bytes())
    monkeypatch.setattr(service, "LOCALTIME", copy)
    assert schedule(context_on(), here, MONDAY_AT_SIX).server == (0, 8, 0, "JST")


# --- what, and where ---


def test_it_names_its_folders_whole_wherever_one_stands(
    context_on: OpenContext, here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here.root)
    near = Workspace(Path(), Path("plantrack.db"))
    made = schedule(context_on(), near, MONDAY_AT_SIX._replace(folder=Path("..") / "ra"))
    root, out = str(here.root.resolve()), str((tmp_path / "ra").resolve())
    assert made.command == ("/usr/bin/plantrack", "-C", root, "weekly", "--quiet")
    assert (made.root, made.writes, made.missing) == (root, (root, out), (out,))
    assert (made.plan, made.user) == ("kh-468-2024", (here.file).owner())


def test_a_database_elsewhere_is_written_where_it_is(context_on: OpenContext, here: Workspace) -> None:
    made = schedule(context_on(), here._replace(database=Path("/nowhere/rows.db")), MONDAY_AT_SIX)
    assert (made.writes, made.missing) == ((str(here.root.resolve()), "/nowhere"), ("/nowhere",))
    assert made.user == "", "who owns it is not known"


@pytest.mark.parametrize("sign", "\n\r\0")
def test_a_line_break_can_stand_in_no_part_of_it(context_on: OpenContext, here: Workspace, sign: str) -> None:
    wanted = MONDAY_AT_SIX
    for broken in (
        wanted._replace(command=(f"a{sign}b",)),
        wanted._replace(program=(f"a{sign}b",)),
        wanted._replace(environment=(("PLANTRACK_MAIL_FROM", f"a@example.org{sign}* * * * * x"),)),
    ):
        with refused("path-with-break") as caught:
            schedule(context_on(), here, broken)
        assert sign not in str(caught.value.params["file"])
