"""Give organisations and people their roles in a task, or take them away, from a day on."""

from collections.abc import Sequence
from functools import partial

from plantrack.errors import Failure
from plantrack.model.record import NamedTuple
from plantrack.model.status import Role
from plantrack.services.desk import Desk, task_uid
from plantrack.services.following import hand_over, stop_following
from plantrack.services.writing import Pen, Written, warn_expired, writing, written

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


def assign(desk: Desk, ids: Sequence[str], roles: Roles) -> Written:
    """Give roles from a day on."""
    with writing(desk, "assign") as pen:
        day = pen.day(roles.on)
        parties = _read(desk, roles, day, new=True)
        for uid in dict.fromkeys(task_uid(desk, i) for i in ids):
            row = pen.reach(pen.row(uid), day)
            stop_following(pen, row, set(parties))
            for role, named in parties.items():
                _give(pen, uid, role, named, day, instead=roles.instead)
    return written(pen)


def _give(pen: Pen, uid: str, role: Role, named: tuple[str, ...], day: str, *, instead: bool) -> None:
    if role is not Role.IN_CHARGE:
        for party in named:
            warn_expired(pen, pen.desk.names, party, day)
    if instead:
        hand_over(pen, uid, role, named, day)
        return
    for party in named:
        if not pen.holds(uid, role, party, day):
            pen.assign(uid, role, party, day)


def unassign(desk: Desk, ids: Sequence[str], roles: Roles) -> Written:
    """Take roles away from a day on."""
    with writing(desk, "unassign") as pen:
        day = pen.day(roles.on)
        parties = _read(desk, roles, day, new=False)
        for uid in dict.fromkeys(task_uid(desk, i) for i in ids):
            row = pen.row(uid)
            stop_following(pen, row, set(parties))
            for role, named in parties.items():
                for party in named:
                    if not pen.holds(uid, role, party, day):
                        raise Failure("not-assigned", task=row.label, party=party, day=day)
                    pen.assign(uid, role, party, day, holds=False)
    return written(pen)


def _read(desk: Desk, roles: Roles, day: str, *, new: bool) -> Parties:
    names = desk.names
    person = partial(names.person_to_write, new=roles.new_person) if new else names.person
    found: Parties = {
        Role.LEAD: tuple(dict.fromkeys(names.organisation(o, day).id for o in roles.lead)),
        Role.COORDINATING: tuple(dict.fromkeys(names.organisation(o, day).id for o in roles.coordinating)),
        Role.IN_CHARGE: tuple(dict.fromkeys(person(p) for p in roles.in_charge)),
    }
    if not any(found.values()):
        raise Failure("nobody-named")
    return {role: parties for role, parties in found.items() if parties}
