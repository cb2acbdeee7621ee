"""The applied revisions of the plan."""

from plantrack.i18n.words import Words
from plantrack.model.text import visible
from plantrack.model.views.plan import PlanLog, RevisionLine
from plantrack.model.views.rows import Rows
from plantrack.render.layout.blocks import Document, TableColumn
from plantrack.render.layout.fact_formatter import FactFormatter, one_line
from plantrack.render.layout.fields import Field, Fields, declared, objects, table
from plantrack.render.layout.json_object import Object
from plantrack.render.layout.sentences import origin


def document(view: PlanLog, words: Words) -> Document:
    """Word the revisions, the newest first."""
    formatter = FactFormatter(words, view.heading)
    revisions = table(REVISION.values(), view.revisions, formatter)
    return Document(words("plan.log", plan=formatter.plan), formatter.lines(), (revisions,))


def data(view: PlanLog, words: Words) -> Rows[Object]:
    """Return the revisions for JSON."""
    return objects(REVISION.values(), view.revisions, FactFormatter(words, view.heading))


def _file(revision: RevisionLine, formatter: FactFormatter) -> str:
    file = visible(revision.file)
    if revision.reason:
        file += f"\n({formatter.words('log.reason', reason=one_line(revision.reason))})"
    return file


def _origin(revision: RevisionLine, formatter: FactFormatter) -> str:
    came = origin(revision.git_commit, revision.sha256).replace(", ", "\n")
    return f"{came}\n{formatter.words('plan.dirty')}" if revision.dirty else came


REVISION: Fields[RevisionLine] = declared(
    Field("revision", "column.revision", "number", cell=lambda r, f: str(r.revision), column=TableColumn()),
    Field("recorded_at", "column.moment", "moment", column=TableColumn(wraps=True, least=16)),
    Field(
        "author",
        "column.author",
        cell=lambda r, f: one_line(r.author),
        column=TableColumn(wraps=True, least=10),
    ),
    Field("file", "column.file", cell=_file, column=TableColumn(wraps=True, least=16)),
    Field("sha256"),
    Field("git_commit"),
    Field("dirty"),
    Field("reason"),
    Field("origin", "column.origin", cell=_origin, in_json=False, column=TableColumn()),
)
