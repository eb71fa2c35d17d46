"""Files that mean harm: refused with words, or kept and marked; the worker goes on."""

import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile

import pytest

from ats import sandbox
from ats.kernel.errors import Invalid
from candidates.documents import reading
from candidates.documents.domain import checks
from candidates.documents.domain.checks import check, shown_name
from candidates.documents.reading import read
from tests.candidates.documents import files
from tests.candidates.documents.pdfs import with_attachment

LAUGHS = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{"x" * 9}">' for n in range(12))
XXE_DOCX = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<w:document {files.W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
XXE_ODT = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<office:document-content {files.ODF}><office:body><text:p>&x;</text:p></office:body></office:document-content>"
)
BOMB_DOCX = f"<!DOCTYPE d [{LAUGHS}]><w:document {files.W}><w:t>&l11;</w:t></w:document>"
OUTSIDE = "It refers to things outside itself, which no document needs."
DAMAGED = "The file is damaged."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def zip_prefixed_with(head: bytes) -> bytes:
    """A working archive behind something else, with its offsets made right."""
    out = io.BytesIO(head)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("[Content_Types].xml", files.DOCX_MAIN)
    return out.getvalue()


def encrypted_docx() -> bytes:
    content = bytearray(files.docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def bomb(megabytes: int, members: int = 1) -> bytes:
    return files.raw_docx("<x/>", **{f"word/{n}.bin": b"\0" * megabytes * 1024**2 for n in range(members)})


ELSE = "file, but what is in it is something else."
NOT_PDF, NOT_TXT, NOT_DOCX, NOT_ODT = (
    f"Its name says that this is a {kind} {ELSE} {checks.WANTED}" for kind in ("PDF", "TXT", "DOCX", "ODT")
)
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
REMOTE = b'<R Target="https://evil.example/t.dotm" TargetMode="External"/>'
LOADS = "This file loads others from the internet. Save it as PDF and attach that."
HOLDS = "This file has other files inside it. Save it as PDF and attach that."
ENCRYPTED = b'<manifest:file-entry><manifest:encryption-data manifest:checksum=""/></manifest:file-entry>'
LOCKED = "This file is protected by a password. Attach one that opens without it."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("shell.php", b"<?php system($_GET['c']); ?>", checks.WANTED),
        ("shell.pdf.php", files.pdf(), checks.WANTED),
        ("shell.pdf", b"<?php system($_GET['c']); ?>", NOT_PDF),
        ("page.html", b"<html><script>alert(1)</script></html>", checks.WANTED),
        ("page.txt", b"<html><script>alert(1)</script></html>", NOT_TXT),
        ("page.txt", b"\xef\xbb\xbf  <script>alert(1)</script>", NOT_TXT),
        ("picture.svg", SVG, checks.WANTED),
        ("picture.txt", SVG, NOT_TXT),
        ("run.txt", b"#!/bin/sh\nrm -rf /\n", NOT_TXT),
        ("cv.txt", b"\x1f\x8b\x08\x01" + bytes(range(1, 256)) * 3, NOT_TXT),
        ("run.txt", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", NOT_TXT),
        ("cv.pdf\0.php", files.pdf(), checks.WANTED),
        ("cv.docx", files.pdf(), NOT_DOCX),
        ("cv.txt", files.pdf(), NOT_TXT),
        ("cv.pdf", files.docx(), NOT_PDF),
        ("cv", files.pdf(), checks.WANTED),
        ("cv.doc", checks.OLD_OFFICE + b"\0" * 600, checks.OLD_WORD),
        ("cv.doc", files.docx(), checks.OLD_WORD),
        ("cv.docx", checks.OLD_OFFICE + b"\0" * 600, checks.OLD_WORD),
        ("cv.docm", files.docx(), checks.MACROS),
        ("cv.docx", files.raw_docx("<x/>", main=MACRO_MAIN), checks.MACROS),
        ("cv.docx", files.raw_docx("<x/>", **{"word/vbaProject.bin": b"x"}), checks.MACROS),
        ("cv.docx", files.raw_docx("<x/>", main=MAIN.format("spreadsheetml.sheet")), NOT_DOCX),
        ("cv.docx", files.odt(), checks.DAMAGED),
        ("cv.docx", files.raw_docx("<x/>", **{"word/_rels/settings.xml.rels": REMOTE}), LOADS),
        ("cv.docx", files.docx()[:-40], checks.DAMAGED),
        ("cv.docx", files.docx() + files.pdf(), checks.TWO_THINGS),
        ("cv.docx", encrypted_docx(), LOCKED),
        ("cv.docx", checks.OLD_OFFICE + b"\0" * 5000 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        ("cv.odt", files.odt(**{"META-INF/manifest.xml": ENCRYPTED}), LOCKED),
        ("cv.odt", files.odt(**{"encrypted-package": b"x"}), LOCKED),
        ("cv.docx", files.raw_docx("<x/>", **{"../../etc/cron.d/x": b"x"}), checks.DAMAGED),
        ("cv.docx", bomb(2), checks.UNPACKS),
        ("cv.docx", files.raw_docx("<x/>", **{f"word/{n}.xml": b"" for n in range(2001)}), checks.UNPACKS),
        ("cv.odt", files.docx(), NOT_ODT),
        ("cv.odt", files.odt(**{"Basic/Standard/Module1.xml": b"Sub Main"}), checks.MACROS),
        ("cv.pdf", zip_prefixed_with(files.pdf()), checks.TWO_THINGS),
        ("cv.docx", zip_prefixed_with(files.pdf()), NOT_DOCX),
        ("cv.pdf", with_attachment("", "a.zip", files.odt()) + b"x" * 9 + files.odt(), checks.TWO_THINGS),
        ("cv.pdf", with_attachment("", "a.zip", files.odt()[:-9]) + b"endstream", checks.TWO_THINGS),
        ("cv.pdf", b"<script>alert(1)</script>" + files.pdf(), NOT_PDF),
        ("cv.pdf", b"MZ\x90\0" + files.pdf(), NOT_PDF),
        ("cv.pdf", b"x" * 1020 + files.pdf(), NOT_PDF),
        ("cv.rtf", files.RTF[:-1] + rb"{\object{\*\objdata 0105}}}", HOLDS),
        ("cv.pdf", b"", "This file is empty. Was the right one chosen?"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(files.upload(name, content))
    assert (refused.value.message, refused.value.field) == (words, "resume")


@pytest.mark.parametrize(
    "first",
    [
        *(
            "Name: Robin Example",
            "Summary: ten years",
            "From: Robin",
            "Subject: my application",
            "Date: today",
        ),
        *("*** ROBIN EXAMPLE ***", "MARC DUPONT", "OTTO EXAMPLE", "MZ Robin", "PK Example", "GIF89a Robin"),
        *(
            "BEGIN:VCARD",
            "<robin@example.org>",
            "<Robin Example>",
            "{Robin}",
            "ID3 engineer",
            "RIFF",
            "II. Robin",
        ),
        *("%!PS", "BM Robin", "\\documentclass{article}", "<b@example.org>", "\x1b[1mRobin\x1b[0m"),
    ],
)
def test_a_text_may_begin_with_any_words(first: str) -> None:
    content = f"{first}\nbuilt ferries and Python services.".encode()
    assert check(files.upload("cv.txt", content)).kind == "txt"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    with pytest.raises(Invalid) as refused:
        check(files.upload("cv.txt", b"x" * 1001))
    assert refused.value.message == "This file is larger than 1000\xa0bytes. Attach a smaller one."


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\robin\\cv.pdf", "cv.pdf"),
        ("$(rm -rf ~);`id`|cat.pdf", "$(rm -rf ~);`id`|cat.pdf"),
        ("cv\r\nSet-Cookie: a=b.pdf", "cv Set-Cookie: a=b.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("...pdf", "pdf"),
        ("", "document"),
        ("履歴書 📄.pdf", "履歴書 📄.pdf"),
        ("x" * 300 + ".pdf", "x" * 140 + ".pdf"),
    ],
)
def test_names_are_made_fit_to_be_shown(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.mark.parametrize(
    ("kind", "content", "problem"),
    [
        ("docx", files.raw_docx(XXE_DOCX), OUTSIDE),
        ("docx", files.raw_docx(BOMB_DOCX), OUTSIDE),
        ("odt", files.odt(XXE_ODT), OUTSIDE),
        ("docx", files.raw_docx("<w:document"), DAMAGED),
        ("docx", files.raw_docx("x" * (31 * 1024**2)), "It holds far more than a document does."),
        ("odt", files.odt("<x/>"), DAMAGED),
        ("pdf", b"%PDF-1.7\n" + os.urandom(5000), DAMAGED),
        ("pdf", files.pdf()[:400], DAMAGED),
        ("pdf", files.pdf(password="secret"), "It is protected by a password."),
    ],
)
def test_a_hostile_or_broken_file_ends_as_a_plain_reason(kind: str, content: bytes, problem: str) -> None:
    found = read(io.BytesIO(content), kind)
    assert (found.problem, found.text, found.pages) == (problem, "", ())


def test_elements_a_hundred_thousand_deep_are_read() -> None:
    deep = "<w:p>" * 100_000 + "<w:r><w:t>Robin</w:t></w:r>" + "</w:p>" * 100_000
    xml = f"<w:document {files.W}>{deep}</w:document>"
    found = read(io.BytesIO(files.raw_docx(xml)), "docx")
    assert found in (
        reading.Reading(text="Robin", holds=()),
        reading.Reading(problem=reading.GAVE_UP, holds=()),
    )


def test_text_boxes_are_read_once_and_deleted_words_not_at_all() -> None:
    box = "<w:p><w:r><w:t>Boxed</w:t></w:r></w:p>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (
        f"<w:document {files.W} {mc}><w:p><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>Robin</w:t></w:r></w:p></w:document>"
    )
    assert read(io.BytesIO(files.raw_docx(xml)), "docx").text == "Boxed\nRobin"


def test_a_pdf_with_a_thousand_pages_is_read_as_far_as_is_sensible() -> None:
    found = read(io.BytesIO(files.pdf("Page", pages=200)), "pdf")
    assert (found.problem, len(found.pages), found.text.count("Page")) == ("", 20, 60)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Café".encode("cp1252"), "Café"),
        ("Café".encode("utf-16"), "Café"),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café"),
        (b"one\r\n\r\n\r\n\r\ntwo\x00\x07 \x1b[31mred", "one\n\ntwo [31mred"),
        ("a\ue000\ufffeb".encode(), "ab"),
    ],
)
def test_text_in_any_usual_encoding_is_made_fit_to_keep(content: bytes, text: str) -> None:
    assert read(io.BytesIO(content), "txt").text == text


def test_a_reader_that_does_not_come_back_is_stopped() -> None:
    began = time.monotonic()
    assert read(io.BytesIO(files.pdf(pages=60)), "pdf", seconds=0.05).problem == reading.TOO_LONG
    assert time.monotonic() - began < 5


CONFINED = """
import ctypes, os, resource, socket, subprocess, sys
from ats.sandbox import child
child.shut_in()
out = []
def attempt(what):
    try:
        what()
    except BaseException as error:
        out.append(type(error).__name__)
    else:
        out.append("worked")
net = "isolated" if len(open("/proc/self/net/dev").read().splitlines()) <= 3 else "open"
sys.addaudithook(child._refuse)
attempt(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1))
attempt(lambda: subprocess.run(["true"]))
attempt(lambda: os.system("true"))
attempt(lambda: bytearray(3 * 1024**3))
print(net, *out, resource.getrlimit(resource.RLIMIT_CPU)[0])
"""


def test_the_reader_has_no_network_no_programs_and_little_memory() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", CONFINED, str(server.getsockname()[1])]
        done = subprocess.run(command, cwd=sandbox.ROOT, capture_output=True, text=True, check=True)
    network, *rest = done.stdout.split()
    assert rest == ["PermissionError", "PermissionError", "PermissionError", "MemoryError", "30"]
    assert network == ("isolated" if os.geteuid() == 0 else network)


def test_the_reader_knows_no_secrets(tmp_path) -> None:
    script = tmp_path / "candidates" / "documents" / "reading"
    script.mkdir(parents=True)
    (script / "child.py").write_text(
        "import json, os, sys\n"
        "result = {'problem': ' '.join(sorted(os.environ))}\n"
        "json.dump(result, open(sys.argv[1] + '/result.json', 'w'))"
    )
    root, sandbox.ROOT = sandbox.ROOT, tmp_path
    try:
        assert read(io.BytesIO(b"x"), "txt").problem == "HOME LC_ALL PATH TMPDIR"
    finally:
        sandbox.ROOT = root


@pytest.mark.parametrize(
    ("pages", "content", "result"),
    [
        ([[1, 1]], b"<svg/>", reading.Reading(problem=reading.GAVE_UP)),
        ([[1, 99_999]], reading.PNG, reading.Reading(problem=reading.GAVE_UP)),
        ([[10, 20]], reading.PNG, reading.Reading(text="t", pages=(reading.Picture(reading.PNG, 10, 20),))),
        ("no", reading.PNG, reading.Reading(problem=reading.GAVE_UP)),
    ],
)
def test_what_the_reader_leaves_behind_is_not_believed(tmp_path, pages, content, result) -> None:
    (tmp_path / "result.json").write_text(json.dumps({"pages": pages}))
    (tmp_path / "text").write_text("t")
    (tmp_path / "page-1").write_bytes(content)
    assert reading._collect(tmp_path) == result
