"""Bundles: what the hub gives a site to work with offline, and what goes back and forth between them from then on."""

from collections.abc import Iterator
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from plantrack.deliver.files import write_whole
from plantrack.errors import Failure, failing_as
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.typed.site_code import parse_site
from plantrack.model.views.bundle import BundleTaken, BundleWritten, site_after
from plantrack.services.context import Clock, utc_now
from plantrack.services.export_file import open_bundle, packed, refuse_other
from plantrack.services.new_database import clean_up_on_failure, ignore_database, make_tables, open_or_create
from plantrack.services.verbs.exchange.met_facts import taken_in
from plantrack.services.workspace import Workspace, is_source
from plantrack.services.writing.trial import in_transaction
from plantrack.store import commands, plans, stats
from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.columns import BUNDLE_IMPORT
from plantrack.store.commands import NOBODY_TOLD, Command, Typist
from plantrack.store.connection import SCHEMA_VERSION, Connection, refuse_moved
from plantrack.store.exchange.bundle_choice import bundle_choice
from plantrack.store.exchange.fact_lines import BundleHead, Sender, head_line
from plantrack.store.exchange.fact_reading import fact_digest, fact_lines
from plantrack.store.exchange.merging import Merged, merge
from plantrack.store.opening import open_database
from plantrack.store.schema import identity


class BundleRequest(NamedTuple):
    """Who takes in a bundle, and when."""

    author: str
    clock: Clock = utc_now
    typist: Typist = NOBODY_TOLD
    #: Whether it is only to be said what would come.
    is_trial: bool = False


