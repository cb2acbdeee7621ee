"""Give organisations and people their roles in a task, or take them away, from a day on."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.status import Role
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult, warn_expired, warn_left
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.plan_defaults import (
    OTHER_ROLE,
    changes_after,
    give,
    hand_over,
    new_in_both_roles,
    stop_following,
)
from plantrack.services.writing.run_command import loaded, run_command
from plantrack.store.task_rows import TaskRow, split

Parties = dict[Role, tuple[str, ...]]


class Roles(NamedTuple):
    """Who is to have, or to leave, which role, as a person typed it."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    in_charge: tuple[str, ...] = ()
    on: str | None = None
    #: Replace all that hold the named roles.
    instead: bool = False
    #: Whoever is in charge may be new, also where the name is a part of a known one.
    new_person: bool = False


def assign(context: Context, ids: Sequence[str], roles: Roles) -> CommandResult:
    """Let organisations and people have roles from a day on.

    Raises: nobody-named; those of `CommandWriter.row`, `loaded`, `run_command`, `refuse_both_named`,
    `refuse_both_roles`.
    """

    def body(writer: CommandWriter) -> None:
        day = writer.day(roles.on)
        parties = _read(context, roles, day, new=True)
        refuse_both_named(parties)
        gone: dict[tuple[Role, str], list[str]] = {}
        for uid in loaded(writer, ids):
            row = stop_following(writer, writer.row(uid, day), set(parties))
            for role, named in parties.items():
                for party in _others(writer, row, role, named, day) if roles.instead else ():
                    gone.setdefault((role, party), []).append(row.label)
                _give(writer, row, role, named, day, instead=roles.instead)
                _give_way(writer, row, role, parties, day)
            refuse_both_roles(writer, row)
        for (role, party), labels in gone.items():
            writer.note("role-replaced", party=party, role=role, tasks=tuple(labels))
        if roles.instead:  # else it is said of each role
            writer.say_unchanged()

    return run_command(context, "assign", body)


def refuse_both_named(parties: Parties) -> None:
    """Refuse to let one organisation both lead and coordinate.

    Raises: both-roles-named.
    """
    both = [p for p in parties.get(Role.LEAD, ()) if p in parties.get(Role.COORDINATING, ())]
    if both:
        raise Failure("both-roles-named", party=both[0])


def refuse_both_roles(writer: CommandWriter, row: TaskRow) -> None:
    """Refuse what this command says, where an organisation would lead a task and coordinate it on one day.

    Raises: both-roles-held.
    """
    both = new_in_both_roles(row, writer.facts_now(row.uid).assignments, writer.facts(row.uid).assignments)
    if both is not None:
        raise Failure(
            "both-roles-held", task=row.label, party=both.party, day=both.day, on=both.day, option=both.option
        )


def _give(
    writer: CommandWriter, row: TaskRow, role: Role, named: tuple[str, ...], day: str, *, instead: bool
) -> None:
    had = [party for party in named if writer.holds(row.uid, role, party, day)]
    warn = warn_left if role is Role.IN_CHARGE else warn_expired
    for party in named:
        if party not in had:
            writer.tell(warn(writer.context.names, party, day))
    if instead:
        hand_over(writer, row.uid, role, named, day)
        return
    for party in named:
        if party not in had:
            writer.assign(row.uid, role, party, day)
        _say_what_stands(writer, row, role, party, day, had=party in had)


def _others(writer: CommandWriter, row: TaskRow, role: Role, named: Sequence[str], day: str) -> list[str]:
    """Return who else has a role on a day."""
    known = dict.fromkeys(a.party for a in writer.facts_now(row.uid).assignments if a.role is role)
    return [party for party in known if party not in named and writer.holds(row.uid, role, party, day)]


def _say_what_stands(
    writer: CommandWriter, row: TaskRow, role: Role, party: str, day: str, *, had: bool
) -> None:
    """Say that a party had the role already, or that it leaves it again on a later day."""
    later = changes_after(writer, row.uid, (role,), party, day)
    left = next((d for d in later if not writer.holds(row.uid, role, party, d)), None)
    if left is not None:
        writer.note("role-left-later", task=row.label, party=party, role=role, day=left)
    elif had:
        writer.note("role-held", task=row.label, party=party, role=role)


def _give_way(writer: CommandWriter, row: TaskRow, role: Role, parties: Parties, day: str) -> None:
    """Let an organisation leave the other role where it has that from the plan, not by a person's word."""
    other = OTHER_ROLE.get(role)
    if other is None or other in parties or other not in split(row.follows):
        return
    for party in parties[role]:
        held = writer.holds(row.uid, other, party, day)
        if give(writer, row.uid, other, party, day, holds=False) or held:
            writer.note("role-gave-way", task=row.label, party=party, role=other)


def unassign(context: Context, ids: Sequence[str], roles: Roles) -> CommandResult:
    """Take roles away from a day on.

    Raises: nobody-named, not-assigned; those of `CommandWriter.row`, `loaded`, `run_command`.
    """

    def body(writer: CommandWriter) -> None:
        day = writer.day(roles.on)
        parties = _read(context, roles, day, new=False)
        for uid in loaded(writer, ids):
            row = stop_following(writer, writer.row(uid), set(parties))
            for role, named in parties.items():
                for party in named:
                    _take(writer, row, role, party, day)

    return run_command(context, "unassign", body)


def _take(writer: CommandWriter, row: TaskRow, role: Role, party: str, day: str) -> None:
    """End a role from a day on, also where it was given again for a later day."""
    if day < row.opened_on or not writer.holds(row.uid, role, party, day):
        raise Failure("not-assigned", task=row.label, party=party, day=day)
    if later := give(writer, row.uid, role, party, day, holds=False):
        writer.note("role-ended-later-too", task=row.label, party=party, role=role, day=later[0])


def _read(context: Context, roles: Roles, day: str, *, new: bool) -> Parties:
    names = context.names
    typed = roles.in_charge
    people = names.people_to_write(typed, new=roles.new_person) if new else map(names.person, typed)
    found: Parties = {
        Role.LEAD: tuple(dict.fromkeys(names.organisation(o, day).id for o in roles.lead)),
        Role.COORDINATING: tuple(dict.fromkeys(names.organisation(o, day).id for o in roles.coordinating)),
        Role.IN_CHARGE: tuple(dict.fromkeys(people)),
    }
    if not any(found.values()):
        raise Failure("nobody-named")
    return {role: parties for role, parties in found.items() if parties}
