"""What is typed to try each command that reads."""

from typing import Final

#: Of every sort one: together they read every table, in a few tenths of a second.
READS: Final = (
    ("list", "--all", "--with-notes"),
    ("list", "--all", "--as-of", "2024-06-30"),
    ("list", "tài liệu", "--all"),
    ("show", *map(str, (*range(1, 18), 19, 20, 21)), "--history"),
    ("progress", "--by", "org", "--explain"),
    ("progress", "--by", "person", "--known-at", "2024-07-10"),
    ("weekly", "--week", "2024-W29"),
    ("report", "--period", "2024-07", "--with-notes"),
    ("log",),
    ("plan", "log"),
    ("plan", "show"),
    ("indicator", "list", "--all"),
    ("org", "list"),
    ("person", "list"),
    ("filter", "list"),
    ("form", "status", "--week", "2024-W31"),
    ("export", "--format", "jsonl"),
)
#: Files that commands write, by what they are of.
OUTPUTS: Final = (
    *(("list", "--all", "--format", form) for form in ("json", "csv", "xlsx", "md", "html", "docx", "ics")),
    *(("weekly", "--week", "2024-W29", "--format", form) for form in ("json", "md", "html", "docx", "xlsx")),
    ("report", "--period", "2024-07", "--format", "docx"),
    ("progress", "--format", "html"),
    ("log", "--format", "csv"),
    ("show", "1", "2", "--history", "--format", "md"),
    ("export", "--format", "jsonl"),
    ("remind", "--days", "99", "--format", "md"),
)
