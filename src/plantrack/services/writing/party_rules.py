"""What is checked of people and organisations where it is typed holds when it is written, and after an undo too."""

from collections import Counter
from collections.abc import Iterable, Sequence

from plantrack.errors import Failure
from plantrack.model.grouping import in_circles
from plantrack.model.history import END_OF_TIME
from plantrack.model.people.person import Person
from plantrack.model.withdrawal import Withdrawal, withdrawn
from plantrack.services.context import Context
from plantrack.store import commands, organisations, people
from plantrack.store.commands import Command
from plantrack.store.connection import Connection


def refuse_other_names(contexts: Iterable[Context], last_moment: str | None) -> None:
    """Refuse to write by names that were read before others changed them; who only came since changes none.

    `last_moment`: of the last command; a context that was read after it has the names of now.

    Raises: names-changed-meanwhile.
    """
    if not all(_has_names_of_now(at) for at in contexts if at.read_at != last_moment):
        raise Failure("names-changed-meanwhile")


def _has_names_of_now(context: Context) -> bool:
    there = {person.uid: person for person in people.people(context.db)}
    recorded = organisations.recorded(context.db)
    own = tuple(o for o in context.plan.organisations if o.id not in context.beside)
    return (
        all(there.get(person.uid) == person for person in context.names.known.values())
        and context.names.same_as == recorded.same_as
        and context.plan.organisations == own + recorded.beside(own)
    )


def refuse_clash(db: Connection, target: Command) -> None:
    """Refuse to take back a command where two people would have one login, or parties would each be the other.

    What stood before stays.

    Raises: undo-login-taken, undo-merge-circle.
    """
    known = commands.withdrawals(db)
    now, then = withdrawn(known), withdrawn([*known, Withdrawal("", target.uid, END_OF_TIME, 0)])
    of_people = people.people_facts(db)
    was, there = (people.standing(db, of_people, gone).people for gone in (now, then))
    _refuse_login(target, was, there)
    turned_out = [(fact.person, fact.merged_into, fact.command) for fact in of_people]
    turned_out += [(f.organisation, f.same_as, f.command) for f in organisations.organisation_facts(db)]
    before, after = (
        in_circles({one: other for one, other, by in turned_out if other is not None and by not in gone})
        for gone in (now, then)
    )
    if new := [one for one in after if one not in before]:
        names = {fact.person: fact.name for fact in of_people if fact.name}
        raise Failure(
            "undo-merge-circle", command=target.label, parties=tuple(names.get(one, one) for one in new)
        )


def _refuse_login(target: Command, was: Sequence[Person], there: Sequence[Person]) -> None:
    before = Counter(person.login for person in was)
    has_it = {person.uid: person.login for person in was}
    for login, times in Counter(person.login for person in there if person.login).items():
        if times > max(before[login], 1):
            both = sorted((p for p in there if p.login == login), key=lambda p: has_it.get(p.uid) != login)
            raise Failure(
                "undo-login-taken",
                command=target.label,
                login=login,
                person=both[0].name,
                other=both[-1].name,
            )
