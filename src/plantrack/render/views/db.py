"""The state of the database, and what was found in it."""

import os
import shlex
from collections.abc import Iterator, Sequence

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.typed.upkeep import LateUpkeep
from plantrack.model.views.workspace import (
    DbCheck,
    DbStatus,
    Difference,
    FactDigest,
    ServerPlace,
    StoragePlace,
)
from plantrack.render.layout.blocks import (
    Block,
    Definition,
    DefinitionList,
    Document,
    ItemList,
    ListItem,
    Paragraph,
)
from plantrack.render.layout.elsewhere import elsewhere_said, where_to_look
from plantrack.render.layout.history_faults import fault_data, fault_worded
from plantrack.render.layout.json_object import Object


def document(view: DbStatus, words: Words) -> Document:
    """Word where it is, what it holds, and whether it can be written."""
    fields = tuple(Definition(words(f"db.{name}"), said) for name, said in _facts(view, words))
    return Document(words("db.title"), (), (DefinitionList(fields),))


def _facts(view: DbStatus, words: Words) -> Iterator[tuple[str, str]]:
    yield "address" if view.server else "file", visible(view.file)
    if view.server:
        yield from _server(view.server, words)
    if view.elsewhere:
        yield "elsewhere", f"{elsewhere_said(view.elsewhere, words)} {where_to_look(view.elsewhere, words)}"
    if view.site:
        yield "site", view.site
        moment = view.hub_moment and words.moment(view.hub_moment, view.timezone)
        yield "hub", words("db.heard", moment=moment) if moment else words("db.never")
    yield "id", view.id
    yield "size", words("db.bytes", n=words.number(view.size))
    yield "schema_version", str(view.schema_version)
    for plan, _, revision in view.plans:
        yield "plan", f"{plan}, {words('plan.revision', number=revision)}"
    yield "tasks", words.number(view.tasks)
    yield "updates", words.number(view.updates)
    yield "commands", words.number(view.commands)
    for name, moment in (("first_moment", view.first_moment), ("last_moment", view.last_moment)):
        yield name, words.moment(moment, view.timezone) if moment else words("log.nothing")
    yield "last_backup", _backup(view, words)
    yield "last_check", _done(view, view.last_check and view.last_check.moment, words)
    sent = ((words(f"upkeep.{kind}"), last) for kind, last in view.last_mail.items() if last)
    mail = "; ".join(f"{name} {words.moment(last, view.timezone)}" for name, last in sent)
    yield "last_mail", mail or words("db.never")
    if view.journal:
        yield "journal", view.journal
    yield "writable", words("yes.alone") if view.writable else words("no.alone")
    if view.checks:
        yield "checks", words("db.sound", checks=", ".join(view.checks))
    if view.place:
        yield "place", place_said(view.place, words)
    for name in view.conflict_copies:
        yield "conflict_copy", copy_said(view.file, name, words)


def _server(server: ServerPlace, words: Words) -> Iterator[tuple[str, str]]:
    yield "server", f"PostgreSQL {server.version}"
    yield "line", words(f"db.line.{server.line}")
    of = f", {server.organisation}" if server.organisation else ""
    yield "login", f"{visible(server.login)}, {words(f'member.role.{server.role}')}{of}"
    yield "owner", visible(server.owner)


def place_said(place: StoragePlace, words: Words) -> str:
    """Say what is unsafe about the place of a database, and what to do."""
    return words(f"place.{place.kind}", name=visible(place.name), folder=visible(place.folder))


def copy_said(database: str, name: str, words: Words) -> str:
    """Say what a copy beside a database may have, and what to do with it."""
    copy = os.path.join(os.path.dirname(database), name)
    return words("place.copy", file=visible(name), path=visible(shlex.quote(copy)))


def _done(view: DbStatus, moment: str | None, words: Words) -> str:
    return words.moment(moment, view.timezone) if moment else words("db.never")


def _backup(view: DbStatus, words: Words) -> str:
    if (last := view.last_backup) is None:
        return words("db.never")
    moment = words.moment(last.moment, view.timezone)
    return words("db.backup", moment=moment, command=f"c{last.command}", file=visible(last.file))


def late_sentences(view: DbStatus, late: Sequence[LateUpkeep], words: Words) -> list[str]:
    """Say of each thing that was not done in time when it was, and what to do."""
    return [f"{_late(view, one, words)} {words(f'late.{one.limit.name}.hint')}" for one in late]


def _late(view: DbStatus, one: LateUpkeep, words: Words) -> str:
    what, limit = words(f"late.{one.limit.name}"), one.limit
    if one.last is None:
        return words("late.never", what=what)
    moment = words.moment(one.last, view.timezone)
    if one.is_gone and view.last_backup:
        return words("late.gone", what=what, moment=moment, file=visible(view.last_backup.file))
    if one.is_to_come:
        return words("late.to-come", what=what, moment=moment)
    age = words.plural("late.days", limit.days) if limit.days else words.plural("late.hours", limit.hours)
    return words("late.older", what=what, moment=moment, age=age)


def late_problems(view: DbStatus, late: Sequence[LateUpkeep], words: Words) -> list[Object]:
    """Return what was not done in time, each as a problem, for JSON."""
    return [
        _problem(view.file, "upkeep-late", _late(view, one, words), words(f"late.{one.limit.name}.hint"))
        for one in late
    ]


