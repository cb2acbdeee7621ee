"""Care of the database."""

from contextlib import closing
from pathlib import Path

from plantrack.model.views.workspace import DbStatus
from plantrack.services.context import DEFAULT_TIMEZONE
from plantrack.store import plans, stats
from plantrack.store.advance import Advance, unheard
from plantrack.store.connection import SCHEMA_VERSION, SQLite, connect, journal_of, version_of
from plantrack.store.damage import CHECKS, refuse_damage


def status(db: SQLite) -> DbStatus:
    """Return the state of a database and what is in it; fails with `database-damaged`, naming the damage."""
    refuse_damage(db)
    years = plans.plan_years(db)
    zone = plans.load_plan(db, years[-1][0]).reporting.timezone if years else DEFAULT_TIMEZONE
    tasks, updates, commands, first_moment, last_moment = stats.database_stats(db)
    return DbStatus(
        file=str(db.path),
        size=db.path.stat().st_size,
        schema_version=SCHEMA_VERSION,
        plans=tuple((plan, year, plans.revisions(db, plan)[0].revision) for plan, year in years),
        tasks=tasks,
        updates=updates,
        commands=commands,
        first_moment=first_moment,
        last_moment=last_moment,
        journal=journal_of(db),
        writable=not db.refusal,
        timezone=zone,
        checks=CHECKS,
    )


def upgrade(path: Path, advance: Advance = unheard) -> tuple[int, int]:
    """Bring a database up to date, whole or not at all; return its version before and after."""
    with closing(connect(path, older=True)) as db:
        if version_of(db) == SCHEMA_VERSION:
            return SCHEMA_VERSION, SCHEMA_VERSION
        from plantrack.store import migrations

        return migrations.upgrade(db, advance)
