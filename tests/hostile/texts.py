"""Texts that mean something to something: to a shell, a terminal, a spreadsheet, a page, a mail server, a program.

Each group says what would be seen if one of its texts got through; all name what they would do `pwned`.
"""

import re
import unicodedata
from typing import Final, Literal, NamedTuple

#: What every text that does something calls what it makes, asks for or writes.
MARK: Final = "pwned"
#: What would be seen: a file that a command made; an escape on the terminal; a cell that is calculated; something that
#: runs in a page, or is asked for; marks of a language around the text; rows of a table or of a database that are more,
#: fewer or others; a header or a property that nobody wrote; a file elsewhere; a template that was filled in; letters
#: that are lost; an answer that does not come; words that are read as an option, a filter, a number of a task.
Harm = Literal[
    "file", "escape", "formula", "script", "markup", "row", "header", "property", "path", "template", "letters", "time",
    "value",
]  # fmt: skip


class Hostile(NamedTuple):
    """A text, and what it would do if it got through."""

    group: str
    text: str
    harm: Harm


# fmt: off
_GROUPS: Final[dict[str, tuple[Harm, tuple[str, ...]]]] = {
    "shell": ("file", (
        "$(touch pwned)", "`touch pwned`", "; touch pwned;", "| touch pwned", "|| touch pwned #", "&& touch pwned",
        "& touch pwned &", "'; touch pwned; '", '"; touch pwned; "', "$(touch pwned", "${IFS}touch${IFS}pwned",
        "$((`touch pwned`))", "<(touch pwned)", ">(touch pwned)", "> pwned", ">> pwned", "< /dev/null > pwned",
        "!touch pwned", "!!", "!-1", "^a^touch pwned^", "~root/pwned", "~/pwned", "$HOME/pwned", "%PATH%",
        "%SystemRoot%\\pwned", "$env:USERPROFILE", "`r`nNew-Item pwned", "\\`touch pwned\\`", "\\$(touch pwned)",
        "$'\\x74ouch pwned'", "{touch,pwned}", "a;touch${IFS}pwned", "(touch pwned)", "function f { touch pwned; }; f",
        "'$(touch pwned)'", '"$(touch pwned)"', "$(printf '\\164ouch') pwned", "eval touch pwned", "exec touch pwned",
        "touch pwned \\", "\\", "\\\\", "'", '"', "'\"'\"'", "''", "#pwned", "*", "?", "[a-z]*", "{}", "$PATH", "$0",
        "$*", "$IFS", "%s%d", "%", "%%", "2>&1", "/dev/tcp/127.0.0.1/9",
    )),
    "terminal": ("escape", (
        "\x1b]0;pwned\x07", "\x1b]2;pwned\x1b\\", "\x1b]52;c;cHduZWQ=\x07", "\x1b]8;;http://pwned.invalid\x07đây\x1b]8;;\x07",
        "\x1b]1337;File=name=cHduZWQ=:AAAA\x07", "\x1b]777;notify;pwned;x\x07", "\x1b[2J\x1b[Hpwned", "\x1b[31mpwned\x1b[0m",
        "\x1b[?1049h", "\x1b[6n", "\x1b[c", "\x1b[21t", "\x1b[>c", "\x1b[1;1Hpwned", "\x1b[1A\x1b[2Kpwned", "\x1b[8mpwned",
        "\x1b[9999999999b", "\x1bP+q544e\x1b\\", "\x1bP$q\"p\x1b\\", "\x1b_pwned\x1b\\", "\x1b^pwned\x1b\\", "\x1bXpwned\x1b\\",
        "\x1bc", "\x1b#8", "\x1b(0pwned", "\x1b)0", "\x0epwned\x0f", "\x9b31mpwned", "\x9d0;pwned\x9c", "\x90pwned\x9c",
        "\x84", "\x8d", "\x9f", "a\x08\x08b", "a\rpwned", "a\x7f\x7f", "a\x0bb", "a\x0cb", "\x05", "\x07", "\x00pwned", "pwned\x00",
        "\x1b", "\x1b[", "\x1b]", "\x1b[38;2;1;2;3m", "\\x1b[31mpwned", "\\033]0;pwned\\007", "\\e[31mpwned", "^[[31mpwned",
        "\u241b[31mpwned", "\x18\x1a\x1b[31mpwned",
    )),
    "spreadsheet": ("formula", (
        "=1+1", "=cmd|'/C touch pwned'!A1", "=HYPERLINK(\"http://pwned.invalid\";\"đây\")", "=WEBSERVICE(\"http://pwned.invalid\")",
        "=IMPORTXML(\"http://pwned.invalid\";\"//a\")", "=DDE(\"cmd\";\"/C touch pwned\";\"x\")", "+1+1", "-1+1", "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "\t=1+1", "\r=1+1", " =1+1", "'=1+1", "''=1+1", "=", "+", "-", "@", "=\"pwned\"",
        "=A1", "=1+1;pwned", "=1+1,pwned", "\"=1+1\"", ";=1+1", ",=1+1", "=SUM(1;1)", "+HYPERLINK(\"http://pwned.invalid\")",
        "=cmd|'/C powershell IEX(pwned)'!A0", "#REF!", "#N/A", "#NAME?", "TRUE", "FALSE", "ĐÚNG", "NULL", "=-1", "==1", "=%00", "⁼1+1", "﹦1+1",
        "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe'!''", "{=1+1}", "sep=;", "\ufeff=1+1", "\u200b=1+1", "\u00a0=1+1", "\u22121+1",
    )),
    "page": ("script", (
        "<script>document.title='pwned'</script>", "<img src=x onerror=\"document.title='pwned'\">", "<svg onload=\"document.title='pwned'\">",
        "\"><script>document.title='pwned'</script>", "'><img src=http://pwned.invalid/a.png>", "</title><script>document.title='pwned'</script>",
        "</style><script>document.title='pwned'</script>", "</textarea><script>document.title='pwned'</script>",
        "<iframe src=javascript:document.title='pwned'>", "<a href=\"javascript:document.title='pwned'\">đây</a>", "javascript:document.title='pwned'",
        "<link rel=stylesheet href=http://pwned.invalid/a.css>", "<style>@import 'http://pwned.invalid/a.css'</style>",
        "<base href=http://pwned.invalid/>", "<meta http-equiv=refresh content='0;url=http://pwned.invalid'>",
        "<object data=http://pwned.invalid></object>", "<embed src=http://pwned.invalid>", "<form action=http://pwned.invalid><input autofocus onfocus=alert(1)>",
        "<video src=http://pwned.invalid/a.mp4 autoplay>", "<math><mi xlink:href=\"javascript:alert(1)\">", "<!--<script>", "-->", "<![CDATA[<script>]]>",
        "<!DOCTYPE html>", "<?xml version='1.0'?>", "<?php system('touch pwned') ?>", "&lt;script&gt;", "&amp;amp;", "&#60;script&#62;", "&#x3c;", "&quot;", "&nbsp;",
        "\" onmouseover=\"document.title='pwned'\" x=\"", "' onfocus='document.title=1' autofocus='", "x:expression(document.title='pwned')",
        "background:url(http://pwned.invalid)", "} body { display: none } /*", "*/ * { color: red }", "</script><script>pwned()</script>",
        "<svg><script>document.title='pwned'</script></svg>", "<body onload=pwned()>", "<details open ontoggle=pwned()>", "\u0008<script>",
        "＜script＞document.title='pwned'＜/script＞", "<sCrIpT>document.title='pwned'</ScRiPt>", "<img/src=\"x\"/onerror=pwned()>", "%3Cscript%3E",
    )),
    "markdown": ("markup", (
        "| pwned | b |", "a | b", "a \\| b", "\\", "a \\", "|", "||", "| --- | --- |", "|-|", "[đây](http://pwned.invalid)", "![ảnh](http://pwned.invalid/a.png)",
        "[đây][x]", "[x]: http://pwned.invalid", "<http://pwned.invalid>", "http://pwned.invalid/a_b_c", "www.pwned.invalid", "pwned@pwned.invalid",
        "*đậm*", "**đậm**", "_nghiêng_", "__đậm__", "***cả hai***", "~~bỏ~~", "`mã`", "``mã`", "```", "~~~", "    mã", "# pwned", "## pwned", "pwned\n===",
        "pwned\n---", "---", "***", "___", "- pwned", "* pwned", "+ pwned", "1. pwned", "1) pwned", "> pwned", "> [!WARNING]\n> pwned", "- [x] pwned", "[x] pwned",
        "<b>đậm</b>", "<!-- ẩn -->", "<br>", "<details>", "a  \nb", "a\\\nb", "[^1]", "[^1]: pwned", ":smile:", "@pwned", "#1", "GH-1", "$x$", "$$x$$", "==x==",
        "&copy;", "&#35;", "&", "{.pwned}", "{{< pwned >}}", "[[pwned]]", "a<br/>b", "\\*x\\*", "| a |\n|---|\n| pwned |",
    )),
    "sql": ("row", (
        "'; DROP TABLE task; --", "' OR '1'='1", "\" OR 1=1 --", "1; DELETE FROM task", "') ; UPDATE task SET title = 'pwned' --", "' UNION SELECT 'pwned' --",
        "\\'; DROP TABLE task; --", "%' AND 1=1 --", "100%", "_%_", "a%b_c", ":title", ":o0", ":last", "?", "?1", "@p", "$1", "%s", "%(title)s", "%%",
        "/* pwned */", "-- pwned", "x' || (SELECT 'pwned') || '", "0x70776e6564", "char(112)", "::text", "a::b", "';\\! touch pwned", "\\copy pwned", "$$pwned$$",
        "pwned'::regclass", "NULL", "1e999", "ATTACH DATABASE 'pwned' AS p", "' COLLATE NOCASE --",
    )),
    "search": ("value", (
        "NEAR(a b)", "a NEAR/2 b", "a AND b", "a OR", "NOT a", "\"a\" *", "a*", "^a", "title:a", "{title}: a", "-a", "(a", "a)", "\"", "\"\"\"", "a + b", "col : x", "*",
        "AND", "OR", "a\"b", "a' b", "(a OR b) AND NOT c", "rank : bm25(10)",
    )),
    "yaml": ("row", (
        "a: pwned", "- pwned", "? pwned", "&a pwned", "*a", "!!python/object/apply:os.system ['touch pwned']", "!pwned x", "{a: pwned}", "[pwned]", "| pwned", "> pwned",
        "%YAML 1.1", "---", "...", "# pwned", "a #pwned", "<<: *a", "yes", "no", "on", "off", "null", "~", "012", "0o17", "0x1F", "1_000", "12:30:45", "1e3", ".inf", ".nan",
        "2024-07-18", "'a'", "\"a\"", "\"\\x41\"", "a: b: c", ":", "@pwned", "`pwned`", "=", "{{x}}", "a\n---\nb: pwned", "x:\n  y: pwned", "\\u0041",
    )),
    "json": ("row", (
        "\",\"pwned\":\"x", "\"}", "}{", "\\\"", "\\u0022", "\\u0000", "{\"type\":\"head\"}", "{\"__proto__\":{\"pwned\":1}}", "null", "true", "NaN", "Infinity", "-0", "1E400",
        "[1,2", "\\", "\\ud800", "//pwned", "/*x*/", "</script>", "{\"type\":\"task\",\"title\":\"pwned\"}", "x\n{\"type\":\"task\"}",
    )),
    "mail": ("header", (
        "x\r\nBcc: pwned@pwned.invalid", "x\nBcc: pwned@pwned.invalid", "x\rBcc: pwned@pwned.invalid", "x%0d%0aBcc: pwned@pwned.invalid", "Bcc: pwned@pwned.invalid",
        "Subject: pwned", "x\r\n\r\npwned", "x\r\n.\r\nMAIL FROM:<pwned@pwned.invalid>", "\n.\n", ".", "..", ".pwned", "From pwned", "From: pwned", "x\r\n Bcc: pwned",
        "=?utf-8?q?pwned?=", "=?utf-8?B?cHduZWQ=?=", "=?utf-8?Q?=0d=0aBcc:_pwned=40pwned.invalid?=", "=0D=0ABcc: pwned", "x\u0085Bcc: pwned", "x\u2028Bcc: pwned",
        "Content-Type: text/html", "--boundary", "--=_pwned_0--", "MIME-Version: 1.0", "begin 644 pwned", "cHduZWQ=", "Nguyễn <pwned@pwned.invalid>, b",
        "\"a\" <pwned@pwned.invalid>", "a; pwned@pwned.invalid", "mailto:pwned@pwned.invalid?bcc=b@pwned.invalid", "RCPT TO:<pwned@pwned.invalid>",
    )),
    "calendar": ("property", (
        "x\r\nATTENDEE:mailto:pwned@pwned.invalid", "x\nATTACH:http://pwned.invalid", "x\\nSUMMARY:pwned", "END:VEVENT\r\nBEGIN:VEVENT", "BEGIN:VALARM", "END:VCALENDAR",
        "x;VALUE=URI:http://pwned.invalid", "a,b;c:d", "\\,\\;\\\\", "\\n", "\\N", "x\\", "UID:pwned", "x\r\n folded", "dài " * 60 + "pwned", "ẩ" * 200, "😀" * 40,
        "\\" * 80, ",;" * 60, "^n", "^'", "\"x\"", "RRULE:FREQ=SECONDLY", "DTSTART:20240101",
    )),
    "office": ("letters", (
        "]]>", "<w:p/>", "</w:t></w:r><w:r><w:t>pwned", "&pwned;", "<!ENTITY pwned SYSTEM 'file:///etc/passwd'>", "_x000D_", "_x0041_", "_x005F_", "_x005f_x0041_", "_x_", "x_x0000_",
        "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "{ MERGEFIELD pwned }", "{{ title }}", "{%p for x in y %}", "DDEAUTO c:\\\\cmd \"/c touch pwned\"", "INCLUDETEXT \"pwned\"",
        "\\includegraphics{pwned}", "a\tb", "\t", " hai  dấu cách ", "&#13;", "&#x0;", "\u00ad", "a\u00adb", "=CONCAT(\"pwned\")", "xml:space", "'", "x\x0by", "&lt;w:t&gt;", "%PDF-1.4",
    )),
    "path": ("path", (
        "../pwned", "../../../../tmp/pwned", "..\\..\\pwned", "/tmp/pwned", "/etc/passwd", "C:\\pwned", "\\\\pwned\\share", "//pwned/share", "file:///tmp/pwned", ".", "..", "./pwned",
        "pwned/", "a/b", "a\\b", "con", "NUL", "aux.txt", "COM1", "pwned.", "pwned ", ".pwned", "-pwned", "a:b", "pwned::$DATA", "a\nb", "x" * 300, "%2e%2e%2fpwned", "~", "{period}",
        "{name}", "pwned\u202etxt.exe", "/dev/stdin", "/proc/self/environ",
    )),
    "format": ("template", (
        "{0}", "{}", "{title}", "{label}", "{0.__class__}", "{title.__class__.__mro__}", "{", "}", "{{", "}}", "{{}}", "{{ 7*7 }}", "{{ config }}", "{% raw %}", "{% include 'pwned' %}",
        "{# pwned #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%s", "%d", "%n", "%(a)s", "%1$s", "%x%x%x%n", "%Y-%m-%d", "%H:%M", "%c", "{:>999999999}", "{!r}", "$title", "${title}",
        "\\1", "\\g<0>", "\\0", "$&", "&1", "{ảnh}", "msgid \"\"", "\\N{BULLET}",
    )),
    "console": ("markup", (
        "[red]đỏ[/red]", "[bold]pwned", "[/]", "[/bold]", "[link=http://pwned.invalid]đây[/link]", "[@click=app.bell]x[/]", "[", "]", "[]", "[[red]]", "\\[red]", ":smile:", ":warning:",
        "[blink]x", "[not bold]", "[#ff0000]x[/]", "[on red]x", "[conceal]pwned[/conceal]", "\\[", "[x]",
    )),
    "direction": ("letters", (
        "abc\u202epwned", "\u202dabc\u202c", "\u2066abc\u2069", "\u2067abc", "\u2068abc", "\u202aabc", "\u202babc", "abc\u2069", "\u200eabc", "\u200fabc", "\u061cabc", "שלום עולם", "مرحبا بالعالم",
        "abc שלום 123", "\u202e\u202epwned", "a\u202eb\u202cc", "\u206aabc", "\u206fabc",
    )),
    "unseen": ("letters", (
        "a\u200bb", "a\u200cb", "a\u200db", "a\u2060b", "\ufeffab", "a\u180eb", "a\u034fb", "\u115f", "\u3164", "a\u2061b", "a\u2064b", "a\ufe0fb", "a\U000e0100b", "a\u2800b", "\u00a0\u00a0", "\u3000", "a\u3000b",
        "a\u2003b", "a\u1680b", "\u200b", "\u200b\u200b", "a\ufff9b\ufffac\ufffb", "\ufffc", "\ufffd", "a\U000e0041\U000e0042\U000e007fb", "\U000e0001pwned", "a\U0001d173b",
    )),
    "alike": ("letters", (
        "ро\u0441t", "Рwned", "ΑΒΓ", "Ðại hội", "Ɖảng", "ĸ", "ⅰ", "ﬁle", "①", "𝐩𝐰𝐧𝐞𝐝", "ｐｗｎｅｄ", "１２", "٣", "१२", "ꓑwned", "аdmin", "İi", "ıI", "ß", "ẞ", "ſ", "Å", "Å", "K", "Ω", "′", "‚", "⁄", "∶", "；", "：", "，", "／", "＼", "〈x〉",
    )),
    "piled": ("letters", (
        "e" + "\u0301" * 30, "Z̸̡̛͇͎̲̘͎̍̎̋͜a̷l̴g̶o̵", "\u0301", "\u0323\u0302ê", "a\u0323\u0302", "a\u0302\u0323", "o\u031b\u0323", "\u1ee3\u0323", "Ksơ̆r H’Nhuên", "Y Ƀlô̆ Niê", "x\u20dd", "1\u20e3", "a\u0489",
        "ก็็็็็็็็็็็็", "ﷺ" * 5, "﷽",
    )),
    "decomposed": ("letters", tuple(unicodedata.normalize("NFD", text) for text in (
        "Tổng kết công tác phối hợp", "Ủy ban Dân tộc", "Hội nghị tập huấn ở Đắk Lắk", "Nguyễn Thị Thuỳ", "ĐẶNG VĂN ỨNG", "hóa hoá", "thuở quờ quạng", "ệ", "Ữ", "Ksơ̆r",
    ))),
    "surrogate": ("letters", (
        "\udcff", "a\udce1b", "\udc80\udc81", "\ud800", "\udfff", "\ud83d", "\ude00", "\ud800\udc00", "pwned\udcc3", "\udcef\udcbb\udcbf",
    )),
    "break": ("row", (
        "a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\u2029b", "a\u0085b", "a\x0bb", "a\x0cb", "a\x1cb", "a\x1db", "a\x1eb", "a\x1fb", "\na", "a\n", "\n", "\r\n\r\n", "a\n\n\nb", "a\n  b", "a\n\tb", "a\n;pwned;1", "a\"\n\"pwned",
    )),
    "long": ("time", (
        "x" * 1000, "x" * 1001, "x " * 499 + "x", "dài " * 240, "ệ" * 1000, "😀" * 500, "x" * 20_000, "a\n" * 9_000, "x" * 25_000, "-" * 900, "=" * 900, "<" * 900, "[" * 900, "(" * 900, "\\" * 900, "`" * 900, "*" * 900, "|" * 900,
        "&" * 900, "'" * 900, "#" * 900, "_x0041_" * 130,
    )),
    "patterns": ("time", (
        ".*", "(a+)+$", "a" * 40 + "!", "^(([a-z])+.)+[A-Z]([a-z])+$", "[", "(", "a{1,99999}", "(?:)", "\\d+", "(x+x+)+y", "*" * 40, "?" * 40, "1" * 60 + "x", "1,1,1,1,1,1,1,1,1,1", "0" * 500, "9" * 900, "1.000.000.000.000.000.000.000", "1 " * 200,
        "/" * 200, "Chủ trì: " * 50, "ngày " * 60, "của " * 80,
    )),
    "emoji": ("letters", (
        "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇻🇳", "👍🏽", "❤️", "☺", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🧑‍🚀 họp", "𝕏", "\U0001f600\U0001f601", "民族", "한국", "日本語テキスト", "ဗမာ", "กขค",
    )),
    "numbers": ("value", (
        "1/2", "3-4", "1-2-2024", "18/7/2024", "2024-07-18", "Q2", "quý II", "T9", "12:30", "1,5", "1.5", "1.000", "1e5", "1E5", "007", "+84 912", "0912345678", "12%", "(12)", "-5", "5-", "MARCH1", "SEPT2", "DEC1", "2024", "44927", "1 234", "١٢",
        "½", "II", "IV", "0", "00", "-0", "1_000", "1..2", "5/6", "30/2", "31/12/9999", "0001-01-01", "99999999999999999999",
    )),
    "options": ("value", (
        "--as-of", "--help", "-h", "-x", "--", "---", "-", "--note=pwned", "--db=/tmp/pwned", "-C", "-C/tmp", "--output=pwned", "-rpwned", "--unblocked", "-V", "--lang=xx", "--author=pwned", "-q", "--dry-run", "—help", "–h", "@pwned", "+x", "/?", "--=", "--yes", "-y", "-o pwned",
    )),
    "filters": ("value", (
        "area:ND3", "status:-done", "overdue", "qua-han", "due:..2024-09-30", "tag:pwned", "text:pwned", "@mine", "to:", "org:ubdt", "overdue:no", "area:", "x:y", "blocked", "due-soon", "all", "*:*", "-area:ND3", "\"area:ND3\"", "field:pwned", "tre han", "updated:-7d..",
    )),
    "labels": ("value", (
        "1", "12", "#12", "nv12", "3 5-9", "1,2", "HN-4", "c1", "ND3", "3.1", "ND3.1", "1-99999999", "5-3", "-1", "0", "ND99", "kh-468-2024", "ubdt", "hlhpn", "none", "ongoing", "không", "today", "hôm nay", "Không có", "khong co", "chưa rõ", "mọi", "me",
    )),
    "words": ("value", (
        "hai từ", "từ ", "a  b", "từ\"ngoặc", "từ'nháy", "từ$(touch pwned)", "từ`touch pwned`", "từ\\gạch", "từ;touch pwned", "từ:hai", "từ=hai", "từ,hai", "từ|hai", "từ&hai", "từ<hai", "từ>hai", "từ(hai)", "từ{hai}", "từ[hai]", "từ*", "từ?", "từ!", "từ~", "từ#hai", "từ%s",
        "từ^x", "từ\thai", "từ\nhai",
    )),
}
# fmt: on