def data(view: DbStatus, words: Words) -> Object:
    """Return the state for JSON."""
    plans = [{"id": plan, "year": year, "revision": revision} for plan, year, revision in view.plans]
    return {
        **view._asdict(),
        "plans": plans,
        "checks": dict.fromkeys(view.checks, "ok") or None,
        "last_backup": view.last_backup and view.last_backup._asdict(),
        "last_check": view.last_check and view.last_check._asdict(),
        "last_mail": dict(view.last_mail),
        "place": view.place and view.place._asdict(),
        "conflict_copies": list(view.conflict_copies),
        "server": view.server and {**view.server._asdict(), "organisation": view.server.organisation or None},
        "site": view.site or None,
        "elsewhere": view.elsewhere and {**view.elsewhere._asdict(), "to": view.elsewhere.named},
    }


def digest_document(view: FactDigest, words: Words) -> Document:
    """Word the digest, and how many facts there are; the same where the facts are, wherever the database is."""
    counts = ", ".join(f"{kind} {words.number(n)}" for kind, n in view.counts.items() if n)
    fields = {"sha256": view.sha256, "counts": counts or words.number(0)}
    return Document(
        "", (), (DefinitionList(tuple(Definition(words(f"db.{k}"), v) for k, v in fields.items())),)
    )


#: Of what was found so much is printed for eyes.
_SHOWN = 20


def check_document(view: DbCheck, words: Words) -> Document:
    """Word what was found, or what was done about it."""
    return Document("", (), tuple(_mended(view, words) if view.repaired else _unsound(view, words)))


def _mended(view: DbCheck, words: Words) -> Iterator[Block]:
    done = [words("dbcheck.part-made", part=name) for name in view.missing]
    done += [words("dbcheck.index-made", index=name) for name in view.indexes]
    done += [words.plural("dbcheck.rows-made", n, table=table) for table, n in view.counts]
    if not done:
        yield Paragraph(words("dbcheck.nothing", file=visible(view.file)))
        return
    yield Paragraph(words("dbcheck.mended", file=visible(view.file)))
    yield ItemList(tuple(map(ListItem, done)))


def _unsound(view: DbCheck, words: Words) -> Iterator[Block]:
    problems = check_problems(view, words)
    if problems:
        yield ItemList(tuple(ListItem(f"[{p['code']}] {p['message']}") for p in problems[:_SHOWN]))
        rows = view.altered + sum(n for _, n in view.counts)
        if more := len(view.missing) + len(view.indexes) + rows - len(problems[:_SHOWN]):
            yield Paragraph(words.plural("dbcheck.more", more))
        if view.last_sound:
            yield Paragraph(words("dbcheck.last-sound", command=view.last_sound), apart=True)
        elif any(one.command for one in view.history):
            yield Paragraph(words("dbcheck.none-sound"), apart=True)
        yield from (Paragraph(hint, apart=True) for hint in dict.fromkeys(str(p["hint"]) for p in problems))
    else:
        said = "dbcheck.sound-quick" if view.is_quick else "dbcheck.sound"
        yield Paragraph(words(said, file=visible(view.file)))
    if view.head:
        yield Paragraph(words("dbcheck.head", hash=view.head[0], command=view.head[1]))
    if view.sealed_from:
        yield Paragraph(words("dbcheck.sealed-from", command=view.sealed_from))


def check_data(view: DbCheck) -> Object:
    """Return what was found, and whether it was mended, for JSON."""
    return {
        "file": view.file,
        "missing": list(view.missing),
        "indexes": list(view.indexes),
        "rows": dict(view.counts),
        "history": [fault_data(one) for one in view.history],
        "altered": view.altered,
        "head": {"hash": view.head[0], "command": view.head[1]} if view.head else None,
        "last_sound": view.last_sound or None,
        "sealed_from": view.sealed_from or None,
        "repaired": view.repaired,
    }


def check_problems(view: DbCheck, words: Words) -> list[Object]:
    """Return what was found and not mended, each as a problem, for JSON."""
    if view.repaired:
        return []
    put_back = words("dbcheck.hint-history")
    mend = put_back if view.is_altered else words("dbcheck.hint")  # nothing is mended where facts are wrong
    said = [
        (f"history-{one.kind}", fault_worded(one, words), mend if one.kind == "counter" else put_back)
        for one in view.history
    ]
    said += [("part-missing", words("dbcheck.part-missing", part=name), mend) for name in view.missing]
    said += [("index-damaged", words("dbcheck.index-damaged", index=name), mend) for name in view.indexes]
    said += [(f"derived-{one.kind}", _worded(one, words), mend) for one in view.found]
    return [_problem(view.file, *one) for one in said]


def _problem(file: str, code: str, message: str, hint: str) -> Object:
    return {
        "file": file,
        "line": 0,
        "column": 0,
        "severity": "error",
        "code": code,
        "message": message,
        "hint": hint,
    }


def _worded(one: Difference, words: Words) -> str:
    """Name what a row is of, its table, and what is wrong with it."""
    of = words(f"dbcheck.of.{one.of}", name=visible(one.name, limit=60))
    row = words("dbcheck.row", row=visible(one.row, limit=60)) if one.row else ""
    columns = ", ".join(one.columns)
    return words(f"dbcheck.{one.kind}", of=of, table=one.table, row=row, columns=columns)
