"""Saved filters: kept under a name, replaced, given up, taken back, known at a moment, told in the log."""

from pathlib import Path

import pytest

from plantrack.errors import Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import Words
from plantrack.services.task_query import read_filter
from plantrack.services.verbs.filter import list_filters, remove_filter, save_filter
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, applied, held, moment_of, refused


def own(context_on: OpenContext, **asked: str) -> dict[str, tuple[str, ...]]:
    """Return the filters that were kept."""
    return {one.name: one.terms for one in list_filters(context_on(**asked)).filters if one.command}


def test_a_filter_is_kept_as_it_was_typed_and_said_as_it_reads(context_on: OpenContext) -> None:
    done = save_filter(context_on("2024-07-20"), "@Gấp", ["qua han", "updated:..-7d"])
    assert done.read_as == "overdue updated:..2024-07-13"
    assert own(context_on) == {"Gấp": ("qua han", "updated:..-7d")}


def test_a_name_means_the_last_thing_that_was_kept_under_it(context_on: OpenContext) -> None:
    save_filter(context_on(), "quá-gấp", ["area:3"])
    done = save_filter(context_on(), "qua gap", ["area:2"])
    assert done.old is not None
    assert done.old.terms == ("area:3",)
    assert own(context_on) == {"qua gap": ("area:2",)}
    remove_filter(context_on(), "@QUA-GAP")
    assert own(context_on) == {}
    save_filter(context_on(), "quý ba", ["area:3"])
    with refused("filter-not-kept") as caught:
        remove_filter(context_on(), "quy bay")
    assert caught.value.params["near"] == ("@quý-ba",)


def test_what_is_so_already_is_not_recorded_again(db: SQLite, context_on: OpenContext) -> None:
    save_filter(context_on(), "gấp", ["area:3"])
    before = held(db)
    assert save_filter(context_on(), "gấp", ["area:3"]).written.command is None
    assert held(db) == before


def test_undo_brings_back_what_a_name_meant(context_on: OpenContext) -> None:
    save_filter(context_on(), "gấp", ["area:3"])
    save_filter(context_on(), "gấp", ["area:2"])
    remove_filter(context_on(), "gấp")
    for left in (("area:2",), ("area:3",)):
        undo(context_on(), None)
        assert own(context_on) == {"gấp": left}
    undo(context_on(), None)
    assert own(context_on) == {}


def test_a_moment_knows_the_filters_of_then(context_on: OpenContext) -> None:
    first = save_filter(context_on(), "gấp", ["area:3"])
    save_filter(context_on(), "gấp", ["area:2"])
    then = moment_of(first.written)
    assert own(context_on, known_at=then) == {"gấp": ("area:3",)}
    assert read_filter(context_on(known_at=then), ["@gap"]).spelled() == "area:ND3"


def test_the_log_tells_what_a_name_meant_and_means(context_on: OpenContext) -> None:
    save_filter(context_on(), "gấp", ["area:3", "to be"])
    remove_filter(context_on(), "gấp")
    undo(context_on(), None)
    told = [(e.verb, e.old, e.new, e.withdrawn_by) for e in log(context_on()).entries if e.field == "filter"]
    assert told == [
        ("filter save", None, '@gấp: area:3 "to be"', None),
        ("filter remove", '@gấp: area:3 "to be"', None, "c4"),
    ]
    would = what_undo_would_do(context_on(), "c2")
    assert [e.new for e in would.log.entries] == ['@gấp: area:3 "to be"']


@pytest.mark.parametrize(
    ("name", "terms", "code"),
    [
        ("x", ["area:99"], "unknown-area"),
        ("x", ["areaa:3"], "unknown-field"),
        ("x", ["@gấp"], "filter-nested"),
        ("x", ["@x"], "filter-nested"),
        ("x", ["@mine"], "login-of-nobody"),
        ("x", ["2024-07-18"], "bare-value"),
        ("x", [""], "text-empty"),
        ("late", ["area:3"], "filter-built-in"),
        ("a:b", ["area:3"], "filter-name"),
        ("", ["area:3"], "text-empty"),
        ("a" * 61, ["area:3"], "text-too-long"),
    ],
)
def test_what_cannot_be_read_is_not_kept(
    db: SQLite, context_on: OpenContext, name: str, terms: list[str], code: str
) -> None:
    save_filter(context_on(), "gấp", ["area:3"])
    before = held(db)
    with refused(code):
        save_filter(context_on(), name, terms)
    with refused("filter-built-in"):
        remove_filter(context_on(), "quá hạn")
    assert held(db) == before


def test_a_filter_of_what_is_gone_says_so_with_its_name(context_on: OpenContext, workspace: Path) -> None:
    save_filter(context_on("2024-07-01"), "hội thảo", ["activity:3.1"])
    applied(context_on, "2024-07-02", workspace, ('      - code: "ND3.1"', '      - code: "ND3.9"'))
    with refused("filter-outdated") as caught:
        read_filter(context_on("2024-07-03"), ["@hoi-thao", "overdue"])
    said, hint = sentence(Words("en"), caught.value)
    assert "@hoi-thao" in said
    assert "“3.1”" in said
    assert "filter save" in hint
    assert isinstance(caught.value.params["why"], Failure)
    remove_filter(context_on("2024-07-03"), "hội thảo")
