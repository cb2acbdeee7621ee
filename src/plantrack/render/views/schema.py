"""The JSON of every command: its objects, each key with its type, and the JSON Schema that is made of them.

A key is `name:type`, or `name?:type` where it is not always there. A type is a word of `TYPES`, one of `CHOICES`, or
another object; `[]` behind it makes it a list, `{}` an object whose keys are any texts, `?` lets it be null, and `|`
stands between two of which it is one.
"""

from collections.abc import Sequence
from typing import Final

from plantrack.model.counting import Counts
from plantrack.model.status import DeadlineState, Every, Priority, Status
from plantrack.render.layout.json_object import Object

TYPES: Final[dict[str, Object]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "moment": {"type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"},
    "object": {"type": "object"},
    "any": {},
}
CHOICES: Final[dict[str, Sequence[str]]] = {
    "status": [status.value for status in Status],
    "deadline_state": [state.value for state in DeadlineState],
    "priority": [priority.value for priority in Priority],
    "every": [every.value for every in Every],
    "severity": ["error", "warning"],
}

_TASK_KEYS = (
    "id:integer? label:text uid:text plan:text area:text activity:text? title:text status:status "
    "deadline_state:deadline_state? start:day? due:day? due_text:text? first_due:day? completed_on:day? "
    "percent:integer? priority:priority deliverable:text? budget:integer? budget_source:text? allocated:integer? "
    "spent:integer? tags:text[] places:text[] lead:text[] coordinating:text[] "
    "in_charge:text[] blocked:text? opened_on:day updated_on:day? stale:flag carried_from:text? carried_to:text? "
    "every:every? until:day? occurrence_of:text? after:text[] parts:part[] document:issued_document? waiting:flag "
    "update?:update? updates?:update[] history?:change[]? earlier?:update[] days_late?:integer? extensions?:integer "
    "is_new?:flag answered?:update?"
)
#: What `list --columns` may name besides: each key is there where it is named.
_CHOSEN_KEYS = (
    f"{_TASK_KEYS} code:text blocked_since:day? on:day? result:text? next:text? proposal:text? told_by:text? note:text? "
    "evidence:text? author:text?"
)
_UPDATE_KEYS = (
    "uid:text command:text task:text on:day recorded_at:moment author:text told_by:text? status:status? "
    "percent:integer? result:text? next:text? blocked:text? proposal:text? "
    "answered:text? note:text? evidence:text? withdrawn_by:text? unblocked:flag reason:text? "
    "allocated:integer? spent:integer?"
)
_SUMMARY_KEYS = (
    "progress:progress change:counts{} results:task[] late_updates:task[] overdue:task[] due_on_closing_day:task[] "
    "due_soon:task[] difficulties:task[] next_week?:task[] proposals:task[] silent_organisations:silence[] "
    "stale:task[] plan_changes:plan_change[] milestones:milestone[]"
)
_PERSON = "name:text sort_name:text? organisation:text? email:text? login:text? left_on:day?"
_ORGANISATION = (
    "id:text name:text short:text? symbol:text? level:text? valid_from:day? valid_to:day? successor:text?"
)
#: By name, each with its keys.
OBJECTS: Final[dict[str, str]] = {
    "task": _TASK_KEYS,
    "chosen_task": " ".join(
        f"{name.removesuffix('?')}?:{kind}"
        for name, _, kind in (one.partition(":") for one in _CHOSEN_KEYS.split())
    ),
    "milestone": "due:day due_text:text? area:text activity:text title:text",
    "part": "number:integer text:text done:flag",
    "issued_document": "number:text? date:day? issuer:text? subject:text?",
    "update": _UPDATE_KEYS,
    "change": "command:text verb:text recorded_at:moment author:text task:text? party:text? field:text old:text? new:text? "
    "on:day? withdrawn_by:text? revision:integer? reason:text? site:text? entered_by:text?",
    "counts": " ".join(f"{name}:integer" for name in Counts._fields),
    "tasks_behind": " ".join(f"{name}:text[]" for name in Counts._fields),
    "tasks_behind_roles": "lead:tasks_behind coordinating:tasks_behind",
    "progress": "by:text rolled_up?:flag rows:progress_row[] total:counts milestones?:milestone[] carried_on?:integer",
    "progress_row": "key:text? title:text? year?:integer number?:text? counts?:counts lead?:counts coordinating?:counts "
    "tasks?:tasks_behind|tasks_behind_roles",
    "period": "name:text first_day:day last_day:day calendar?:text closing_day?:integer is_closed?:flag",
    "weekly": f"period:period {_SUMMARY_KEYS} provenance:provenance",
    "summary": _SUMMARY_KEYS,
    "weekly_by_org": "period:period organisations:organisation_week[] without:text[] provenance:provenance",
    "organisation_week": "id:text name:text lead:summary? coordinating:task[]",
    "silence": "organisation:text title:text tasks:text[] last_update:day?",
    "plan_change": "kind:text task:text? title:text? nth:integer? old:day? new:day? on:day? reason:text? "
    "revision:integer? git_commit:text? sha256:text? recorded_at:moment? author:text? dirty:flag? "
    "changes:part_change[]?",
    "part_change": "kind:text what:text code:text old_code:text? area:text? title:words fields:field_change[] "
    "retired:retired? tasks?:task_effect[]",
    "words": "vi:text en:text?",
    "field_change": "name:text old:any new:any",
    "retired": "code:text on:day reason:text",
    "provenance": "plan:text revision:integer git_commit:text? dirty:flag? sha256:text known_at:moment? version:text "
    "seal:seal? faults:history_fault[] "
    "newer_file:text?",
    "report": f"period:period {_SUMMARY_KEYS} next_period:next_period deadline_changes:plan_change[] "
    "deadline_corrections:plan_change[] finished:text[] opened:integer deadlines:deadlines comparison:comparison "
    "matrix:matrix indicators:indicator[] money:money? provenance:provenance",
    "next_period": "first_day:day last_day:day tasks:task[]",
    "deadlines": "done:by_deadline done_in_period:by_deadline open:by_deadline dropped:by_deadline "
    "carried_over:by_deadline total:by_deadline",
    "by_deadline": "total:integer in_time:integer? due_soon:integer? late:integer? no_due:integer?",
    "comparison": "before:compared? same_period_last_year:compared?",
    "compared": "period:period plan:text? counts:counts? finished:integer? opened:integer? other_filter:flag",
    "matrix": "organisations:text?[] rows:matrix_row[] totals:matrix_cell[] total:counts rolled_up:flag",
    "matrix_row": "activity:text? title:text? cells:matrix_cell[] total:counts",
    "matrix_cell": "organisation:text? counts:counts",
    "money": "rows:area_money[] total:area_money is_filtered:flag uncounted:text[] without_allocation:integer",
    "area_money": "area:text? title:text? planned:integer? allocated:integer? spent:integer? rate:number?",
    "indicator": "id:text activity:text title:text unit:text baseline:number? target:number? actual:number? "
    "period:text? values:measured[]",
    "measured": "indicator:text period:text labels:text[] value:number on:day recorded_at:moment author:text "
    "told_by:text? command:text",
    "person": f"{_PERSON} open:integer total:integer",
    "known_person": _PERSON,
    "organisation": f"{_ORGANISATION} predecessors:text[] email:text? in_plan:flag lead_open:integer lead_total:integer "
    "coordinating_total:integer in_force:flag",
    "known_organisation": f"{_ORGANISATION} email:text? in_plan:flag",
    "member": "login:text role:text? organisation:text? person:text?",
    "saved_filter": "name:text terms:text[] built_in:flag author:text? recorded_at:moment? command:text?",
    "reminders": "by:text days:integer last_day:day total:integer overdue:integer groups:reminder_group[]",
    "reminder_group": "key:text? title:text? overdue:integer tasks:task[]",
    "revision": "revision:integer recorded_at:moment author:text file:text sha256:text git_commit:text? dirty:flag? "
    "reason:text?",
    "plan_diff": "plan:text file:text against:against differs:flag same_document:flag renamed:text{} "
    "changes:part_change[] obstacles:obstacle[] recorded:recorded_organisations counts:change_counts",
    "recorded_organisations": "lacking:text[] taken_over:text[] same_named:same_named[]",
    "same_named": "recorded:text plan:text",
    "against": "kind:text name:text git_commit:text?",
    "obstacle": "what:text code:text tasks:text[]",
    "change_counts": "added:integer changed:integer moved:integer retired:integer removed:integer tasks:touched_tasks",
    "touched_tasks": "changing:integer keeping:integer blocking:integer",
    "task_effect": "task:text title:text status:status changes:field_change[] kept:text[] blocked_by:text[]",
    "applied": "plan:text revision:integer changed:flag areas:integer activities:integer tasks:text[] diff:plan_diff "
    "commit_added:flag git_commit:text? dirty:flag? git_refusal:text",
    "carried": "task:text title:text status:status percent:integer? blocked:text? plan:text area:text activity:text? "
    "due:day? lead:text[] coordinating:text[] places:text[] before:carried_end remarks:text[]",
    "carried_end": "plan:text area:text activity:text? due:day? lead:text[] coordinating:text[] places:text[]",
    "database": "file:text size:integer schema_version:integer plans:applied_plan[] tasks:integer updates:integer "
    "commands:integer first_moment:moment? last_moment:moment? journal:text? writable:flag timezone:text checks:text{}? "
    "id:text last_backup:last_backup? last_check:last_check? last_mail:last_mail "
    "place:storage_place? conflict_copies:text[] server:server? site:text? hub_moment:moment? elsewhere:elsewhere?",
    "server": "version:text login:text role:text organisation:text? owner:text line:text",
    "elsewhere": "to:text moment:moment by:text to_read:flag unfinished:flag",
    "last_backup": "moment:moment file:text command:integer machine:text?",
    "last_check": "moment:moment",
    "last_mail": "weekly:moment? report:moment? remind:moment?",
    "storage_place": "kind:text name:text folder:text",
    "applied_plan": "id:text year:integer revision:integer",
    "fact_digest": "sha256:text counts:integer{}",
    "imported": "file:text sheet:text? kind:text mapping:text{} keyed_by:text? name:text? counts:import_counts "
    "new_organisations:text{} new_people:text[] changes:imported_change[] "
    "same_titles:same_title[] rows:imported_row[] command:text? bad_file:text?",
    "import_counts": "added:integer changed:integer left:integer repeated:integer bad:integer others:integer empty:integer",
    "imported_change": "row:integer task:text title:text field:text old:text? new:text?",
    "same_title": "row:integer task:text title:text",
    "imported_row": "row:integer what:text task:text?",
    "still_named": "kind:text task:text? command:text? field:text? name:text? file:text? report:text? period:text? "
    "number:integer? advice:text",
    "form_read": "file:text form:text organisation:text period:text closing_day:day command:text? rows:form_row[] "
    "corrected:form_row[] new_tasks:form_row[] offered:form_row[] changed:form_row[] left:form_row[] "
    "skipped:form_row[] same:integer",
    "form_row": "row:integer task:text? title:text said:text{} why?:text",
    "form_status": "period:period forms:form_state[] total:integer answered:integer",
    "form_state": "organisation:text title:text made_at:moment made:integer tasks:integer answers:form_answer[]",
    "form_answer": "command:text recorded_at:moment file:text rows:integer",
    "restored": "database:text commands:integer tasks:integer updates:integer sha256:text",
    "bundle_written": "file:text kind:text site:text commands:integer tasks:integer updates:integer sha256:text heard:integer",
    "bundle_taken": "file:text kind:text site:text database:text new_database:flag command:text? commands:integer "
    "tasks:integer updates:integer known:integer same_states:same_state[] two_open:two_open[] on_removed:on_removed[] "
    "two_values:two_values[] alike:alike_name[] two_organisations:two_organisations[] gone_at_hub:given_command[] renamed:renamed_person[] "
    "hidden:given_command[] dropped:text[] moved:text[] outside_plan:text[] dry_run:flag",
    "same_state": "task:text title:text reports:same_state_report[] stands:same_state_report decided_by:text "
    "status:status percent:integer?",
    "same_state_report": "command:text site:text author:text on:day recorded_at:moment status:status? percent:integer? text:text? said:text?",
    "two_open": "title:text tasks:open_occurrence[]",
    "open_occurrence": "task:text site:text due:day?",
    "on_removed": "task:text title:text removal:given_command reason:text? words:given_command[] is_unseen:flag",
    "given_command": "command:text site:text author:text verb:text recorded_at:moment report:same_state_report?",
    "two_values": "task:text title:text field:text values:field_value[] is_extended:flag",
    "field_value": "command:text site:text author:text recorded_at:moment value:text?",
    "alike_name": "name:text others:text[] merges:person_merge[]",
    "person_merge": "person:text into:text",
    "two_organisations": "organisation:text added:organisation_added[] name:text level:text? in_plan:flag",
    "organisation_added": "command:text site:text author:text recorded_at:moment name:text level:text?",
    "renamed_person": "before:text now:text",
    "database_backup": "database:text id:text file:text size:integer moment:moment command:integer removed:text[] recorded:flag",
    "database_copy": "source:text target:text size:integer commands:integer sha256:text rows:integer? moved:flag to_read:flag site_of_both:text",
    "database_restore": "database:text id:text file:text upgraded_from:integer? other_history:flag parted_after:text? worked_on:text? "
    "lost:lost_command[]? command:text? kept:text? next_command:integer next_task:integer taken_over:integer{} "
    "not_taken_over:integer",
    "lost_command": "command:text verb:text author:text recorded_at:moment tasks:text[]",
    "database_check": "file:text missing:text[] indexes:text[] rows:integer{} "
    "history:history_fault[] altered:integer head:seal? last_sound:text? sealed_from:text? repaired:flag",
    "history_fault": "kind:text table:text command:text? task:text? row:text? column:text?",
    "seal": "hash:text command:text",
    "problem": "file:text? line:integer? column:integer? severity:severity code:text message:text hint:text? "
    "sheet?:text? cell?:text heading?:text? value?:text? field?:text?",
    "error": "code:text message:text hint:text? exit_code:integer",
}
#: What `data` is, by command; of a command that changes tasks these tasks.
DATA: Final[dict[str, str]] = {
    "list": "task[]|chosen_task[]|milestone[]",
    **dict.fromkeys(
        (
            *("add", "show", "edit", "extend", "assign", "unassign", "update", "start", "submit"),
            *("done", "pause", "resume", "reopen", "drop", "skip", "part", "remove"),
        ),
        "task[]",
    ),
    "undo": "task[]|change[]",
    "log": "change[]",
    "progress": "progress",
    "weekly": "weekly|weekly_by_org",
    "report": "report",
    "indicator list": "indicator[]",
    "indicator record": "measured[]",
    **dict.fromkeys(("member add", "member list", "member remove"), "member[]"),
    **dict.fromkeys(("filter save", "filter list", "filter remove"), "saved_filter[]"),
    "remind": "reminders",
    "person list": "person[]",
    **dict.fromkeys(("person rename", "person merge", "person set"), "known_person[]"),
    "person anonymise": "still_named[]",
    "org list": "organisation[]",
    **dict.fromkeys(("org add", "org set"), "known_organisation[]"),
    "plan check": "problem[]",
    "plan show": "object",
    "plan diff": "plan_diff[]",
    "plan apply": "applied[]",
    "plan log": "revision[]",
    "plan carry-over": "task[]|carried[]",
    "db status": "database",
    "db check": "database_check",
    "db digest": "fact_digest",
    "db backup": "database_backup",
    "db restore": "database_restore",
    "db copy": "database_copy",
    "import": "restored|imported",
    "bundle export": "bundle_written",
    "bundle import": "bundle_taken",
    "form read": "form_read[]",
    "form status": "form_status",
}
#: What every answer is.
ENVELOPE: Final = (
    "schema:text command:text plan:text? as_of:day? known_at:moment? data:any total:integer? truncated:flag "
    "problems:problem[] error:error? example:flag"
)


