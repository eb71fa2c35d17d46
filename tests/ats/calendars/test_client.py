"""Reading an address that a stranger may have chosen: what is reached, and everything that is not."""

import gzip
import ipaddress
import socket
import time
from functools import partial

import pytest

from ats.calendars.actions import download
from ats.calendars.actions.download import Refused, fetch
from ats.kernel.open_internet import is_public
from tests.ats.calendars.servers import says, serving
from tests.certificates import server_context

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NOT_OPEN = "This address is not on the open internet; for safety it is not read."
NOT_A_FORM = "It could not be reached, or its answer made no sense."
TOO_LARGE = "It is larger than 5 MB, far more than a calendar needs."


@pytest.fixture
def allowed(settings):
    settings.CALENDAR_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})


def refusal(url, **options):
    with pytest.raises(Refused) as raised:
        fetch(url, **options)
    return raised.value.words, raised.value.final


def resolver(*rounds):
    """A name service that answers each time with the next of these."""
    asked = []

    def resolve(host, port, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in rounds[len(asked) - 1]]

    resolve.asked = asked
    return resolve


def test_a_calendar_is_read_with_its_tag_and_without_anything_of_ours(allowed, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(says(BODY, ETag='"v1"', Set_Cookie="a=b")) as server:
        found = fetch(f"{server.url}?key=a b%20c".replace(" ", "+"))
        assert (found.content, found.etag, found.unchanged) == (BODY, '"v1"', False)
        fetch(server.url, etag='"v1"')
    first, second = (each.split("\r\n") for each in server.requests)
    assert first[0] == "GET /calendar.ics?key=a+b%20c HTTP/1.1"
    assert sorted(line.partition(":")[0] for line in first[1:] if line) == [
        "Accept",
        "Accept-Encoding",
        "Connection",
        "Host",
        "User-Agent",
    ]
    assert 'If-None-Match: "v1"' in second
    with serving(says(b"", status="304 Not Modified")) as server:
        assert fetch(server.url, etag='"v1"') == download.Fetched(b"", '"v1"', unchanged=True)
    with serving(says(gzip.compress(BODY), Content_Encoding="gzip")) as server:
        assert fetch(server.url).content == BODY


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "localhost",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_way_leads_inside(host, scheme):
    assert refusal(f"{scheme}://{host}/calendar.ics") == (NOT_OPEN, True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("192.88.99.1", False),
        ("240.0.0.1", False),
        ("::", False),
        ("::7f00:1", False),
        ("2001:db8::1", False),
    ],
)
def test_what_the_open_internet_is(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


def test_a_name_is_looked_up_once_and_all_of_it_must_be_open(allowed):
    with serving(says(BODY)) as server:
        url = f"http://calendar.example:{server.port}/"
        rebinding = resolver(["127.0.0.1"], ["10.0.0.1"])
        assert fetch(url, resolve=rebinding).content == BODY
        assert rebinding.asked == ["calendar.example"]
        assert f"Host: calendar.example:{server.port}" in server.requests[0]
        assert refusal(url, resolve=resolver(["127.0.0.1", "10.0.0.1"])) == (NOT_OPEN, True)
        assert refusal(url, resolve=resolver([])) == ("There is no such name.", False)
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.com/a", "The address must begin with https://."),
        ("file:///etc/passwd", "The address must begin with https://."),
        ("gopher://example.com", "The address must begin with https://."),
        ("https://", "The address must begin with https://."),
        ("https://me:secret@example.com/", "An address with a name and password in it cannot be read."),
        ("http://example.com:22/", "Calendars are not read at this port."),
        ("http://example.com:99999/", "This is not a web address."),
        ("http://example.com/a b", "This is not a web address."),
        ("http://exam\x00ple.com/", "This is not a web address."),
        ("http://[::1/", "This is not a web address."),
    ],
)
def test_what_is_no_address(url, words):
    assert refusal(url) == (words, True)


@pytest.mark.parametrize(
    ("answer", "words", "final"),
    [
        (
            says(b"", status="302 Found", Location="http://169.254.169.254/latest/meta-data/"),
            "The address only points on to another one. Please give that one.",
            True,
        ),
        (says(b"", status="404 Not Found"), "There is no calendar at this address any more (404).", False),
        (
            says(b"", status="401 No"),
            "It asks for a sign-in (401): give the secret address of the calendar.",
            False,
        ),
        (says(b"", status="500 No"), "Its server answered with an error (500).", False),
        (
            says(b"", status="304 Not Modified"),
            "The address only points on to another one. Please give that one.",
            True,
        ),
        (says(b"x" * (download.MOST_BYTES + 1)), TOO_LARGE, False),
        (says(gzip.compress(bytes(30 * 1024 * 1024)), Content_Encoding="gzip"), TOO_LARGE, False),
        (says(b"nonsense", Content_Encoding="gzip"), NOT_A_FORM, False),
        (says(BODY, Content_Encoding="br"), "It answers in a form that we do not read.", False),
        (lambda connection, request: connection.sendall(b"SSH-2.0-OpenSSH\r\n"), NOT_A_FORM, False),
        (lambda connection, request: None, NOT_A_FORM, False),
    ],
    ids=[
        "redirect",
        "404",
        "401",
        "500",
        "304 unasked",
        "huge",
        "bomb",
        "no gzip",
        "brotli",
        "ssh",
        "silence",
    ],
)
def test_answers_that_are_refused(allowed, answer, words, final):
    with serving(answer) as server:
        assert refusal(server.url) == (words, final)
        assert len(server.requests) == 1


@pytest.fixture
def certified(tmp_path):
    return partial(server_context, tmp_path)


@pytest.mark.parametrize(
    ("name", "until", "trusted", "is_read"),
    [
        ("calendar.example", 2090, True, True),
        ("calendar.example", 2090, False, False),
        ("calendar.example", 2021, True, False),
        ("other.example", 2090, True, False),
    ],
    ids=["good", "unknown", "run out", "of another name"],
)
def test_a_certificate_is_held_to_the_name_that_was_given(
    allowed, certified, monkeypatch, name, until, trusted, is_read
):
    context, chain = certified(name, until=until)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", chain)
    with serving(says(BODY), tls=context) as server:
        url = f"https://calendar.example:{server.port}/"
        if is_read:
            assert fetch(url, resolve=resolver(["127.0.0.1"])).content == BODY
            assert "Host: calendar.example" in server.requests[0]
        else:
            words = "Its certificate does not hold, so we cannot know who answers there."
            assert refusal(url, resolve=resolver(["127.0.0.1"])) == (words, False)
            assert server.requests == []


def drip(*, head):
    def answer(connection, request):
        if not head:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            connection.sendall(b"X")
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize("head", [True, False])
def test_who_drips_is_cut_off_when_the_time_for_the_whole_is_over(allowed, monkeypatch, head):
    monkeypatch.setattr(download, "SECONDS", 0.3)
    with serving(drip(head=head)) as server:
        begun = time.monotonic()
        assert refusal(server.url) == ("It did not answer in time.", False)
        assert time.monotonic() - begun < 2


def test_a_name_service_that_hangs_is_cut_off_too(monkeypatch):
    monkeypatch.setattr(download, "SECONDS", 0.2)

    def hangs(host, port, **options):
        time.sleep(1)
        return []

    assert refusal("https://calendar.example/", resolve=hangs) == ("It did not answer in time.", False)
