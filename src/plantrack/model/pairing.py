"""Which area or activity of one state of a plan is the same as one of another: codes may be used anew."""

from collections.abc import Mapping

from plantrack.model.plan import Plan, Text
from plantrack.model.plan_diff import renames
from plantrack.model.text import fold


def titles(plan: Plan) -> dict[str, Text]:
    """Return the titles of areas and activities by their codes, in order."""
    found = {}
    for area in plan.areas:
        found[area.code] = area.title
        found.update((activity.code, activity.title) for activity in area.activities)
    return found


def pairs(old: Plan, new: Plan, said: Mapping[str, str]) -> dict[str, str]:
    """Return the code in `new` of what is the same there: as was said, as `new` moves it, else by code and title."""
    before, after = titles(old), titles(new)
    same = {code: code for code in before if code in after and alike(before[code], after[code])}
    moved = {code: end for code, end in renames(old, new).items() if end in after}
    return {**same, **moved, **said}


def namesakes(old: Plan, new: Plan) -> dict[str, str]:
    """Return the new code that came with the title of a code of `old` which `new` neither has nor explains."""
    before, after = titles(old), titles(new)
    explained = {*after, *new.moved, *(retired.code for retired in new.retired)}
    came = {code: title for code, title in after.items() if code not in before}
    found = {code: namesake(code, title, came) for code, title in before.items() if code not in explained}
    return {code: other for code, other in found.items() if other}


def namesake(code: str, title: Text, among: Mapping[str, Text]) -> str | None:
    """Return the code of the same kind that has a title, where it is only one."""
    found = [c for c, own in among.items() if ("." in c) == ("." in code) and alike(title, own)]
    return found[0] if len(found) == 1 else None


def moved_line(renamed: Mapping[str, str]) -> str:
    """Write new codes as a plan file takes them."""
    return "moved: {" + ", ".join(f'"{old}": "{new}"' for old, new in renamed.items()) + "}"


def alike(one: Text, other: Text) -> bool:
    """Return whether two titles are one, tones and case apart."""
    return fold(one.vi) == fold(other.vi)
