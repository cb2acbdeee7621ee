"""Words that people type for a command, and the command that each leads to."""

from collections.abc import Sequence

from plantrack.cli.commands import COMMANDS, members
from plantrack.model.text import match_key, nearest

#: By command, without tones; a command's own name is none of them.
_WORDS = {
    "init": "setup, khoi tao, tao moi, thiet lap",
    "demo": "example, try, vi du, thu",
    "plan check": "validate, lint, verify, kiem tra, ra soat",
    "plan show": "outline, ke hoach",
    "plan apply": "load, deploy, ap dung, nap, nap ke hoach",
    "plan carry-over": "carry, rollover, chuyen tiep, chuyen sang nam sau",
    "add": "new, create, task, insert, them, them moi, tao, them nhiem vu, giao viec",
    "list": "search, find, ls, tasks, overdue, tim, tim kiem, loc, danh sach, liet ke, nhiem vu, qua han",
    "show": "view, open, details, info, cat, get, xem, chi tiet",
    "edit": "change, modify, correct, fix, rename, set, sua, sua doi, chinh sua, dinh chinh",
    "extend": "postpone, delay, prolong, reschedule, gia han, lui han",
    "assign": "give, allocate, delegate, giao, phan cong, giao nhiem vu",
    "unassign": "unallocate, huy phan cong, thoi phan cong, bo phan cong",
    "update": "comment, note, tell, record, status, percent, cap nhat, ghi chu, ghi nhan, binh luan, nhan xet, "
    "trang thai, ket qua",
    "start": "begin, bat dau, khoi dong, trien khai",
    "submit": "hand in, send, trinh, gui, trinh duyet",
    "done": "close, closed, finish, finished, complete, completed, end, resolve, xong, hoan thanh, hoan tat, "
    "da xong, da hoan thanh, ket thuc",
    "pause": "hold, stop, suspend, tam dung, tam hoan",
    "resume": "continue, unpause, tiep tuc",
    "reopen": "restart, mo lai",
    "drop": "cancel, abandon, withdraw, rut, rut khoi ke hoach, huy nhiem vu",
    "remove": "delete, del, rm, erase, xoa, xoa bo, go bo, loai bo",
    "log": "history, journal, audit, lich su, nhat ky",
    "undo": "revert, rollback, back, hoan tac, thu hoi, huy lenh",
    "progress": "stats, statistics, summary, dashboard, overview, tien do, thong ke, tong quan",
    "weekly": "week, digest, tuan, tong hop, tong hop tuan, bao cao tuan",
    "report": "month, quarter, year, bao cao, bao cao thang, bao cao quy, bao cao nam",
    "remind": "reminder, reminders, due, nhac, nhac viec, nhac nho, don doc",
    "indicator list": "indicators, target, targets, kpi, chi tieu",
    "indicator record": "measure, ghi chi tieu",
    "person list": "people, persons, staff, who, nguoi, nguoi phu trach, can bo",
    "org list": "orgs, organisation, organisations, organization, agencies, units, don vi, co quan",
    "filter save": "bookmark, luu bo loc",
    "filter list": "filters, bo loc, cac bo loc",
    "filter remove": "xoa bo loc, bo bo loc",
    "db status": "database, co so du lieu",
    "db check": "repair, fsck, sua chua, dung lai",
    "db upgrade": "migrate, nang cap",
    "cron": "crontab, schedule, timer, lich, dat lich, hen gio",
    "help": "man, manual, usage, huong dan, tro giup, giup",
    "help plan-file": "config, configure, settings, options, cau hinh, thiet dat",
}
SYNONYMS = {word: command for command, words in _WORDS.items() for word in words.split(", ")}
_LONGEST = max(len(word.split()) for word in SYNONYMS)


def commands_meant(typed: Sequence[str], group: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the words that were typed for a command, and the commands that they may have meant.

    The commands of a group are found by their last name too: `apply` is `plan apply`.
    """
    words = typed[:1]
    for many in range(_LONGEST, 0, -1):
        if not group and (known := SYNONYMS.get(match_key(" ".join(typed[:many])))):
            return " ".join(typed[:many]), (known,)
    paths = {path.split()[-1]: path for path in COMMANDS if path.startswith(group)}
    names = paths if group else {**paths, **{name: name for name in members("")}}
    return " ".join(words), tuple(names[name] for name in nearest(words[0], names))
