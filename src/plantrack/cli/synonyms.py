"""Words that people type for a command though they are not its name, and the command that each leads to."""

from collections.abc import Sequence

from plantrack.cli.commands import COMMANDS, in_vietnamese, members, names_under
from plantrack.model.text import match_key, nearest
from plantrack.model.typed.vietnamese_names import name_meant

#: By command, without tones; a command's own names, in either language, are none of them.
_WORDS = {
    "init": "setup, tao moi, thiet lap",
    "demo": "example, try, thu",
    "plan check": "validate, lint, verify, kiem tra, ra soat",
    "plan show": "outline",
    "plan apply": "load, deploy, ap dung, nap, nap ke hoach",
    "plan carry-over": "carry, rollover, chuyen tiep, chuyen sang nam sau",
    "add": "new, create, task, insert, them moi, tao, them nhiem vu, giao viec",
    "list": "search, find, ls, tasks, overdue, tim, tim kiem, loc, liet ke, nhiem vu, qua han",
    "show": "view, open, details, info, cat, get, chi tiet",
    "edit": "change, modify, correct, fix, rename, set, sua doi, chinh sua, dinh chinh",
    "extend": "postpone, delay, prolong, reschedule, lui han",
    "assign": "give, allocate, delegate, phan cong, giao nhiem vu",
    "unassign": "unallocate, huy phan cong, thoi phan cong, bo phan cong",
    "update": "comment, note, tell, record, status, percent, ghi chu, ghi nhan, binh luan, nhan xet, "
    "trang thai, ket qua",
    "start": "begin, khoi dong, trien khai",
    "submit": "hand in, send, gui, trinh duyet",
    "done": "close, closed, finish, finished, complete, completed, end, resolve, hoan thanh, hoan tat, "
    "da xong, da hoan thanh, ket thuc",
    "pause": "hold, stop, suspend, tam hoan",
    "resume": "continue, unpause",
    "reopen": "restart",
    "drop": "cancel, abandon, withdraw, rut khoi ke hoach, huy nhiem vu",
    "skip": "miss, bo qua ky nay",
    "part": "checklist, subtask, subtasks, step, dau viec, danh muc viec con",
    "remove": "delete, del, rm, erase, xoa bo, go bo, loai bo",
    "log": "history, journal, audit, lich su",
    "undo": "revert, rollback, back, thu hoi, huy lenh",
    "progress": "stats, statistics, summary, dashboard, overview, thong ke, tong quan",
    "weekly": "week, digest, tong hop, tong hop tuan, bao cao tuan",
    "report": "month, quarter, year, bao cao thang, bao cao quy, bao cao nam",
    "remind": "reminder, reminders, nhac nho, don doc",
    "import": "read in, nhap du lieu, nap du lieu",
    "export": "dump, xuat du lieu",
    "bundle export": "offline, sync out, ghi goi, dong goi",
    "bundle import": "sync, mo goi, nhan goi",
    "form make": "template, excel, bieu, lap bieu, mau bieu",
    "form read": "collect, nhan bieu, doc bieu",
    "filter save": "bookmark, luu bo loc",
    "filter list": "filters, cac bo loc",
    "filter remove": "xoa bo loc, bo bo loc",
    "indicator list": "indicators, target, targets, kpi",
    "indicator record": "measure, ghi chi tieu",
    "person list": "people, persons, staff, who, nguoi phu trach, can bo",
    "org list": "orgs, organisation, organisations, organization, agencies, units, co quan",
    "member add": "members, grant, role, access, permission, login, phan quyen, cap quyen, tai khoan",
    "member list": "users, accounts",
    "member remove": "revoke, thu quyen",
    "db init": "create database, server, postgres, postgresql, tao co so du lieu, may chu",
    "db status": "database, co so du lieu",
    "db check": "repair, fsck, sua chua, dung lai",
    "db digest": "hash, checksum, sha256, ma kiem tra",
    "db backup": "backup, save, snapshot, sao luu, sao luu du lieu",
    "db restore": "restore, roll back, recover, khoi phuc, phuc hoi",
    "db copy": "clone, duplicate, sao chep, nhan ban",
    "db upgrade": "migrate, nang cap",
    "cron": "crontab, schedule, timer, lich, hen gio",
    "help": "man, manual, usage, tro giup, giup",
    "help plan-file": "config, configure, settings, options, cau hinh, thiet dat",
}
SYNONYMS = {word: command for command, words in _WORDS.items() for word in words.split(", ")}
_LONGEST = max(len(word.split()) for word in SYNONYMS)


def commands_meant(typed: Sequence[str], group: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the words that were typed for a command, and the commands that they may have meant.

    A name of several words is typed with hyphens: `danh sach` is `danh-sach`. The commands of a group are found by
    their last name too: `apply` is `plan apply`.
    """
    for many in range(_LONGEST, 0, -1):
        words = " ".join(typed[:many])
        if name := name_meant(words, names_under(group)):
            path = f"{group} {name}".strip()
            return words, (path if match_key(words) == match_key(name) else in_vietnamese(path),)
        if not group and (known := SYNONYMS.get(match_key(words))):
            return words, (known,)
    names = _by_last_name(group)
    return typed[0], tuple(dict.fromkeys(names[name] for name in nearest(typed[0], names)))


def _by_last_name(group: str) -> dict[str, str]:
    """Map the last name of each command, in both languages, to the words that lead to it; a name of the program wins."""
    paths = [path for path in COMMANDS if path.startswith(group)]
    if not group:
        paths += members("")
    names = {path.split()[-1]: path for path in paths}
    return {**{in_vietnamese(path).split()[-1]: in_vietnamese(path) for path in paths}, **names}
