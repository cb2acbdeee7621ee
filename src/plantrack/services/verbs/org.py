"""Organisations: with what they lead and coordinate; those that no plan has yet, and addresses."""

from collections.abc import Callable

from plantrack.deliver.mail.address import parse_address
from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.names import in_force
from plantrack.model.plan import Organisation
from plantrack.model.plan_format import ID
from plantrack.model.status import parse_level
from plantrack.model.text import clean_line, nfc
from plantrack.model.views.parties import OrgLine, OrgList
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.party_names import follow_names
from plantrack.services.writing.run_command import run_command
from plantrack.store import organisations
from plantrack.store.columns import ORG_SET
from plantrack.store.organisations import OrganisationFact
from plantrack.store.questions.task_counts import COORDINATING, LEAD, counts_of, tallies


class OrgParticulars(NamedTuple):
    """What is to be known of an organisation, as it was typed: None of nothing, empty of what is no longer so."""

    name: str | None = None
    short: str | None = None
    level: str | None = None
    place: str | None = None
    email: str | None = None


class OrgChanged(NamedTuple):
    """An organisation after a command, and what that did."""

    #: Without its tasks.
    line: OrgLine
    #: The organisation of which it is another id.
    same_as: str | None
    written: CommandResult


def list_organisations(context: Context) -> OrgList:
    """Return the organisations, in the order of the plan; after them those that it does not have yet."""
    led, coordinated = (tallies(context.tasks, role) for role in (LEAD, COORDINATING))
    emails = organisations.recorded(context.db).emails
    lines = []
    for org in context.plan.organisations:
        own, shared = counts_of(led, org.id), counts_of(coordinated, org.id)
        there, before = in_force(org, context.when.day), tuple(context.names.before(org.id))
        is_own = org.id not in context.beside
        lines.append(
            OrgLine(org, own.open, own.total, shared.total, there, before, emails.get(org.id), in_plan=is_own)
        )
    return OrgList(context.heading, tuple(lines))


def add(context: Context, id: str, typed: OrgParticulars, same_as: str | None = None) -> OrgChanged:
    """Record an organisation that no plan has yet; `same_as`: of which one its id is another.

    Raises: organisation-exists, organisation-id-form, organisation-same-name; those of `run_command`,
    `Names.organisation_meant`, `parse_address`, `parse_level`, `clean_line`, `Names.place`.
    """
    own = nfc(id).strip()
    names, said = context.names, _read(context, typed)
    other = names.organisation(same_as, context.today).id if same_as is not None else ""
    _refuse_known(context, own, said["name"], said.get("short", ""), other)
    return _record(context, "org add", own, said | ({"same_as": other} if other else {}))


def _refuse_known(context: Context, id: str, name: str, short: str, same_as: str) -> None:
    """Refuse an id that is none or somebody's, and the name of another organisation than the one it is to be."""
    if not ID.fullmatch(id):
        raise Failure("organisation-id-form", id=id)
    names = context.names
    if known := names.organisations_named(id):
        raise Failure("organisation-exists", id=id, organisation=known[0].id, name=known[0].name.vi)
    for text in (name, short):
        others = [o for o in names.organisations_named(text) if o.id != same_as] if text else []
        if others:
            raise Failure("organisation-same-name", name=text, other=others[0].id, id=id)


def set_organisation(context: Context, organisation: str, typed: OrgParticulars) -> OrgChanged:
    """Record what else is known of an organisation; what the plan says of its own stands there alone.

    Raises: nothing-to-set, organisation-in-plan; those of `run_command`, `Names.organisation`, `parse_address`,
    `parse_level`, `clean_line`, `Names.place`.
    """
    if all(value is None for value in typed):
        raise Failure("nothing-to-set", command=ORG_SET)
    found = context.names.organisation(organisation, context.today)
    if any(value is not None for value in typed[:-1]) and found.id not in context.beside:
        raise Failure("organisation-in-plan", organisation=found.id)
    has = {**_said_of(found), "email": organisations.recorded(context.db).emails.get(found.id, "")}
    new = {field: value for field, value in _read(context, typed).items() if value != has[field]}
    return _record(context, ORG_SET, found.id, new)


def _said_of(found: Organisation) -> dict[str, str]:
    short = found.short.vi if found.short else ""
    return {"name": found.name.vi, "short": short, "level": found.level or "", "place": found.place or ""}


def _read(context: Context, typed: OrgParticulars) -> dict[str, str]:
    """Read what was typed; empty is empty, but a name must be one."""
    read: dict[str, Callable[[str], str]] = {
        "name": lambda text: clean_line(text, what="organisation_name", limit=300),
        "short": lambda text: clean_line(text, what="organisation_name", limit=100) if text.strip() else "",
        "level": lambda text: parse_level(text) if text.strip() else "",
        "place": lambda text: _place(context, text) if text.strip() else "",
        "email": lambda text: parse_address(text).spec if text.strip() else "",
    }
    given = zip(read.items(), typed, strict=True)
    return {field: way(text) for (field, way), text in given if text is not None}


def _place(context: Context, text: str) -> str:
    return context.names.place(clean_line(text, what="place", limit=100), context.today)


def _record(context: Context, verb: str, id: str, said: dict[str, str]) -> OrgChanged:
    """Record what is said of an organisation; where it is another's id, tasks follow."""

    def body(writer: CommandWriter) -> None:
        if said:
            by = writer.command
            fact = OrganisationFact(writer.uid(), by.uid, id, by.recorded_at, **said)
            organisations.insert_organisation_facts(writer.db, [fact])
            follow_names(writer.db)

    written = run_command(context, verb, body)
    recorded = organisations.recorded(context.db)
    in_plan = id in context.names.organisations and id not in context.beside
    org = context.names.organisations[id] if in_plan else recorded.added[id]
    there, email = in_force(org, context.when.day), recorded.emails.get(id)
    line = OrgLine(org, 0, 0, 0, there, email=email, in_plan=in_plan)
    return OrgChanged(line, recorded.same_as.get(id), written)
