"""A public copy names nobody: whatever was recorded, nothing that is a person's is in it, nor anything internal."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.i18n.words import Words
from plantrack.model.views.mail import Delivery, Edition
from plantrack.render.formats import file_of
from plantrack.render.views.exchange.export import book
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.exchange.export import export_part, export_public, export_whole, export_work
from plantrack.services.verbs.org import OrgParticulars, set_organisation
from plantrack.services.verbs.person import Particulars, merge, rename, set_person
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import deliveries
from plantrack.store.commands import Typist
from tests.support.passwords import parts_of
from tests.support.random_work import COMMANDS, DAYS, IDS, Do, Ledger, worked
from tests.support.tries import tries

#: A part of all that is a person's or internal, and of nothing else.
MARK = "Kin7q"
PEOPLE = st.sampled_from([f"Người {MARK} một", f"Người {MARK} hai", "An"])
#: Each gives away something of a person.
PRIVATE = st.one_of(
    st.builds(
        lambda i, who, on: Do(
            f"assign {i} {who}",
            lambda context: assign(context, [i], Roles(in_charge=(who,), on=on, new_person=True)),
        ),
        IDS,
        PEOPLE,
        DAYS,
    ),
    st.builds(
        lambda i, who, on: Do(
            f"update {i} {who}",
            lambda context: update(
                context, [i], TypedUpdate(told_by=who, note=MARK, evidence=MARK, result="xong", on=on)
            ),
        ),
        IDS,
        PEOPLE,
        DAYS,
    ),
    st.builds(
        lambda who: Do(
            f"set {who}",
            lambda context: set_person(
                context, who, Particulars(f"{MARK} tên", "ubdt", f"{MARK}@example.org", f"{MARK}-login")
            ),
        ),
        PEOPLE,
    ),
    st.builds(
        lambda one, other: Do(f"rename {one}", lambda context: rename(context, one, f"{other} {MARK}")),
        PEOPLE,
        PEOPLE,
    ),
    st.builds(
        lambda one, other: Do(f"merge {one}", lambda context: merge(context, one, other)), PEOPLE, PEOPLE
    ),
    st.just(
        Do(
            "org set",
            lambda context: set_organisation(context, "ubdt", OrgParticulars(email=f"{MARK}@example.org")),
        )
    ),
)
SENT = Delivery(
    Edition("kh-468-2024", "weekly", "2024-W29", "2024-07-21", True, ""),
    f"{MARK}@example.org", "", f"250 {MARK}", f"<{MARK}>", "0" * 64, "2024-07-22T00:00:00.000Z", MARK,
)  # fmt: skip


def public_copies(ledger: Ledger) -> Iterator[bytes]:
    """Yield a public copy of everything, and, where any task is left, one of the tasks in each form."""
    yield b"".join(export_public(ledger.db).pieces())
    context, words = ledger.context(), Words("vi")
    with contextlib.suppress(Failure):
        yield b"".join(export_part(context, [], public=True).pieces())
        work = book(export_work(context, [], public=True), words)
        for form in ("csv", "xlsx"):
            yield file_of(work, form, words, width=80, colour=False)


@tries(0.4)
@given(commands=st.lists(COMMANDS | PRIVATE, max_size=12), last=PRIVATE)
def test_nothing_of_a_person_is_in_a_public_copy(commands: list[Do], last: Do, made_once: Path) -> None:
    by_somebody = {"author": f"Tác giả {MARK}", "typist": Typist(f"Gõ {MARK}", f"{MARK}-may")}
    given = [Do(do.name, do.call, {**do.asked, **by_somebody}) for do in (*commands, last)]
    ledger = worked(made_once / "plantrack.db", given)
    deliveries.add(ledger.db, "0" * 26, SENT)
    assert MARK.encode() in b"".join(export_whole(ledger.db).pieces())
    for data in public_copies(ledger):
        for part in parts_of(data):
            assert MARK.lower() not in part.decode("utf-8", "replace").lower()
