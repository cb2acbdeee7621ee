"""Care of the database."""

import os
import platform
from collections import Counter
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import chain
from pathlib import Path

from plantrack import __version__, system
from plantrack.errors import Failure
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.history_fault import HistoryFault
from plantrack.model.views.workspace import DbCheck, DbStatus, Difference, FactDigest, LastBackup, LastCheck
from plantrack.services.checked_copy import checked_copy, refuse_faults
from plantrack.services.context import DEFAULT_TIMEZONE
from plantrack.services.kept_before import forget, keep_before
from plantrack.services.new_database import ignore_beside
from plantrack.store import commands as recorded
from plantrack.store import deliveries, plans, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.checks.damage import (
    WORD_INDEX,
    broken_indexes,
    broken_text_shown,
    conditions_kept,
    finds_every_word,
    found_by_engine,
    make_words_found,
    orphan,
    rebuild_indexes,
    remaining_damage,
    wrong_row,
)
from plantrack.store.checks.quick_look import history_altered, quick_look, schema_faults
from plantrack.store.checks.soundness import DERIVED_PARTS, derive_again, differences
from plantrack.store.connection import SCHEMA_VERSION, Connection
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.place import conflict_copies, place_of
from plantrack.store.schema import identity
from plantrack.store.schema.parts import missing_parts, put_right
from plantrack.store.sealing.history_check import (
    head_of,
    history_faults,
    last_sound,
    mend_counters,
    sealed_from,
)
from plantrack.store.server.roles import may_write, refused
from plantrack.store.sqlite.connection import connect, version_of


def status(db: Connection) -> DbStatus:
    """Return the state of a database, what is in it, and what was done for it last.

    Raises: those of `refuse_faults`; database-damaged.
    """
    refuse_faults(db)
    years = plans.plan_years(db)
    tasks, updates, commands, first_moment, last_moment = stats.database_stats(db)
    sent, site = deliveries.last_accepted(db), db.told.site
    return DbStatus(
        file=str(db.path.resolve()) if db.path else db.name,
        size=db.size(),
        schema_version=SCHEMA_VERSION,
        plans=tuple((plan, year, plans.revisions(db, plan)[0].revision) for plan, year in years),
        tasks=tasks,
        updates=updates,
        commands=commands,
        first_moment=first_moment,
        last_moment=last_moment,
        journal=db.journal(),
        writable=_is_writable(db),
        timezone=reporting_zone(db),
        checks=() if db.is_remote else ("quick_check",),
        id=identity.id_of(db),
        last_backup=_last_backup(db),
        last_check=_last_check(db),
        last_mail={kind: sent.get(kind) for kind in MAILED},
        place=place_of(db.path) if db.path else db.place,
        conflict_copies=conflict_copies(db.path) if db.path else (),
        server=db.server(),
        site=site,
        hub_moment=recorded.last_moment_of(db, "") if site else None,
        elsewhere=db.told.elsewhere,
    )


def _is_writable(db: Connection) -> bool:
    """Return whether whoever is at work may record anything: on a server, what their role lets them."""
    is_refused = not may_write(db.told.role, "") if db.told.role else bool(db.refusal)
    return not (is_refused or db.told.moved)


def gone(view: DbStatus) -> frozenset[str]:
    """Return the names of what was done, but what was made cannot be found any more: the last backup.

    What another machine has is not looked for.
    """
    last = view.last_backup
    is_here = last is not None and last.machine in (None, platform.node())
    return frozenset({"backup"} if last and is_here and not os.path.isfile(last.file) else ())


#: The kinds of mail that are sent in good time.
MAILED = ("weekly", "report", "remind")


def _last_backup(db: Connection) -> LastBackup | None:
    told = stats.get_told(db, "last_backup")
    if told is None:
        return None
    return LastBackup(told["moment"], told["file"], told["command"], told.get("machine"))


def _last_check(db: Connection) -> LastCheck | None:
    told = stats.get_told(db, "last_check")
    return LastCheck(told["moment"]) if told else None


def reporting_zone(db: Connection) -> str:
    """Return the time zone of the latest plan."""
    years = plans.plan_years(db)
    return plans.load_plan(db, years[-1][0]).reporting.timezone if years else DEFAULT_TIMEZONE


#: So many rows of what is found are told one by one.
MOST_TOLD = 1000


def quick_check(db: Connection) -> DbCheck:
    """Look at what can be seen at once, and let the engine look at its file.

    Raises: database-damaged.
    """
    if damaged := found_by_engine(db, quick=True):
        raise damaged
    faults = quick_look(db)
    return DbCheck(
        file=db.name,
        history=tuple(faults),
        altered=len(faults),
        head=head_of(db),
        last_sound=last_sound(faults),
        is_quick=True,
    )


def noted_check(db: Connection, now: datetime, advance: Advance = unheard) -> tuple[DbCheck, Failure | None]:
    """Check one state of the database, and note in it when nothing was found; return too why that could not be noted.

    One that may only be read notes nothing, nor does one whose data is worked on elsewhere.

    Raises: those of `check`.
    """
    with db.one_state():
        found = check(db, advance)
    if found.is_sound and not (db.refusal or db.told.moved):
        try:
            with db.atomic():
                stats.put_told(db, "last_check", moment=utc_moment(now))
        except Failure as failure:
            return found, failure
    return found, None


