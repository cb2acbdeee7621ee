"""A folder of backups: their names, and that only they make room, the oldest first."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from plantrack.services.backup_folder import earlier_backups, make_room, new_names
from tests.support.steps import refused

NOW = datetime(2024, 11, 28, 3, 45, 12, tzinfo=UTC)
ID = "k3m9q2xz"
OTHERS = (
    "plantrack.db",
    f"plantrack-{ID}.db",
    f"plantrack-{ID}-20241128T034512Z.db-wal",
    f"plantrack-{ID}-20241128T034512Z.db.bak",
    f"plantrack-{ID}-20241128T034512Z-0.db",
    f"plantrack-{ID}-20241128T034512Z-x.db",
    f"plantrack-{ID}-2024-11-28.db",
    f"x-plantrack-{ID}-20241128T034512Z.db",
    f"plantrack-{ID.upper()}-20241128T034512Z.db",
    "plantrack-a1b2c3d4-20200101T000000Z.db",
    f"plantrack-{ID}-20241128T034512Z.db\n",
    f"plantrack-{ID}-２0241128T034512Z.db",
)  # fmt: skip


def test_a_name_has_the_moment_in_utc_and_a_number_where_that_is_taken() -> None:
    here = NOW.astimezone(timezone(timedelta(hours=7)))
    names = [path.name for path in islice(new_names(Path("x"), ID, here), 3)]
    first = f"plantrack-{ID}-20241128T034512Z"
    assert names == [f"{first}.db", f"{first}-2.db", f"{first}-3.db"]


def test_what_has_another_name_or_is_no_plain_file_is_none_of_them(tmp_path: Path) -> None:
    for name in OTHERS:
        (tmp_path / name).write_bytes(b"")
    days = [f"plantrack-{ID}-202401{day:02}T000000Z.db" for day in range(1, 5)]
    (tmp_path / days[0]).mkdir()
    (tmp_path / days[1]).symlink_to(tmp_path / days[3])
    for name in days[2:]:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / f"plantrack-{ID}-20240105T000000Z.db").write_bytes(b"")
    assert earlier_backups(tmp_path, ID, NOW) == [tmp_path / name for name in days[2:]]


def test_a_wrong_clock_takes_nothing_away(tmp_path: Path) -> None:
    """What is named after a moment to come neither goes nor counts; it does once its moment is there."""
    for year in (2023, 2024, 2031):
        (tmp_path / f"plantrack-{ID}-{year}0101T000000Z.db").write_bytes(b"x")
    assert [p.name[19:23] for p in earlier_backups(tmp_path, ID, NOW)] == ["2023", "2024"]
    assert earlier_backups(tmp_path, ID, NOW.replace(year=1970)) == []
    assert len(earlier_backups(tmp_path, ID, NOW.replace(year=2032))) == 3


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with refused("folder-not-readable"):
        earlier_backups(tmp_path / "x", ID, NOW)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 12)), unique=True, max_size=20),
    st.integers(1, 20),
)
def test_the_oldest_go_and_so_many_stay(there: list[tuple[int, int]], keep: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for other in OTHERS:
            (folder / other).write_bytes(b"")
        for seconds, number in there:
            moment = NOW - timedelta(seconds=seconds)
            (next(islice(new_names(folder, ID, moment), number - 1, None))).write_bytes(b"x")
        earlier = earlier_backups(folder, ID, NOW)
        new = next(path for path in new_names(folder, ID, NOW) if not path.exists())
        new.write_bytes(b"")
        removed = make_room(earlier, keep)
        left = [path for path in earlier if path.exists()]
        assert ([*removed, *left], new.exists()) == (earlier, True)
        assert len(left) + 1 == min(keep, len(earlier) + 1)
        oldest = sorted(there, key=lambda one: (-one[0], one[1]))
        assert earlier == [
            next(islice(new_names(folder, ID, NOW - timedelta(seconds=s)), n - 1, None)) for s, n in oldest
        ]
        assert all((folder / other).exists() for other in OTHERS)


def test_runs_side_by_side_leave_the_last_one(tmp_path: Path) -> None:
    """Each has looked before the other one was there: none takes the other's."""
    first, second = (earlier_backups(tmp_path, ID, NOW) for _ in range(2))
    names = new_names(tmp_path, ID, NOW)
    for earlier in (first, second):
        next(names).write_bytes(b"")
        make_room(earlier, 1)
    assert len(list(tmp_path.iterdir())) == 2


def test_one_that_cannot_go_is_named(tmp_path: Path) -> None:
    with refused("backup-not-removed"):
        make_room([tmp_path], 1)