def keys(declared: str) -> list[tuple[str, bool, str]]:
    """Return the keys of an object: name, whether it is always there, and type."""
    pairs = (one.partition(":")[::2] for one in declared.split())
    return [(name.removesuffix("?"), not name.endswith("?"), kind) for name, kind in pairs]


def data(version: str) -> Object:
    """Return the JSON Schema (draft 2020-12) of what commands print; new keys may come, so others are allowed."""
    by_command = [
        {
            "if": {"properties": {"command": {"const": command}}, "required": ["command"]},
            "then": {"properties": {"data": _type(f"{kind}?")}},
        }
        for command, kind in DATA.items()
    ]
    envelope = _object(ENVELOPE)
    envelope["properties"] |= {"schema": {"const": version}, "command": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:plantrack:output:{version.rpartition('/')[2]}",
        **envelope,
        "allOf": by_command,
        "$defs": {
            **{name: {"enum": list(values)} for name, values in CHOICES.items()},
            **{name: _object(declared) for name, declared in OBJECTS.items()},
        },
    }


def _object(declared: str) -> Object:
    found = keys(declared)
    return {
        "type": "object",
        "properties": {name: _type(kind) for name, _, kind in found},
        "required": [name for name, is_there, _ in found if is_there],
    }


def _type(kind: str) -> Object:
    """Return the schema of a type."""
    if kind.endswith("?"):
        return {"anyOf": [_type(kind[:-1]), {"type": "null"}]}
    if "|" in kind:
        return {"anyOf": [_type(one) for one in kind.split("|")]}
    if kind.endswith("[]"):
        return {"type": "array", "items": _type(kind[:-2])}
    if kind.endswith("{}"):
        return {"type": "object", "additionalProperties": _type(kind[:-2])}
    return TYPES.get(kind, {"$ref": f"#/$defs/{kind}"})
