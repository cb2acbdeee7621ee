"""What a shell may complete of what is in the database: a few of each kind, found by what was typed so far."""

import re

from plantrack.services.context import Context
from plantrack.services.saved_filters import known_filters
from plantrack.store import commands, plans
from plantrack.store.exchange.imported_rows import mapping_names
from plantrack.store.questions.task_source import CLOSED, OPEN
from plantrack.store.questions.task_titles import titles, titles_by_number, titles_of_site

#: The beginning of the number of a site's task.
_OF_SITE = re.compile("([A-Za-z]{2,8}[0-9]{0,2})(?:-([0-9]*))?")
#: How many commands are offered to be taken back.
_COMMANDS = 20
#: Which tasks a command is of, by their conditions.
_CONDITIONS = {"open": OPEN, "closed": CLOSED}


def tasks_typed(context: Context, typed: str, which: str, most: int) -> list[tuple[str, str]]:
    """Return the labels and titles of tasks (`open`, `closed`, `any`): in the order of lists, else by their number."""
    source, language = context.tasks, context.languages[0]
    if which in _CONDITIONS:
        source = source.where(_CONDITIONS[which])
    if typed.isdecimal():
        return titles_by_number(source, typed, most, language)
    begun = _OF_SITE.fullmatch(typed)
    site = begun and context.names.site_meant(begun[1])
    if begun and site:
        if begun[2]:
            return titles_by_number(source, begun[2], most, language, site)
        return titles_of_site(source, site, most, language)
    return titles(source, most, language)


def member_logins(context: Context) -> list[tuple[str, str]]:
    """Return the logins of a server that are members, each with its role; a file has none."""
    from plantrack.store.server.members import members  # seldom needed

    return [(one.login, one.server_role) for one in members(context.db)] if context.db.told.role else []


def sites(context: Context) -> list[str]:
    """Return the sites that recorded something, with the one that this is."""
    return [*context.names.sites()]


def last_commands(context: Context) -> list[commands.Command]:
    """Return the last commands, the newest first."""
    return next(commands.pages_back(context.db, "1 = 1", {}, _COMMANDS), [])


def kept_columns(context: Context) -> list[str]:
    """Return the names under which the columns of files are kept."""
    return mapping_names(context.db)


def saved_filters(context: Context) -> list[tuple[str, str]]:
    """Return the filters that were kept by their names as they are typed, each with its terms."""
    return [(kept.typed, kept.spelled()) for kept in known_filters(context).values()]


def plan_years(context: Context) -> list[tuple[str, str]]:
    """Return the plans, each with its year."""
    return [(plan, str(year)) for plan, year in plans.plan_years(context.db)]


def revision_numbers(context: Context) -> list[tuple[str, str]]:
    """Return the revisions of the plan, each with its day and its file, the newest first."""
    found = plans.revisions(context.db, context.plan.id)
    return [(str(revision.revision), f"{revision.recorded_at[:10]} {revision.file}") for revision in found]
