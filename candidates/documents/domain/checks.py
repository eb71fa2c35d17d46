"""What a candidate may hand in: a file of five kinds, known by what is in it and not by its name."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy

from ats.kernel.errors import Invalid
from ats.kernel.languages import Words, later
from candidates.documents.domain.attached import ZIP_END, last_archive_is_attached
from candidates.people.domain.keys import one_line

ACCEPT = ".pdf,.docx,.odt,.rtf,.txt"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "txt": "text/plain",
}

EXTENSIONS = {f".{kind}": kind for kind in CONTENT_TYPES}
"""By the ending of a name the kind that it says a file is."""
MAX_MEMBERS = 2_000
MAX_UNPACKED = 80 * 1024 * 1024
MAX_RATIO = 150
RATIO_COUNTS_FROM = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(
    rb"<(?:[!?%]|/?(?:html|head|title|body|script|iframe|style|link|meta|base|div|p|a|b|br|h[1-6]|font|table|form|img"
    rb"|svg|math|object|embed|video|audio|template)[\s>/:])",
    re.IGNORECASE,
)
"""How pages begin that a browser would run. A name or an address between such signs is none."""
NEVER_IN_TEXT = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")
"""Control characters of files that are no text; what terminals and printers take is let by."""
FEW = 200
"""One in so many bytes of a text may be one of them."""

BLANK = b"\xef\xbb\xbf \t\r\n"
OTHER_KINDS = (b"PK", b"MZ", b"#!", b"\x7fELF", b"{\\rtf", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", OLD_OFFICE)

WANTED = gettext_lazy("Please attach a PDF, DOCX, ODT, RTF or TXT file.")
OLD_WORD = gettext_lazy(
    "Files of old Word (.doc) cannot be opened safely. Save it as PDF or DOCX and attach that."
)
LOCKED = gettext_lazy("This file is protected by a password. Attach one that opens without it.")
MACROS = gettext_lazy("This file holds macros. Save it without them, or as PDF, and attach that.")
DAMAGED = gettext_lazy("This file is damaged. Save it again, or as PDF, and attach that.")
TWO_THINGS = gettext_lazy("This file is two kinds of file at once. Save it again as PDF and attach that.")
UNPACKS = gettext_lazy("This file holds far more than a document does. Save it as PDF and attach that.")


@dataclass(frozen=True)
class Checked:
    """What a file turned out to be; `filename` is fit to be shown, and is never a path."""

    filename: str
    kind: str
    size: int

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


def check(upload: UploadedFile, *, field: str = "resume") -> Checked:
    """What the file is; `Invalid` with words for the person who gave it, where it cannot be taken."""
    size = upload.size or 0
    if size == 0:
        raise Invalid(gettext_lazy("This file is empty. Was the right one chosen?"), field=field)
    if size > settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        raise Invalid(
            later(
                lambda: (
                    gettext("This file is larger than %(limit)s. Attach a smaller one.") % {"limit": limit}
                )
            ),
            field=field,
        )
    filename = shown_name(upload.name or "")
    upload.seek(0)
    try:
        kind = _kind(upload, filename)
    except _Refused as refused:
        raise Invalid(refused.args[0], field=field) from None
    finally:
        upload.seek(0)
    return Checked(filename=filename, kind=kind, size=size)


def shown_name(given: str) -> str:
    """The name a person gave a file, as it is shown to others: its last part, on one line."""
    name = one_line(re.split(r"[/\\]", given)[-1]).lstrip(".") or "document"
    stem, dot, extension = name.rpartition(".")
    return name if len(name) <= 150 else f"{stem[:140]}{dot}{extension[:9]}"


class _Refused(Exception):
    """The file cannot be taken; the message says why."""


def _not_a(kind: str) -> Words:
    said = gettext_lazy("Its name says that this is a %(kind)s file, but what is in it is something else.")
    return later(lambda: f"{said % {'kind': kind}} {WANTED}")


def _kind(file: IO[bytes], filename: str) -> str:
    extension = PurePosixPath(filename).suffix.lower().removeprefix(".")
    head = file.read(4096)
    if extension == "docx" and _is_locked_office(head, file):
        raise _Refused(LOCKED)
    if extension == "doc" or (head.startswith(OLD_OFFICE) and extension in {"", "dot", "docx"}):
        raise _Refused(OLD_WORD)
    if extension in {"docm", "dotm"}:
        raise _Refused(MACROS)
    if extension not in CONTENT_TYPES:
        raise _Refused(WANTED)
    file.seek(0)
    if not _LOOKS_LIKE[extension](head):
        raise _Refused(_not_a(extension.upper()))
    _CHECKS[extension](file)
    return extension


def _is_locked_office(head: bytes, file: IO[bytes]) -> bool:
    """A document of Word with a password is an archive inside a file of old Office's kind."""
    return head.startswith(OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in head + file.read()


def _looks_like_pdf(head: bytes) -> bool:
    """PDF's own rule lets other bytes stand before the start, up to here; another kind of file is none of them."""
    before, start, _ = head[:1024].partition(b"%PDF-")
    before = before.lstrip(BLANK)
    return bool(start) and not MARKUP.match(before) and not before.startswith(OTHER_KINDS)


def _looks_like_text(head: bytes) -> bool:
    """No markup, no script, no start of another kind of file. Words that other kinds begin with prove nothing."""
    start = head.lstrip(BLANK)
    return not (MARKUP.match(start) or start.startswith((b"#!", b"%PDF-", b"{\\rtf")))


_LOOKS_LIKE: dict[str, Callable[[bytes], bool]] = {
    "pdf": _looks_like_pdf,
    "docx": lambda head: head.startswith(b"PK\x03\x04"),
    "odt": lambda head: head.startswith(b"PK\x03\x04"),
    "rtf": lambda head: head.lstrip().startswith(b"{\\rtf"),
    "txt": _looks_like_text,
}


def _check_pdf(file: IO[bytes]) -> None:
    """A PDF reader starts at one end of a file and an unpacker at the other: only one of them may be right."""
    if ZIP_END in _tail(file):
        file.seek(0)
        if not last_archive_is_attached(file.read()):
            raise _Refused(TWO_THINGS)


def _check_rtf(file: IO[bytes]) -> None:
    content = file.read()
    if ZIP_END in content[-_TAIL:]:
        raise _Refused(TWO_THINGS)
    if b"\\objdata" in content or b"\\objautlink" in content:
        raise _Refused(gettext_lazy("This file has other files inside it. Save it as PDF and attach that."))


def _check_text(file: IO[bytes]) -> None:
    content = file.read()
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    controls = 0 if utf16 else len(NEVER_IN_TEXT.findall(content))
    if (b"\0" in content and not utf16) or controls * FEW > len(content) or ZIP_END in content[-_TAIL:]:
        raise _Refused(_not_a("TXT"))


_TAIL = 65_536 + 22


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    return file.read()


def _check_docx(file: IO[bytes]) -> None:
    with _opened(file) as archive:
        names = {member.filename for member in archive.infolist()}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _Refused(MACROS)
        types = _small_member(archive, "[Content_Types].xml")
        if b"macroEnabled" in types:
            raise _Refused(MACROS)
        if b"wordprocessingml.document.main+xml" not in types:
            raise _Refused(_not_a("DOCX"))
        relations = "word/_rels/settings.xml.rels"
        if relations in names and re.search(rb"Target=.https?:", _small_member(archive, relations)):
            raise _Refused(
                gettext_lazy("This file loads others from the internet. Save it as PDF and attach that.")
            )


def _check_odt(file: IO[bytes]) -> None:
    with _opened(file) as archive:
        members = archive.infolist()
        if members[0].filename != "mimetype":
            raise _Refused(_not_a("ODT"))
        if _small_member(archive, "mimetype").strip() != CONTENT_TYPES["odt"].encode():
            raise _Refused(_not_a("ODT"))
        names = {member.filename for member in members}
        manifest = "META-INF/manifest.xml"
        if "encrypted-package" in names or (
            manifest in names and b":encryption-data" in _small_member(archive, manifest)
        ):
            raise _Refused(LOCKED)
        if any(_is_odf_macro(member.filename) for member in members):
            raise _Refused(MACROS)
        if "content.xml" not in names:
            raise _Refused(DAMAGED)


def _is_odf_macro(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if len(parts) == 3 and parts[0] == "Basic":
        return parts[2] not in {"script-lb.xml", "dialog-lb.xml"}
    return len(parts) > 2 and parts[0] == "Scripts"


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive, its members looked over before anything of them is unpacked."""
    tail = _tail(file)
    at = tail.rfind(ZIP_END)
    comment = int.from_bytes(tail[at + 20 : at + 22], "little") if at >= 0 else 0
    if at < 0 or at + 22 + comment != len(tail):
        raise _Refused(DAMAGED if at < 0 else TWO_THINGS)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _Refused(DAMAGED) from None
    members = archive.infolist()
    # Bytes before the first member would make it another file as well.
    if not members or min(member.header_offset for member in members) != 0:
        raise _Refused(TWO_THINGS if members else DAMAGED)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _Refused(UNPACKS)
    for member in members:
        _check_member(member)
    if len({member.filename for member in members}) != len(members):
        raise _Refused(DAMAGED)
    return archive


def _check_member(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member.filename or "\0" in member.filename:
        raise _Refused(DAMAGED)
    if member.flag_bits & 0x1:
        raise _Refused(LOCKED)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _Refused(DAMAGED)
    unpacks_to = member.file_size / max(1, member.compress_size)
    if member.file_size > RATIO_COUNTS_FROM and unpacks_to > MAX_RATIO:
        raise _Refused(UNPACKS)


def _small_member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as member:
            return member.read(1024 * 1024)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise _Refused(DAMAGED) from None


_CHECKS: dict[str, Callable[[IO[bytes]], None]] = {
    "pdf": _check_pdf,
    "docx": _check_docx,
    "odt": _check_odt,
    "rtf": _check_rtf,
    "txt": _check_text,
}
