"""What a message is taken for: each shape with the whole answer."""

from pathlib import Path

import pytest

from ats.mail import incoming
from ats.mail.incoming import Failure, Incoming, Kind
from tests.ats.mail.incoming import others, reports
from tests.ats.mail.incoming.shapes import BACK, ID, ROBIN, WORDS, Sample, group, report, status

SAMPLES = {
    f"{name}: {shape}": sample
    for name, samples in (
        ("fields", reports.BY_FIELDS),
        ("words", reports.BY_WORDS),
        ("complaint", others.COMPLAINTS),
        ("program", others.ANSWERS_OF_PROGRAMS),
        ("letter", others.LETTERS),
        ("calendar", others.CALENDARS),
    )
    for shape, sample in samples.items()
}


def read(content: bytes) -> Incoming:
    return incoming.read(incoming.parsed(content))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_message_is_taken_for_what_it_is(sample: Sample) -> None:
    found = read(sample.content)
    assert (found.kind, found.recipient, found.status, found.message_id) == sample.said
    assert read(sample.content.replace(b"\r\n", b"\n")) == found


def test_a_report_about_several_says_what_became_of_each() -> None:
    groups = [
        group(),
        group(to="rfc822; ada@example.com", code="5.2.2", diagnosis="552 5.2.2 full"),
        group("delayed", "4.4.1", to="rfc822; kim@example.com"),
    ]
    failed = (Failure(ROBIN, "5.1.1"), Failure("ada@example.com", "5.2.2", "552 5.2.2 full"))
    apart = read(report(WORDS, status("\n\n".join(groups)), BACK))
    assert apart == Incoming(Kind.FAILURE, ID, failed)
    assert [each.no_such_address for each in apart.failures] == [True, False]
    assert [apart.about(each) for each in (ROBIN, "ada@example.com", "kim@example.com")] == [*failed, None]
    # Some leave out the empty line between two.
    assert read(report(WORDS, status("\n".join(groups[:2])), BACK)).failures[1].recipient == "ada@example.com"


@pytest.mark.parametrize(
    ("named", "written", "is_same"),
    [
        ("rfc822; Robin@Example.COM", ROBIN, True),
        ("rfc822; robin@xn--bcher-kva.example", "robin@bücher.example", True),
        ("utf-8; robin@bücher.example", "robin@xn--bcher-kva.example", True),
        ("rfc822; robin+2Bjobs@example.com", "robin+jobs@example.com", True),
        ("rfc822; robin@example.net", "robin@example.com", False),
    ],
)
def test_an_address_is_the_same_in_every_way_to_write_it(named: str, written: str, is_same: bool) -> None:
    found = read(report(WORDS, status(group(to=named)), WORDS))
    assert (found.about(written) is not None) == is_same


def test_whom_the_next_hop_did_not_take_is_whom_we_wrote_to() -> None:
    """Where the report names the next hop alone, the message that came back says to whom it went."""
    found = read(report(WORDS, status(group(to="rfc822; old@example.net")), BACK))
    assert found.recipient == "old@example.net"
    assert found.about(ROBIN) == found.failures[0]


def test_this_room_is_pure() -> None:
    """Whoever tries it on a file needs neither database nor settings."""
    files = list(Path(incoming.__file__).parent.glob("*.py"))
    assert len(files) > 5
    assert [path.name for path in files if "django" in path.read_text()] == []
