"""`manage.py read_mail FILE...`: a line each, and what cannot be read holds up nobody."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.ats.mail.incoming.others import LETTERS
from tests.ats.mail.incoming.reports import BY_FIELDS
from tests.ats.mail.incoming.shapes import ID, ROBIN

KEYS = ["file", "kind", "recipient", "status", "message_id"]


def run(*names: object, **options: bool) -> tuple[list[str], list[str], str]:
    """What it writes, what it complains of, and how it ends."""
    out, err, end = StringIO(), StringIO(), ""
    try:
        call_command("read_mail", *map(str, names), stdout=out, stderr=err, **options)
    except CommandError as error:
        end = str(error)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), end


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.eml"
    path.write_bytes(BY_FIELDS["as RFC 3464 says"].content)
    return path


def test_each_file_is_a_line(tmp_path: Path, report: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(LETTERS["an answer"].content)

    lines, complaints, end = run(report, letter, json=True)

    found = [json.loads(line) for line in lines]
    assert found == [
        dict(zip(KEYS, [str(report), "failure", ROBIN, "5.1.1", ID], strict=True)),
        dict(zip(KEYS, [str(letter), "letter", "", "", ID], strict=True)),
    ]
    assert [list(each) for each in found] == [KEYS, KEYS]
    assert (complaints, end) == ([], "")
    assert run(report, letter)[0] == [
        f"{report}  failure  {ROBIN}  5.1.1  {ID}",
        f"{letter}  letter  -  -  {ID}",
    ]


def test_what_cannot_be_read_is_said_and_the_others_are_read(tmp_path: Path, report: Path) -> None:
    nested = tmp_path / "nested.eml"
    nested.write_bytes(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 1_000)
    missing, folder = tmp_path / "missing.eml", tmp_path

    lines, complaints, end = run(missing, nested, folder, "a\0b", report, json=True)

    assert [json.loads(line)["kind"] for line in lines] == ["failure"]
    assert complaints == [
        f"{missing}: No such file or directory",
        f"{nested}: It has more parts than a message has.",
        f"{folder}: Is a directory",
        "a\0b: embedded null byte",
    ]
    assert end == "4 of 5 could not be read."


def test_a_file_of_50_mb_is_read_by_its_beginning(tmp_path: Path) -> None:
    large = tmp_path / "large.eml"
    with large.open("wb") as file:
        file.write(BY_FIELDS["as RFC 3464 says"].content)
        file.truncate(50_000_000)
    lines, complaints, end = run(large, json=True)
    assert [json.loads(line)["status"] for line in lines] == ["5.1.1"]
    assert (complaints, end) == ([], "")
