"""Every message that comes in is a row before its mailbox hears that it was read, and one however often it comes."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from ats.duework import engine
from ats.duework.models import MAX_ATTEMPTS
from ats.mail import arrivals, imap, inbound, mailbox
from ats.mail.incoming import LARGEST, Kind
from ats.mail.models import IncomingContent, IncomingMail
from ats.retention import actions as retention
from ats.settings import urls
from candidates.models import Candidate
from tests import factories as f
from tests.ats.mail.reports import LETTER, dsn
from tests.candidates.helpers import at_once
from tests.factories import NOW
from tests.imap import Mailbox

HEAD = "From: Robin Example <robin@example.com>\r\nMessage-ID: <a1@mail.example>\r\nSubject: Thursday\r\n"
MAIL = (HEAD + "Content-Type: text/plain\r\n\r\nThursday suits me.\r\n").encode()


def rows() -> list[tuple[str, str, str, str]]:
    found = IncomingMail.objects.order_by("id")
    return list(found.values_list("sender", "subject", "kind", "state"))


def box_of(settings: Any, box: Mailbox) -> None:
    settings.INBOUND = urls.inbound(f"imap://accord:secret@127.0.0.1:{box.port}/Hiring%20replies")


@pytest.mark.django_db
def test_a_message_is_a_row_before_the_mailbox_hears_that_it_was_read(settings: Any) -> None:
    kept_when_marked: list[int] = []

    class Watched(Mailbox):
        def answer(self, out: Any, tag: bytes, command: bytes) -> bool:
            if b"STORE" in command:
                kept_when_marked.append(len(self.marks))
            return super().answer(out, tag, command)

    with Watched(MAIL, LETTER.encode(), dsn("<x@y>", to="robin@example.com")) as box:
        box_of(settings, box)
        assert engine.tick(NOW)["inbound"] == 3
        assert box.marks == {1: rb"(\Seen)", 2: rb"(\Seen)", 3: rb"(\Seen)"}
        assert engine.tick(NOW)["inbound"] == 0
        box.password = "another"
        assert (engine.tick(NOW)["inbound"], mailbox.is_resting()) == (0, True)

    assert kept_when_marked == [0, 1, 2]
    assert IncomingMail.objects.count() == 3
    row = IncomingMail.objects.get(message_id="<a1@mail.example>")
    assert (row.sender, row.sender_name, row.subject, row.size, row.is_whole, row.source) == (
        "robin@example.com",
        "Robin Example",
        "Thursday",
        len(MAIL),
        True,
        "mailbox",
    )
    assert arrivals.content_of(row) == MAIL


@pytest.mark.django_db
def test_nothing_is_marked_where_no_row_could_be_kept(settings: Any, monkeypatch: Any) -> None:
    keep = arrivals.keep

    def broken(content: bytes, **facts: Any) -> Any:
        if b"Thursday" in content:
            raise ValueError("cannot be kept")
        return keep(content, **facts)

    monkeypatch.setattr(arrivals, "keep", broken)
    with Mailbox(MAIL, LETTER.encode()) as box:
        box_of(settings, box)
        engine.tick(NOW)
        assert box.marks == {2: rb"(\Seen)"}
    assert IncomingMail.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("where", [b"UID SEARCH", b"UID FETCH", b"UID STORE"])
@pytest.mark.parametrize("how", ["drops", "hangs"])
def test_a_server_that_drops_the_line_or_hangs_loses_nothing(
    settings: Any, monkeypatch: Any, where: bytes, how: str
) -> None:
    class Broken(Mailbox):
        is_broken = True

        def answer(self, out: Any, tag: bytes, command: bytes) -> bool:
            if not (self.is_broken and command.startswith(where)):
                return super().answer(out, tag, command)
            if how == "hangs":
                time.sleep(1)
            return False

    monkeypatch.setattr(imap, "TIMEOUT", 0.3)
    with Broken(MAIL, LETTER.encode()) as box:
        box_of(settings, box)
        assert (engine.tick(NOW)["inbound"], mailbox.is_resting()) == (0, True)
        box.is_broken = False
        for _ in range(2):
            mailbox.rested()
            engine.tick(NOW)
            assert box.marks == {1: rb"(\Seen)", 2: rb"(\Seen)"}
            box.marks.clear()  # another UIDVALIDITY: all of it is new once more
    assert IncomingMail.objects.count() == 2


OTHER_WAYS = {
    "as it was": MAIL,
    "with the lines of another system": MAIL.replace(b"\r\n", b"\n"),
    "by another server": b"Received: from a by b\r\nDelivered-To: hiring@example.com\r\n" + MAIL,
    "from a folder that marks it": b"X-Spam: no\r\n" + MAIL + b"\r\n",
}
OTHER_MAILS = {
    "under the same id": MAIL.replace(b"Thursday suits", b"Friday suits"),
    "by somebody else": MAIL.replace(b"robin@", b"alex@"),
    "with another id": MAIL.replace(b"<a1@", b"<a2@"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", OTHER_WAYS)
def test_the_same_message_is_one_row_whichever_way_it_comes(way: str) -> None:
    inbound.take_in(MAIL, NOW)
    again = inbound.arrive(OTHER_WAYS[way], source="another", now=NOW + timedelta(hours=1))
    assert (IncomingMail.objects.count(), again.source, again.received_at) == (1, "file", NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHER_MAILS)
def test_another_message_is_another_row(name: str) -> None:
    inbound.take_in(MAIL, NOW)
    inbound.take_in(OTHER_MAILS[name], NOW)
    assert IncomingMail.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"just words", b"Subject: \x00\x00\r\n\r\n\x00"])
def test_what_is_no_message_is_a_row_too(content: bytes) -> None:
    inbound.take_in(content, NOW)
    inbound.take_in(content, NOW)
    (row,) = IncomingMail.objects.all()
    assert (arrivals.content_of(row), row.state) == (content, "open")


@pytest.mark.django_db
def test_fifty_megabytes_are_a_row_that_says_so(settings: Any) -> None:
    large = MAIL + b"A" * 50 * 1024 * 1024
    with Mailbox(large, LETTER.encode()) as box:
        box_of(settings, box)
        assert engine.tick(NOW)["inbound"] == 2
        assert box.marks == {1: rb"(\Seen)", 2: rb"(\Seen)"}
        box.marks.clear()  # another UIDVALIDITY
        engine.tick(NOW)
    row = IncomingMail.objects.get(subject="Thursday")
    assert IncomingMail.objects.count() == 2
    assert (row.size, row.is_whole, len(arrivals.content_of(row) or b"")) == (len(large), False, LARGEST)


@pytest.mark.django_db
def test_one_that_its_reader_stumbles_over_is_tried_again_and_lies_in_the_inbox_in_the_end(
    monkeypatch: Any,
) -> None:
    def broken(arrived: Any, now: Any) -> Any:
        raise ValueError("cannot be read")

    monkeypatch.setitem(inbound._readers, Kind.FAILURE, broken)
    inbound.arrive(dsn("<x@y>", to="robin@example.com"), source="file", now=NOW)
    inbound.arrive(MAIL, source="file", now=NOW)
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        engine.tick(now)
        now += timedelta(hours=13)
    stuck, other = IncomingMail.objects.order_by("id")
    assert (stuck.state, stuck.attempts, stuck.last_error) == ("waiting", 8, "ValueError: cannot be read")
    assert (other.kind, other.attempts) == ("letter", 0)
    assert stuck in IncomingMail.objects.in_inbox()


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_many_at_once_are_one_row_and_read_once(monkeypatch: Any) -> None:
    read: list[int] = []

    def counted(arrived: Any, now: Any) -> Any:
        read.append(arrived.row.pk)
        return inbound.Placed()

    monkeypatch.setitem(inbound._readers, Kind.LETTER, counted)

    def work() -> None:
        inbound.arrive(MAIL, source="file", now=NOW)
        inbound.read_waiting(NOW)

    at_once(work, work, work)
    inbound.read_waiting(NOW)
    assert (IncomingMail.objects.count(), len(read)) == (1, 1)
    assert rows() == [("robin@example.com", "Thursday", "letter", "settled")]


# --- How long it is kept


@pytest.mark.django_db
def test_its_bytes_go_after_half_a_year_and_the_row_after_a_year() -> None:
    for days, state in ((181, "settled"), (179, "settled"), (181, "open"), (366, "open")):
        at = NOW - timedelta(days=days)
        row, _ = arrivals.keep(MAIL + f"{days}{state}".encode(), source="file", now=at)
        settled = at if state == "settled" else None
        IncomingMail.objects.filter(pk=row.pk).update(state=state, why="unknown", settled_at=settled)
    assert retention.purge("incoming-bytes", NOW) == (1, False)
    assert retention.purge("incoming", NOW) == (1, False)
    assert (IncomingContent.objects.count(), IncomingMail.objects.count()) == (2, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["deleted", "anonymised"])
def test_who_is_erased_takes_along_what_they_wrote(way: str) -> None:
    robin, alex = f.make_candidate(email="robin@example.com"), f.make_candidate(email="alex@example.com")
    placed, loose, theirs, unknown = (
        arrivals.keep(MAIL.replace(b"robin@", sender.encode() + b"@"), source=sender, now=NOW)[0]
        for sender in ("other", "Robin", "alex", "stranger")
    )
    IncomingMail.objects.filter(pk=placed.pk).update(candidate_id=robin.pk)
    IncomingMail.objects.filter(pk=theirs.pk).update(candidate_id=alex.pk)
    with transaction.atomic():
        if way == "deleted":
            robin.delete()
        else:
            Candidate.objects.filter(pk=robin.pk).update(anonymised_at=NOW)
    left = {theirs.pk, unknown.pk}
    assert set(IncomingMail.objects.values_list("pk", flat=True)) == left
    assert set(IncomingContent.objects.values_list("pk", flat=True)) == left
    assert loose.pk not in left
