"""PDFs made by hand, as word processors and browsers write them: letters wherever their program wanted them."""

from collections.abc import Iterable

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf(
    content: str | bytes, *, page: str = "", catalog: str = "", objects: Iterable[str | bytes] = ()
) -> bytes:
    """One page with this content; the further `objects` are numbered from 6 on."""
    stream = content.encode("cp1252") if isinstance(content, str) else content
    bodies = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            f"/Resources<</Font<</F1 5 0 R>>>>{page}>>"
        ),
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream),
        HELVETICA,
        *objects,
    ]
    return assembled(body if isinstance(body, bytes) else body.encode("cp1252") for body in bodies)


def assembled(bodies: Iterable[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + tail


def lines(*texts: str, size: int = 12, spacing: float = 0) -> str:
    """A page's content: these lines one below the other, their letters `spacing` apart."""
    shown = "".join(f"({_escaped(text)}) Tj T*\n" for text in texts)
    return f"BT /F1 {size} Tf {size * 1.4} TL {spacing} Tc 72 760 Td\n{shown}ET"


def words(text: str, *, y: float = 760, size: float = 12, matrix: str = "1 0 0 1") -> str:
    """A line of which every word is set by itself."""
    out, x = "", 72.0
    for word in text.split():
        out += f"BT /F1 {size} Tf {matrix} {x} {y} Tm ({_escaped(word)}) Tj ET\n"
        x += (len(word) * 0.56 + 0.3) * size
    return out


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def with_attachment(content: str, name: str, attached: bytes) -> bytes:
    """A PDF that brings another file along in its last stream, as it is."""
    return pdf(
        content,
        catalog=f"/Names<</EmbeddedFiles<</Names[({name})6 0 R]>>>>",
        objects=[
            f"<</Type/Filespec/F({name})/UF({name})/EF<</F 7 0 R>>>>",
            b"<</Type/EmbeddedFile/Length %d>>stream\n%b\nendstream" % (len(attached), attached),
        ],
    )
