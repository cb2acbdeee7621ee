"""A workspace that holds every text that may be kept, wherever a text may stand, put there by one import."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from plantrack.cli.app import main
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.importing.read_table import ImportRequest
from plantrack.services.verbs.exchange.import_table import import_table, read_rows
from plantrack.services.verbs.init import init
from plantrack.store.sqlite.connection import connect
from tests.hostile.texts import TEXTS, as_line, as_text

NOW: Final = datetime(2024, 7, 18, 2, tzinfo=UTC)
#: One text of so many is looked at everywhere; all are with `PLANTRACK_HOSTILE=all`.
SAMPLE: Final = 1 if os.environ.get("PLANTRACK_HOSTILE") == "all" else 7
#: Names and tags are shorter than other texts.
_LONGEST_NAME: Final = 60
#: What a cell of a table says nothing by, or what names an organisation: other doors take these.
_NOT_IN_CELLS: Final = re.compile(
    r"(?i)[-–—+•.…/]*|n/a|x|không( có)?|khong( co)?|none|nil|no|chưa rõ|(uỷ|ủy) ban dân tộc|ubdt|hlhpn|bdttg"
)
#: Of a person's name all apostrophes are one.
APOSTROPHES: Final = str.maketrans(dict.fromkeys("‘ʼ'`´", "’"))
#: A soft hyphen alone is a letter of an old encoding in a file.
_OLD_LETTERS: Final = "\u00ad"


class KeptTexts(NamedTuple):
    """What a task of the workspace holds: a line, a text of several, a name; with which text they began."""

    number: int
    line: str
    text: str
    name: str

    @property
    def is_sample(self) -> bool:
        """Return whether it stands for others where all would take too long; its task is urgent."""
        return self.number % SAMPLE == 0


def kept_texts() -> list[KeptTexts]:
    """Return what each task holds, each line once."""
    lines = dict.fromkeys(line for own in TEXTS if (line := as_line(own.text)))
    texts = {as_line(own.text): as_text(own.text) for own in TEXTS}
    whole = [text for own in TEXTS if as_line(own.text) is None and (text := as_text(own.text)) is not None]
    found, known = list[KeptTexts](), set[str]()
    for line in lines:
        if _OLD_LETTERS in line or _NOT_IN_CELLS.fullmatch(line):
            continue
        name = re.sub("[,;]", "‚", line).translate(APOSTROPHES)[:_LONGEST_NAME].strip(" -–+•") or "Ví dụ"
        # People whose names differ in letter case only are one.
        name = f"Ví dụ {len(found)}" if name.casefold() in known else name
        known.add(name.casefold())
        found.append(KeptTexts(len(found) + 1, line, texts[line] or line, name))
    # Texts of several lines stand in tasks that have a line each already.
    return [
        own._replace(text=whole[at]) if at < len(whole) and _OLD_LETTERS not in whole[at] else own
        for at, own in enumerate(found)
    ]


def build(folder: Path) -> list[KeptTexts]:
    """Make the workspace."""
    init(folder, None, "Người thử", lambda: datetime(2024, 3, 25, 2, tzinfo=UTC))
    kept = kept_texts()
    file = folder / "texts.jsonl"
    file.write_text("".join(json.dumps(_row(own), ensure_ascii=False) + "\n" for own in kept), "utf-8")
    db = connect(folder / "plantrack.db")
    try:
        context = open_context(db, ContextRequest(author="Người thử"), lambda: NOW)
        reading = read_rows(context, ImportRequest(file, kind="tasks", new_person=True))
        assert not reading.problems, [(p.row, p.field, p.failure) for p in reading.problems]
        import_table(context, reading)
    finally:
        db.close()
    return kept


def _row(own: KeptTexts) -> dict[str, str]:
    due = f"2024-07-{1 + own.number % 28:02}"
    said = dict.fromkeys(("result", "next", "blocked", "proposal", "note"), own.text)
    names = dict.fromkeys(("in_charge", "place", "tag"), own.name)
    others = dict.fromkeys(("title", "deliverable", "evidence", "told_by"), own.line)
    priority = "high" if own.is_sample else "normal"
    place = {"area": "ND3", "due": due, "priority": priority}
    return {"type": "task", "key": f"k{own.number}", **place, **others, **said, **names}


def made(folder: Path, form: str, *args: str, lang: str = "vi") -> bytes:
    """Return what a command writes into a file."""
    file = folder / f"out.{form}"
    code = main(["-C", str(folder), "--quiet", "--lang", lang, *args, "--output", str(file)], lambda: NOW)
    assert code == 0, (args, form)
    return file.read_bytes()