#: All of them, each once.
TEXTS: Final = tuple(
    {
        text: Hostile(group, text, harm)
        for group, (harm, texts) in reversed(_GROUPS.items())
        for text in texts[::-1]
    }.values()
)[::-1]
GROUPS: Final = tuple(_GROUPS)


#: What no text may have: what is no letter, what a terminal obeys, what turns the text after it around.
_REFUSED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What is not to be seen, and what stands for a space.
_NOTHING: Final = re.compile("[\u061c\u180e\u200b-\u200f\u2060\ufeff]")
_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
LONGEST_LINE: Final = 1_000
LONGEST_TEXT: Final = 20_000


def as_text(typed: str) -> str | None:
    """Return a text of several lines as it is to be kept; None: it is to be refused."""
    lines = re.split("\r\n|[\r\n\u2028\u2029]", typed)
    if _REFUSED.search("".join(lines)):
        return None
    kept = [unicodedata.normalize("NFC", _SPACE.sub(" ", _NOTHING.sub("", line))).rstrip() for line in lines]
    text = "\n".join(kept).strip()
    return text if 0 < len(text) <= LONGEST_TEXT else None


def as_line(typed: str) -> str | None:
    """Return a text of one line as it is to be kept; None: it is to be refused."""
    if re.search("[\t\n\r\u2028\u2029]", typed) or (text := as_text(typed)) is None:
        return None
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else None
