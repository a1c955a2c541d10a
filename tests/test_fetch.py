"""What is fetched from the network: pages of the public internet, and nothing of anybody's own network.

Names here have public addresses; the connection to such an address is led to a server of this test.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from test_cli import run

from accordingto import intake
from accordingto.errors import InputError
from accordingto.fetch import Fetcher, public
from accordingto.ledger import Ledger

PAGE = b"""<!doctype html><html><head><title>Slide in Halvena</title></head><body><article>
<p>At least 12 people were killed in Halvena on Monday, the fire service said.</p>
<p>Rescue goes on.</p></article></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """Sites of this test: what they answer, where connections led, what was asked."""

    answers: dict[str, Answer]
    port: int = 0
    led: list[str] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=lambda: {"news.example": ["8.8.8.8"]})

    def look_up(self, host: str, port: int) -> list[str]:
        return self.names[host]

    def fetcher(self, **settings: Any) -> Fetcher:
        return Fetcher(**{"look_up": self.look_up, "network": Led(self), **settings})


class Led(httpcore2.SyncBackend):
    """Notes where a connection is to lead, and leads it to the test's server."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any) -> httpcore2.NetworkStream:
        self.site.led.append(f"{host} {port}")
        return super().connect_tcp("127.0.0.1", self.site.port, timeout)


@contextmanager
def served(answers: dict[str, Answer] | Callable[[Any], None]) -> Iterator[Site]:
    site = Site(answers if isinstance(answers, dict) else {})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            if not isinstance(answers, dict):
                answers(self)
                return
            status, headers, body = site.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Who is fetching may hang up."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield site
        server.shutdown()


def test_a_page_comes_with_its_bytes_and_the_address_it_has_in_the_end() -> None:
    moved = (301, {"Location": "/slide?part=1#top"}, b"")
    with served({"/old": moved, "/slide?part=1": (200, HTML, PAGE)}) as site:
        page = site.fetcher()("http://news.example/old")
    assert (page.address, page.kind, page.data) == ("http://news.example/slide?part=1", "text/html", PAGE)
    assert site.led == ["8.8.8.8 80"] * 2 and site.asked[0][1]["Host"] == "news.example"


def test_a_fetched_report_is_archived_with_where_and_when_it_was_fetched(tmp_path: Path) -> None:
    with served({"/slide": (200, HTML, PAGE)}) as site, Ledger(tmp_path / "l.accordingto") as ledger:
        summary = ledger.read(intake.received(["http://news.example/slide"], site.fetcher()), processes=1)
        (report,) = ledger.reports()
        assert summary.added == 1 and ledger.archived(report.id) == PAGE
    assert (report.url, report.publisher, report.title) == (
        "http://news.example/slide", "news.example", "Slide in Halvena",
    )  # fmt: skip
    assert report.fetched and "12 people" in report.text


def test_a_page_cannot_say_that_it_is_of_another_site(tmp_path: Path) -> None:
    claimed = PAGE.replace(b"<title>", b'<link rel="canonical" href="https://agency.example/slide"><title>')
    with served({"/slide": (200, HTML, claimed)}) as site:
        (item,) = intake.received(["http://news.example/slide"], site.fetcher())
    assert isinstance(item, intake.Received) and item.report.url == "http://news.example/slide"


RUSSIAN = "В Курске погибли 12 человек и 40 ранены, сообщила пожарная служба в понедельник."


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1251", "text/html; charset=windows-1251"),
        ("koi8-r", 'text/html;charset="KOI8-R"; x=y'),
        ("utf-16-le", "text/html; charset=utf-16le"),
        ("utf-8", "text/html; charset=windows-1251"),
        ("cp1251", "text/plain; charset=cp1251"),
    ],
)
def test_a_page_is_read_in_the_encoding_its_site_tells(encoding: str, said: str) -> None:
    page = f"<html><head><meta charset=koi8-u></head><body><article><p>{RUSSIAN}</p></article></body></html>"
    data = (RUSSIAN if "plain" in said else page).encode(encoding)
    with served({"/": (200, {"Content-Type": said}, data)}) as site:
        (item,) = intake.received(["http://news.example/"], site.fetcher())
    assert isinstance(item, intake.Received) and item.archived == data, item
    assert RUSSIAN in item.report.text and item.report.sha256 == hashlib.sha256(data).hexdigest()
    assert item.report.doubts == ("no-date",)


@pytest.mark.parametrize("said", ["made-up", "unicode_escape", "utf-7", "zlib", "", "x" * 1000, "utf-16", "\xff"])
def test_an_encoding_that_is_none_changes_nothing(said: str) -> None:
    quoted = PAGE.replace(b"12 people", "“12” people – café".encode("cp1252"))
    with served({"/": (200, {"Content-Type": f"text/html; charset={said}"}, quoted)}) as site:
        (item,) = intake.received(["http://news.example/"], site.fetcher())
    assert isinstance(item, intake.Received) and item.archived == quoted, item
    assert "people" in item.report.text


def test_what_a_site_calls_latin_1_is_what_the_web_means_by_it() -> None:
    quoted = PAGE.replace(b"12 people", "“12” people".encode("cp1252"))
    with served({"/": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, quoted)}) as site:
        (item,) = intake.received(["http://news.example/"], site.fetcher())
    assert isinstance(item, intake.Received) and "“12” people" in item.report.text


# what is on nobody's own network


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.9.9",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
        ),
        *("192.0.0.192", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
        *("100.100.100.200", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"),
        *("fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2002:7f00:1::", "2001::1"),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b:1::7f00:1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "100::1",
            "8.8.8.8.",
            "localhost",
        ),
    ],
)
def test_what_is_not_on_the_public_internet_is_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "193.0.14.129", "2606:4700:4700::1111", "2a00:1450::1"])
def test_what_is_on_it_is(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.01", "0", "localhost"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "169.254.169.254", "[fe80::1]"),
        *("１２７.0.0.1", "127。0。0。1", "localhost.", "LOCALHOST", "%31%32%37.0.0.1"),
    ],
)
def test_this_machine_is_fetched_from_under_no_spelling_of_its_address(host: str) -> None:
    with served({"/": (200, HTML, PAGE)}) as site, pytest.raises(InputError):
        Fetcher(network=Led(site))(f"http://{host}/")
    assert site.led == [] and site.asked == []


@pytest.mark.parametrize("among", [["8.8.8.8", "127.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"], []])
def test_a_name_with_one_address_of_a_network_of_ones_own_is_refused_whole(among: list[str]) -> None:
    with served({"/": (200, HTML, PAGE)}) as site:
        site.names["both.example"] = among
        with pytest.raises(InputError, match="not on the public internet"):
            site.fetcher()("http://both.example/")
    assert site.led == []


def test_a_name_that_means_something_else_when_asked_again_is_not_asked_again() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    with served({"/": (200, HTML, PAGE)}) as site:
        site.fetcher(look_up=lambda host, port: next(answers))("http://rebound.example/")
        assert site.led == ["8.8.8.8 80"] and next(answers) == ["127.0.0.1"]


def test_a_name_that_changes_between_two_steps_is_caught_at_the_second() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    pages = {"/": (302, {"Location": "/inside"}, b""), "/inside": (200, HTML, b"secret")}
    with served(pages) as site, pytest.raises(InputError, match="not on the public internet"):
        site.fetcher(look_up=lambda host, port: next(answers))("http://rebound.example/")
    assert [path for path, _ in site.asked] == ["/"]


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://127.0.0.1/secret", "not on the public internet"),
        ("//[::1]/secret", "not on the public internet"),
        ("http://2130706433/secret", "not on the public internet"),
        ("http://inside.example/secret", "not on the public internet"),
        ("http://news.example:6379/", "port 6379 is not fetched from"),
        ("file:///etc/passwd", "no address of a page"),
        ("gopher://news.example/", "no address of a page"),
        ("http://user:word@news.example/", "name or password"),
        ("http://[::1", "is no address"),
        ("/", "leads on more than 5 times"),
    ],
)
def test_what_a_page_leads_on_to_is_checked_like_the_first_address(to: str, says: str) -> None:
    with served({"/": (302, {"Location": to}, b"")}) as site:
        site.names |= {"127.0.0.1": ["127.0.0.1"], "::1": ["::1"], "2130706433": ["127.0.0.1"]}
        site.names["inside.example"] = ["192.168.0.7"]
        with pytest.raises(InputError, match=says):
            site.fetcher()("http://news.example/")
    assert set(site.led) == {"8.8.8.8 80"}


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://news.example/a", "no address of a page"),
        ("file:///etc/passwd", "no address of a page"),
        ("javascript://news.example/", "no address of a page"),
        ("https://ada:word@news.example/", "name or password"),
        ("http://news.example:22/", "port 22 is not fetched from, only 80 and 443"),
        ("http://", "no address of a page"),
        ("http:///etc/passwd", "no address of a page"),
        ("http://news.example:99999/", "port 99999 is not fetched from"),
        ("http://[::1/", "is no address"),
    ],
)
def test_an_address_that_may_not_be_fetched_says_why(address: str, says: str) -> None:
    with served({}) as site, pytest.raises(InputError, match=says):
        site.fetcher()(address)
    assert site.led == []


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with served({"/": (200, HTML, PAGE)}) as site:
        assert site.fetcher()("http://news.example/").data == PAGE


# so much, so long, and only what can be read


def test_a_page_that_is_packed_is_unpacked() -> None:
    packed = gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])
    with served({"/": (200, {**HTML, "Content-Encoding": "gzip"}, packed)}) as site:
        assert site.fetcher()("http://news.example/").data == PAGE


@pytest.mark.parametrize(
    ("body", "packed", "says"),
    [
        (b"x" * 20_001, "", "more than 0.02 MB"),
        (gzip.compress(bytes(50_000_000)), "gzip", "more than 0.02 MB"),
        (gzip.compress(b"") * 2_000, "gzip", "more than 0.02 MB"),
        (gzip.compress(PAGE)[:-9], "gzip", "broke off"),
        (PAGE, "gzip", "says that it is packed"),
        (zlib.compress(PAGE), "br", "packed as 'br'"),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", "packed as 'gzip, gzip'"),
    ],
)
def test_too_much_and_what_cannot_be_unpacked_says_so(body: bytes, packed: str, says: str) -> None:
    with (
        served({"/": (200, {**HTML, "Content-Encoding": packed}, body)}) as site,
        pytest.raises(InputError, match=says),
    ):
        site.fetcher(most=20_000)("http://news.example/")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", ""])
def test_what_intake_does_not_read_is_not_fetched(kind: str) -> None:
    with served({"/": (200, {"Content-Type": kind}, b"...")}) as site, pytest.raises(InputError, match="not a page"):
        site.fetcher()("http://news.example/")


def test_a_site_that_answers_otherwise_says_so() -> None:
    with served({"/": (404, HTML, b"no")}) as site, pytest.raises(InputError, match="answered 404"):
        site.fetcher()("http://news.example/")


def test_a_site_that_sends_drop_by_drop_is_left() -> None:
    def drip(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    with served(drip) as site, pytest.raises(InputError, match=r"longer than 0\.3 seconds"):
        site.fetcher(seconds=0.3)("http://news.example/")


def test_a_name_that_is_looked_up_for_ever_is_left() -> None:
    done = threading.Event()

    def slowly(host: str, port: int) -> list[str]:
        done.wait(30)
        return ["8.8.8.8"]

    with served({"/": (200, HTML, PAGE)}) as site, pytest.raises(InputError, match=r"longer than 0\.3 seconds"):
        site.fetcher(seconds=0.3, look_up=slowly)("http://news.example/")
    done.set()
    assert site.led == []


def test_an_answer_that_breaks_off_is_no_page() -> None:
    def broken(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\nAt least")

    with served(broken) as site, pytest.raises(InputError, match="broke off"):
        site.fetcher()("http://news.example/")


def test_a_site_that_nobody_answers_at_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        site = Site({}, taken.getsockname()[1])
        with pytest.raises(InputError, match="could not be reached"):
            site.fetcher()("http://news.example/")


# through the shell


def test_read_goes_to_the_network_only_when_told_to_and_never_to_this_machine(tmp_path: Path) -> None:
    with served({"/": (200, HTML, PAGE)}) as site:
        address = f"http://127.0.0.1:{site.port}/"
        plain, told = (run("read", address, *more, ledger=tmp_path / "l.accordingto") for more in ((), ("--fetch",)))
        assert "only with --fetch" in plain.stderr and "is not fetched from" in told.stderr
        assert run("read", "http://127.0.0.1/", "--fetch", ledger=tmp_path / "l.accordingto").returncode == 2
        assert site.asked == [] and (plain.returncode, told.returncode) == (2, 2)
