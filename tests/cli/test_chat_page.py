"""The lines of `help chat`: each posts what is piped into it, and shows its token to nobody."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest

from plantrack.cli.help_text import page

TEXT = 'Nhắc việc "khẩn" & 100%\n\n- 1 ND3 Họp\\bàn (quá 8 ngày)\n'
ENVIRONMENT = {
    **{f"{name}_TOKEN": "12:bí-mật" for name in ("ZALO", "TELEGRAM")},
    **{f"{name}_CHAT": "-100" for name in ("ZALO", "TELEGRAM")},
}


class Post(NamedTuple):
    """What was posted."""

    path: str
    kind: str
    body: bytes


class _Posts(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        posts.append(Post(self.path, self.headers["Content-Type"], body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


posts: list[Post] = []


@pytest.fixture
def server() -> Iterator[str]:
    """A server that keeps what is posted to it."""
    posts.clear()
    with HTTPServer(("127.0.0.1", 0), _Posts) as found:
        # It looks this often whether it shall end.
        threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{found.server_port}"
        found.shutdown()


def lines(language: str) -> dict[str, str]:
    """Return what is to be typed for each chat."""
    text = page(language, "chat")
    blocks = re.findall(r"(?m)^## (\w+)\n\n((?:    .*\n)+)", text)
    return {name: block for name, block in blocks if "curl" in block}


def post(typed: str, host: str) -> Post:
    """Type a line, with the text in place of what plantrack prints, and a server of our own."""
    for program in ("bash", "curl", *(["jq"] if "jq" in typed else [])):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not there")
    own = re.sub(r"(api\.telegram\.org|bot-api\.zaloplatforms\.com)", host, typed.replace("https:", "http:"))
    piped = own.partition("|")[2]
    assert "bí-mật" not in typed
    environment = {**ENVIRONMENT, "TEAMS_URL": f"http://{host}/hook", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["bash", "-c", piped], input=TEXT.encode(), env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    (found,) = posts
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("chat", ["Zalo", "Telegram"])
def test_a_bot_is_given_the_text_and_where_it_goes(chat: str, language: str, server: str) -> None:
    posted = post(lines(language)[chat], server)
    assert posted.path.endswith("/sendMessage")
    assert posted.path.startswith("/bot12:")
    assert parse_qs(posted.body.decode()) == {"chat_id": ["-100"], "text": [TEXT]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_teams_is_given_a_card(language: str, server: str) -> None:
    posted = post(lines(language)["Teams"], server)
    assert (posted.path, posted.kind) == ("/hook", "application/json")
    (attached,) = json.loads(posted.body)["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attached["content"]["body"] == [{"type": "TextBlock", "wrap": True, "text": TEXT}]


def test_both_languages_show_the_same_lines() -> None:
    assert lines("vi") == lines("en")
    assert lines("vi").keys() == {"Zalo", "Telegram", "Teams"}
