"""The document that gave a task, as people write of it: `số 123/UBDT-TH ngày 5/6/2024 của … về việc …`, in either language."""

import re
from collections.abc import Callable

from plantrack.errors import Failure
from plantrack.model.plan import CitedDocument, Text
from plantrack.model.text import clean_line
from plantrack.model.typed.days import is_none

#: A day as it stands in a sentence.
_DATE = (
    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    "|[0-9]{1,2} ?[/.-] ?[0-9]{1,2}(?: ?[/.-] ?[0-9]{2,4})?"
    "|[0-9]{1,2} (?:tháng|thang) [0-9]{1,2}(?: (?:năm|nam) [0-9]{4})?"
    "|[0-9]{1,2} [a-z]{3,9}[.]? [0-9]{4}"
)


def _marker(words: str, after: str = r"(?![^\W_])[:. ]*") -> re.Pattern[str]:
    """Return what finds words that stand by themselves, in any case."""
    return re.compile(rf"(?<![^\W_])(?:{words}){after}", re.IGNORECASE)


_DAY = _marker(
    "(?:ban hành |ban hanh )?(?:ngày|ngay)|dated|date|of|on", rf"[: ]*(?P<day>{_DATE})(?![/.-]?\w)"
)
#: Without a word before it, but behind a comma or in brackets.
_BARE_DAY = re.compile(rf"[,(] ?(?P<day>{_DATE})(?![/.-]?\w)", re.IGNORECASE)
_ISSUER = _marker("của|cua|issued by|by|from")
#: What can only begin a subject; and what also stands in names of organisations (“Ban Chỉ đạo về …”).
_SUBJECT = _marker("về việc|ve viec|v/v|re(?=:)|regarding|concerning")
_PERHAPS_SUBJECT = _marker("về|about")
#: What a document does to what it is about, once its day or its issuer was named: the subject begins with it.
_DOES = (
    "phê duyệt|phe duyet|ban hành|ban hanh|quy định|quy dinh|hướng dẫn|huong dan|triển khai|trien khai"
    "|thực hiện|thuc hien|sửa đổi|sua doi|bổ sung|bo sung|điều chỉnh|dieu chinh|thành lập|thanh lap"
    "|kiện toàn|kien toan|công bố|cong bo|phân công|phan cong|tăng cường|tang cuong|đôn đốc|don doc"
    "|đề nghị|de nghi|yêu cầu|yeu cau|(?:giao|phân bổ|phan bo) (?=nhiệm|nhiem|chỉ|chi|dự|du|kế|ke|vốn|von|kinh)"
    "|approving|promulgating|providing for|guiding|amending|establishing|assigning|requesting"
)
#: Not in the name of an organisation (“Ban Chỉ đạo thực hiện …”), nor where nothing follows but a day.
_SUBJECT_VERB = _marker(
    f"(?<!chỉ đạo )(?<!chi dao )(?<!công tác )(?<!cong tac )(?:{_DOES})",
    r"(?! *(?:$|ngày|ngay|dated|[,;:(]))",
)
_NUMBER = re.compile("^(?:(?:số|so|no|nr|number)(?:[.:] *| +)|[#№ ,;:(])+", re.IGNORECASE)
_AROUND = " ,;:"


def parse_document(typed: str, read_day: Callable[[str], str]) -> CitedDocument:
    """Read a document by its number, day, issuer and subject; a number or a day must be among them.

    What stands before them all is the number, with the kind of document where that was written (“Quyết định số 5”).
    `none`, or nothing: no document.

    Raises: document-unread; those of `read_day`, `clean_line`.
    """
    if not typed.strip() or is_none(typed):
        return CitedDocument()
    line = clean_line(typed, what="document")
    head, subject = _before_subject(line)
    found = _day_and_issuer(head)
    ends = [*(match.start() for match in found[1:]), len(head)]
    number = head[: found[0].start()] if found else head
    day, issuer = None, ""
    for match, end in zip(found, ends, strict=True) if found else ():
        behind = head[match.end() : end].strip(_AROUND)
        if match.re is _ISSUER:
            issuer = behind
            continue
        if behind.strip(".)"):
            raise Failure("document-unread", text=line)
        day = read_day(match["day"])
    number = _NUMBER.sub("", number.strip(_AROUND + "("), count=1)
    if day is None and not re.search("[0-9]", number):
        raise Failure("document-unread", text=line)
    title = Text(subject) if subject else None
    return CitedDocument(title, number=number or None, date=day, issuer=issuer or None)


def _day_and_issuer(line: str) -> list[re.Match[str]]:
    """Return where the day and the issuer of a document begin, as far as they are there, in their order."""
    found = [match for match in (_DAY.search(line) or _BARE_DAY.search(line), _ISSUER.search(line)) if match]
    return sorted(found, key=re.Match.start)


def _before_subject(line: str) -> tuple[str, str]:
    """Return what stands before the subject of a document, which goes on to the end, and the subject."""
    for find in (_SUBJECT.search, _perhaps_subject):
        if match := find(line):
            begin = match.start() if match.re is _SUBJECT_VERB else match.end()
            if subject := line[begin:].strip(_AROUND):
                return line[: match.start()], subject
            line = line[: match.start()]
    return line, ""


def _perhaps_subject(line: str) -> re.Match[str] | None:
    """Return the first word that may begin the subject: what only may, or a verb behind the day or the issuer."""
    known = _day_and_issuer(line)
    verb = _SUBJECT_VERB.search(line, known[0].end()) if known else None
    found = [match for match in (_PERHAPS_SUBJECT.search(line), verb) if match]
    return min(found, key=re.Match.start, default=None)