class Bundle(NamedTuple):
    """A bundle on its way out, as lines of JSON."""

    head: BundleHead
    #: What stands below the head; read once.
    lines: Iterator[bytes]

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it."""
        yield head_line(self.head)
        yield from self.lines


# --- out ---


def write_bundle(
    db: Connection, workspace: Workspace, file: Path, site: str | None = None, advance: Advance = unheard
) -> BundleWritten:
    """Write what the hub has for a site, or what a site has for the hub, into a file; `site`: for which the hub does.

    The caller holds one state of the data.

    Raises: bundle-at-site, bundle-site-needed, no-plan, output-failed, output-is-source; those of `parse_site`, `refuse_other`.
    """
    if is_source(file, workspace):
        raise Failure("output-is-source", file=str(file))
    refuse_other(file)
    made = export_bundle(db, site, advance)
    write_whole(file, packed(file, made.pieces()), to_end=True)
    head, counts = made.head, made.head.counts
    heard = commands.how_many_of(db, head.site) if head.kind == "hub" else 0
    return BundleWritten(
        file,
        head.kind,
        head.site,
        counts["command"],
        counts["task"],
        counts["status_update"],
        head.sha256,
        heard,
    )


def export_bundle(db: Connection, site: str | None = None, advance: Advance = unheard) -> Bundle:
    """Return a bundle: all that the hub has, for a site; or all that was recorded at this site, for the hub.

    A site always tells all of its own: whatever was lost on the way comes with the next one.

    Raises: bundle-at-site, bundle-site-needed, no-plan; those of `parse_site`, `refuse_moved`.
    """
    if db.told.site and site is not None:
        raise Failure("bundle-at-site", site=db.told.site)
    if not db.told.site and site is None:
        raise Failure("bundle-site-needed")
    history = commands.first_uid(db)
    if history is None:
        raise Failure("no-plan")
    kind: Sender = "site" if db.told.site else "hub"
    if kind == "hub":  # a site may begin with it: two hubs would take in what it records
        refuse_moved(db)
    named = db.told.site or parse_site(site or "", plans.all_codes(db))
    choice = bundle_choice(db, db.told.site or None)
    digest = fact_digest(db, choice, scaled(advance, 0, 0.5))
    head = BundleHead(
        kind, SCHEMA_VERSION, named, identity.hub_of(db), history, digest.counts, digest.sha256,
        stats.get(db, "example") is not None,
    )  # fmt: skip
    lines = (b"".join(lines) for _, lines in fact_lines(db, choice, scaled(advance, 0.5, 1)))
    return Bundle(head, lines)


# --- in ---


def import_bundle(
    file: Path, workspace: Workspace, request: BundleRequest, advance: Advance = unheard
) -> BundleTaken:
    """Take in a bundle, in one transaction: a site its first one into a new database, and whatever is news later.

    Raises: folder-not-writable, no-author; those of `open_bundle`, `_begin`, `take_in`, `Workspace.file`.
    """
    if not request.author:
        raise Failure("no-author")
    with open_bundle(file) as (head, _):
        pass
    if isinstance(workspace.database, Path) and _is_to_be_made(workspace.file):
        begin = _try_to_begin if request.is_trial else _begin
        return begin(file, head, workspace, request, advance)
    with closing(open_database(workspace.database, command=BUNDLE_IMPORT)) as db:
        return take_in(db, file, request, advance)


def _is_to_be_made(file: Path) -> bool:
    """Return whether there is no database yet, or one in which nothing was made."""
    try:
        open_database(file).close()
    except Failure as failure:
        if failure.code in ("no-database", "database-unfinished"):
            return True
        raise
    return False


def _begin(
    file: Path, head: BundleHead, workspace: Workspace, request: BundleRequest, advance: Advance
) -> BundleTaken:
    """Make the database of a site from its first bundle; on failure nothing is left behind.

    Raises: bundle-needs-database, folder-not-writable; those of `open_or_create`, `take_in`.
    """
    if head.kind == "site":
        raise Failure("bundle-needs-database", file=str(file), site=head.site)
    target, folder = workspace.file, workspace.root
    with failing_as("folder-not-writable", folder=str(folder)), clean_up_on_failure(target) as made:
        db, _ = open_or_create(target, made)
        with closing(db), db.atomic():
            make_tables(db)
            ignore_database(folder, made)
            return take_in(db, file, request, advance)._replace(is_new=True)


def _try_to_begin(
    file: Path, head: BundleHead, workspace: Workspace, request: BundleRequest, advance: Advance
) -> BundleTaken:
    """Make the database of a site elsewhere, and take it away again.

    Raises: folder-not-writable; those of `_begin`.
    """
    real = str(workspace.root)
    with failing_as("folder-not-writable", folder=real), TemporaryFile(dir=real):
        pass
    with TemporaryDirectory() as folder:
        elsewhere = Workspace(Path(folder), Path(folder) / workspace.file.name)
        taken = _begin(file, head, elsewhere, request._replace(is_trial=False), advance)
    return taken._replace(database=str(workspace.file), is_trial=True)


def take_in(db: Connection, file: Path, request: BundleRequest, advance: Advance = unheard) -> BundleTaken:
    """Add what a bundle has, record that it was taken in, and tell what people should know of it.

    Raises: bundle-refused, file-only; those of `open_bundle`, `merge`, `_refuse_foreign`.
    """

    def write() -> tuple[BundleTaken, Command | None, bool]:
        with open_bundle(file) as (head, lines):
            is_first = commands.last_number(db) == 0
            _refuse_foreign(db, file, head, is_first=is_first)
            if is_first:
                _become_site(db, head.site)
            if head.kind == "hub" and head.hub:
                identity.keep_hub(db, head.hub)
            if is_first and head.example:
                stats.put(db, "example", "1")
            merged = merge(db, str(file), head, lines, request.clock(), scaled(advance, 0, 0.95))
            by = _recorded(db, merged, request, is_first=is_first)
        return taken_in(db, file, head, merged, by, is_first=is_first), by, bool(merged.hidden)

    db.overwrite_deleted()  # a name that is forgotten elsewhere is forgotten here, as `person anonymise` does it
    try:
        taken, _, has_hidden = in_transaction(db, write, itemgetter(1), is_trial=request.is_trial)
    except db.broken_condition as error:
        raise Failure("bundle-refused", file=str(file), reason=str(error)) from error
    if has_hidden and not request.is_trial:
        db.sweep()
    advance(1)
    return taken._replace(is_trial=request.is_trial)


def _become_site(db: Connection, site: str) -> None:
    """Let a database that is empty be that of a site, which works on a file."""
    if db.path is None:
        raise Failure("file-only", address=db.name)
    identity.become_site(db, site)


def _recorded(db: Connection, merged: Merged, request: BundleRequest, *, is_first: bool) -> Command | None:
    """Record that a bundle was taken in; what a site began with is known there from when it was recorded."""
    if not merged.commands and not merged.counts["form"]:  # which no command made
        return None
    arrived = () if is_first else merged.commands
    return commands.record_arrival(db, arrived, request.author, request.clock(), request.typist)


def _refuse_foreign(db: Connection, file: Path, head: BundleHead, *, is_first: bool) -> None:
    """Refuse a bundle of another history, or for another database of this one.

    Raises: bundle-begun-here, bundle-foreign, bundle-needs-database, bundle-other-hub, bundle-other-site, bundle-to-site,
    bundle-to-hub.
    """
    if is_first:
        if head.kind == "site":
            raise Failure("bundle-needs-database", file=str(file), site=head.site)
        return
    if head.history != commands.first_uid(db):
        if head.kind == "hub" and not db.told.site:
            raise Failure(
                "bundle-begun-here",
                file=str(file),
                database=db.name,
                site=head.site,
                own=f"{head.site.lower()}.db",
            )
        raise Failure("bundle-foreign", file=str(file), database=db.name)
    if head.kind == "hub" and not db.told.site:
        raise Failure("bundle-to-hub", file=str(file), site=head.site)
    if head.kind == "hub" and head.site != db.told.site:
        raise Failure("bundle-other-site", file=str(file), site=head.site, here=db.told.site)
    if head.kind == "site" and db.told.site:
        raise Failure("bundle-to-site", file=str(file), site=head.site, here=db.told.site)
    if head.hub and (ours := identity.hub_of(db)) and ours != head.hub:
        raise Failure(
            "bundle-other-hub",
            file=str(file),
            site=head.site,
            database=db.name,
            theirs=head.hub,
            ours=ours,
            next=site_after(head.site),
        )