def check(db: Connection, advance: Advance = unheard) -> DbCheck:
    """Compare all that is derived with what the facts give, and the facts with their seals.

    Raises: database-damaged, where facts do not fit the model.
    """
    missing = _missing(db)
    if any(sql.startswith("CREATE TABLE") for sql in missing.values()):
        return DbCheck(db.name, missing=tuple(missing))
    if broken := broken_indexes(db):  # what is read by one may be wrong
        return DbCheck(db.name, tuple(broken), missing=tuple(missing))
    found = _compare(db, scaled(advance, 0, _OF_COMPARING))._replace(missing=tuple(missing))
    found = _with_history(db, found, scaled(advance, _OF_COMPARING, 1))
    if not finds_every_word(db):  # last: to the engine it is a write, and from then on others wait
        return found._replace(indexes=(WORD_INDEX,))
    if not found.counts and (damaged := remaining_damage(db)):
        raise damaged
    return found


#: The share of a check that comparing what is derived takes: measured.
_OF_COMPARING = 0.6


def _with_history(db: Connection, found: DbCheck, advance: Advance) -> DbCheck:
    """Look whether history is as it was recorded."""
    faults, altered = list[HistoryFault](), 0
    with broken_text_shown(db):
        # What is missing was named.
        for fault in chain([] if found.missing else schema_faults(db), history_faults(db, advance)):
            altered += 1
            faults += [fault] if len(faults) < MOST_TOLD else []
    return found._replace(
        history=tuple(faults),
        altered=altered,
        head=head_of(db),
        last_sound=last_sound(faults),
        sealed_from=sealed_from(db),
    )


def repair(db: Connection, advance: Advance = unheard) -> DbCheck:
    """Make all that is derived, damaged indexes and counters again where they are not what the facts give.

    Raises: database-damaged, with nothing changed, where facts are damaged too; history-altered, where they are not as
    they were recorded; the code of every write where the file may only be read.
    """
    if db.refusal:
        raise refused(db)
    with db.tables_apart(), db.atomic():
        missing = _missing(db)
        put_right(db, missing.values())
        broken = broken_indexes(db)
        rebuild_indexes(db, broken)
        if not finds_every_word(db):
            make_words_found(db)
            broken.append(WORD_INDEX)
        if missing or WORD_INDEX in broken:
            identity.keep_schema(db)
        found = _compare(db, scaled(advance, 0, 0.3))
        if found.counts:
            with conditions_kept(db):
                derive_again(db, dict(found.counts), scaled(advance, 0.3, 0.7))
        counters = mend_counters(db)
        if damaged := remaining_damage(db):
            raise damaged
        found = _with_history(db, found, scaled(advance, 0.7, 1))
        if found.history:
            raise history_altered(db, found.history, found.altered)
    counts = (*found.counts, *([("counter", counters)] if counters else []))
    return found._replace(counts=counts, missing=tuple(missing), indexes=tuple(broken), repaired=True)


def _missing(db: Connection) -> dict[str, str]:
    """Return what of the schema is not there or otherwise, but for tables of facts, each with what puts it right."""
    missing = missing_parts(db)
    for name, sql in missing.items():
        if sql.startswith("CREATE TABLE") and DERIVED_PARTS.get(name, ()) is not None:
            raise Failure("database-damaged", file=db.name, reason=f"no such table: {name}")
    return missing


def _compare(db: Connection, advance: Advance) -> DbCheck:
    """Look at every fact, then compare what is derived."""
    if damaged := wrong_row(db, DERIVED_PARTS, scaled(advance, 0, 0.4)) or orphan(db, DERIVED_PARTS):
        raise damaged
    first, counts = list[Difference](), Counter[str]()
    with broken_text_shown(db):
        for one in differences(db, scaled(advance, 0.4, 1)):
            counts[one.table] += 1
            first += [one] if len(first) < MOST_TOLD else []
    return DbCheck(db.name, (), tuple(first), tuple(counts.items()))


def db_digest(db: Connection, advance: Advance = unheard) -> FactDigest:
    """Return what tells whether two databases have the same facts."""
    return fact_digest(db, None, advance)


class Upgraded(NamedTuple):
    """The version of a database before and after an upgrade, and the backup that was made of it."""

    old: int
    new: int
    kept: str | None = None


def upgrade_on_server(db: Connection) -> Upgraded:
    """Look whether the database on a server is one to be brought up to date: there are none of an earlier version yet.

    Raises: not-permitted.
    """
    if db.refusal:
        raise refused(db)
    return Upgraded(SCHEMA_VERSION, SCHEMA_VERSION)


def upgrade(path: Path, by: str, now: datetime, advance: Advance = unheard) -> Upgraded:
    """Bring a database up to date, whole or not at all; before that, under its lock, a backup is made of it.

    Raises: history-altered, no-author, upgrade-not-owner; those of `keep_before`.
    """
    with closing(connect(path, older=True)) as db, ExitStack() as undo:
        if version_of(db) == SCHEMA_VERSION:
            return Upgraded(SCHEMA_VERSION, SCHEMA_VERSION)
        if not by:
            raise Failure("no-author")
        _refuse_stranger(path)
        kept = list[Path]()

        def before(found: int) -> None:
            with closing(connect(path, older=True)) as seen:
                id = stats.get(seen, "id") or "old"
                kept.append(keep_before(f"upgrade-{found}", path, id, checked_copy(seen), now))
            undo.callback(forget, kept[0])

        def after(found: int) -> None:
            identity.note_upgrade(db, by, now, found, __version__)

        from plantrack.store.sqlite import migrations

        old, new = migrations.upgrade(db, advance, before, after)
        undo.pop_all()
    ignore_beside(path)
    return Upgraded(old, new, str(kept[0]) if kept else None)


def _refuse_stranger(path: Path) -> None:
    """Refuse whoever does not own the file: from then on everybody needs the newer program."""
    if not system.may_give(path.stat()):
        raise Failure(
            "upgrade-not-owner", file=str(path), owner=system.owner_of(path) or str(path.stat().st_uid)
        )
