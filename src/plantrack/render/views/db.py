"""The state of the database."""

from collections.abc import Iterator

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.workspace import DbStatus
from plantrack.render.layout.blocks import Definition, DefinitionList, Document
from plantrack.render.layout.json_object import Object


def document(view: DbStatus, words: Words) -> Document:
    """Word where it is, what it holds, and whether it can be written."""
    fields = tuple(Definition(words(f"db.{name}"), said) for name, said in _facts(view, words))
    return Document(words("db.title"), (), (DefinitionList(fields),))


def _facts(view: DbStatus, words: Words) -> Iterator[tuple[str, str]]:
    yield "file", visible(view.file)
    yield "size", words("db.bytes", n=words.number(view.size))
    yield "schema_version", str(view.schema_version)
    for plan, _, revision in view.plans:
        yield "plan", f"{plan}, {words('plan.revision', number=revision)}"
    yield "tasks", words.number(view.tasks)
    yield "updates", words.number(view.updates)
    yield "commands", words.number(view.commands)
    for name, moment in (("first_moment", view.first_moment), ("last_moment", view.last_moment)):
        yield name, words.moment(moment, view.timezone) if moment else words("log.nothing")
    yield "journal", view.journal
    yield "writable", words("yes.alone") if view.writable else words("no.alone")
    yield "checks", words("db.sound", checks=", ".join(view.checks))


def data(view: DbStatus, words: Words) -> Object:
    """Return the state for JSON."""
    plans = [{"id": plan, "year": year, "revision": revision} for plan, year, revision in view.plans]
    return {**view._asdict(), "plans": plans, "checks": dict.fromkeys(view.checks, "ok")}
