"""Reminders: what is overdue or falls due soon, for each person in charge or each leading organisation."""

from collections.abc import Iterable, Sequence

from plantrack.deliver.mail.address import Address, parse_address
from plantrack.model.days import add_days
from plantrack.model.plan import Text
from plantrack.model.text import vi_key
from plantrack.model.views.tasks import Reminder, ReminderGroup
from plantrack.services.context import Context
from plantrack.services.task_query import find_tasks
from plantrack.store import people
from plantrack.store.questions import task_news
from plantrack.store.questions.task_counts import LEAD, PERSON, of_key, tallies, tally_of

#: What reminders may be for.
FOR = {"person": PERSON, "org": LEAD}


def remind(context: Context, args: Sequence[str] = (), *, days: int, by: str = "person") -> Reminder:
    """Return what is overdue or falls due within so many days, for each who has any, and what nobody has.

    Raises: those of `find_tasks`.
    """
    wanted, passing = find_tasks(context, args)
    last_day = add_days(context.when.day, days)
    due = task_news.due_by(passing, last_day)
    found, every = tallies(due, FOR[by]), tally_of(due).counts
    named = _in_order(context, by, [key for key in found if key is not None])
    mail = _addresses(context) if by == "person" else {}
    groups = [
        ReminderGroup(
            key, title, of_key(due, FOR[by], key).rows(), found[key].counts.open_overdue, mail.get(key or "")
        )
        for key, title in (*named.items(), *([(None, None)] if None in found else []))
    ]
    return Reminder(
        heading=context.heading._replace(elsewhere=context.db.told.elsewhere),
        by=by,
        days=days,
        last_day=last_day,
        groups=tuple(groups),
        total=every.total,
        overdue=every.open_overdue,
        filter=wanted.spelled(),
        taken=wanted.taken,
    )


def _in_order(context: Context, by: str, keys: Iterable[str]) -> dict[str, Text]:
    """Return the title of each, in the order that readers expect."""
    names = context.names
    if by == "org":
        return {org: names.title_of(org) for org in names.in_order(keys)}
    return {name: Text(name) for name in sorted(keys, key=vi_key)}


def _addresses(context: Context) -> dict[str, str]:
    """Return the address of each person who has one and is still there."""
    day = context.when.day
    known = people.people(context.db)
    return {p.name: p.email for p in known if p.email and not (p.left_on and p.left_on <= day)}


def letters(view: Reminder) -> dict[Address, Reminder]:
    """Return by address what a letter there says: the reminders of its people, and of no others.

    Raises: those of `parse_address`.
    """
    own: dict[Address, list[ReminderGroup]] = {}
    for group in view.groups:
        if group.email:
            own.setdefault(parse_address(group.email)._replace(name=""), []).append(group)
    return {address: view._replace(groups=tuple(groups)) for address, groups in own.items()}
