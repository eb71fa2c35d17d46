"""Which addresses and names are one."""

import pytest

from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key, one_line


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("Robin@Example.com", "robin@example.com"),
        ("  robin@example.com ", "robin@example.com"),
        ("Ro.Bin+jobs@GMail.com", "robin@gmail.com"),
        ("ro.bin@googlemail.com", "robin@gmail.com"),
        ("ro.bin+jobs@example.com", "ro.bin+jobs@example.com"),
        ("robin@BÜCHER.example", "robin@xn--bcher-kva.example"),
        ("robin@example.com.", "robin@example.com"),
        ("+@gmail.com", "+@gmail.com"),
        ("", ""),
    ],
)
def test_email_key(address: str, key: str) -> None:
    assert email_key(address) == key


@pytest.mark.parametrize(
    ("first", "last", "key"),
    [
        ("Zoë", "Müller", "zoe muller"),
        ("Łukasz", "Żółć", "lukasz zolc"),
        ("Søren", "Weiß", "soren weiss"),
        ("İpek", "I\u015f\u0131k", "ipek isik"),
        ("李", "小龍", "李 小龍"),
        ("Ольга", "", "ольга"),
    ],
)
def test_name_key(first: str, last: str, key: str) -> None:
    assert name_key(first, last) == key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Robin\r\nBcc: all@example.com", "Robin Bcc: all@example.com"),
        ("Ro\x00bin", "Ro bin"),
        ("\u202eRobin", "Robin"),
        ("محمد", "محمد"),
        ("Robin 👩\u200d💻", "Robin 👩\u200d💻"),
        ("<script>", "<script>"),
        ("  two   blanks ", "two blanks"),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
