"""What a person sees in a DOCX is in its text: once, in order, in whole words."""

import io

import pytest

from candidates.documents.reading import read
from tests.candidates.documents import files
from tests.candidates.documents.files import W

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "word/_rels/document.xml.rels"
HTML = (
    "<html><head><title>Page</title><style>p {color: red}</style></head><body><h1>Robin Example</h1>"
    "<p>Caf&eacute; <b>owner</b>\n in Berlin</p><ul><li>Python</li><li>Go</li></ul><script>run()</script>"
    "<a href='mailto:robin@example.org'>Mail</a></body></html>"
)
SHOWN = "Robin Example\nCafé owner in Berlin\nPython\nGo\nMail (robin@example.org)"
MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>Robin=20Example, Z=C3=BCrich</p>\r\n--b--\r\n"
)


def text_of(body: str, **more: str | bytes) -> str:
    xml = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    found = read(io.BytesIO(files.raw_docx(xml, **more)), "docx")
    assert found.problem == ""
    return found.text


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def relations(**targets: str) -> str:
    """What a document refers to: addresses of the net, and parts of its own."""
    outside = {key: " TargetMode='External'" if ":" in target else "" for key, target in targets.items()}
    ties = "".join(
        f'<Relationship Id="{key}" Target="{target}"{outside[key]}/>' for key, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{ties}</Relationships>'


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("chunk.html", HTML, SHOWN),
        ("chunk.xhtml", f'<?xml version="1.0"?>{HTML}', SHOWN),
        ("chunk.html", "<meta charset='cp1251'><p>Иван</p>".encode("cp1251"), "Иван"),
        ("chunk.mht", MHT, "Robin Example, Zürich"),
        ("chunk.txt", "Robin Example", "Robin Example"),
        ("chunk.rtf", r"{\rtf1\ansi Robin Example\par}", "Robin Example"),
        ("chunk.docx", files.docx("Robin Example"), "Robin Example\nLeft cell\nRight cell"),
    ],
)
def test_documents_inside_a_document_are_read_where_they_stand(name, content, text) -> None:
    body = paragraph(run("Before")) + '<w:altChunk r:id="c"/>' + paragraph(run("After"))
    ties = relations(c=f"/word/{name}")
    assert text_of(body, **{RELATIONS: ties, f"word/{name}": content}) == f"Before\n{text}\nAfter"


def test_a_document_inside_a_document_inside_a_document_is_left() -> None:
    inner: str | bytes = "nobody sees the third"
    for _ in range(3):
        body = paragraph(run("level")) + '<w:altChunk r:id="c"/>'
        xml = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
        inner = files.raw_docx(xml, **{RELATIONS: relations(c="c.docx"), "word/c.docx": inner})
    assert read(io.BytesIO(inner), "docx").text == "level\nlevel"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("Jane Doe") + "<w:r><w:ptab w:alignment='right'/></w:r>" + run("Berlin"), "Jane Doe Berlin"),
        (run("Jane Doe") + "<w:r><w:tab/></w:r>" + run("Berlin"), "Jane Doe Berlin"),
        (run("Full") + "<w:r><w:noBreakHyphen/></w:r>" + run("Stack"), "Full-Stack"),
        (run("Data") + "<w:r><w:softHyphen/></w:r>" + run("base"), "Database"),
    ],
)
def test_tabs_and_hyphens(inside: str, text: str) -> None:
    assert text_of(paragraph(inside)) == text


def ruby(base: str, reading: str) -> str:
    return f"<w:r><w:ruby><w:rt>{run(reading)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"


def test_the_reading_of_a_name_stands_behind_it() -> None:
    inside = run("氏名: ") + ruby("山田", "やまだ") + ruby("太郎", "たろう") + run("、東京")
    assert text_of(paragraph(inside)) == "氏名: 山田太郎 (やまだたろう)、東京"
    apart = ruby("山田", "やまだ") + run(" ") + ruby("太郎", "たろう")
    assert text_of(paragraph(apart)) == "山田 太郎 (やまだ たろう)"


def test_a_sentence_that_was_moved_or_deleted_stands_where_it_is_now() -> None:
    moved = paragraph(f"<w:moveFrom>{run('Led a team.')}</w:moveFrom>{run('First.')}")
    now = paragraph(f"<w:moveTo>{run('Led a team.')}</w:moveTo>")
    gone = paragraph(
        f"<w:del><w:r><w:delText>No.</w:delText><w:tab/></w:r></w:del><w:ins>{run('Yes.')}</w:ins>"
    )
    assert text_of(moved + now + gone) == "First.\nLed a team.\nYes."


LINK = f'<w:hyperlink r:id="m">{run("E-mail")}</w:hyperlink>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "mailto:</w:instrText></w:r>'
    '<w:r><w:instrText>jane@doe.example"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    f'{run("E-mail")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SIMPLE = f"""<w:fldSimple w:instr='HYPERLINK "mailto:jane@doe.example"'>{run("E-mail")}</w:fldSimple>"""


@pytest.mark.parametrize("link", [LINK, FIELD, SIMPLE])
def test_addresses_behind_links_are_said_once(link: str) -> None:
    ties = {RELATIONS: relations(m="mailto:jane@doe.example?subject=x", w="https://example.org/")}
    assert text_of(paragraph(link + run(" here")), **ties) == "E-mail (jane@doe.example) here"
    assert text_of(paragraph(link) + paragraph(link), **ties) == "E-mail (jane@doe.example)\nE-mail"
    said = paragraph(link) + paragraph(run("Jane@Doe.example"))
    assert text_of(said, **ties) == "E-mail\nJane@Doe.example"
    web = f'<w:hyperlink r:id="w">{run("Blog")}</w:hyperlink>'
    assert text_of(paragraph(web), **ties) == "Blog"


A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
DGM = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'


def point(key: str, *words: str, kind: str = "node") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{each}</a:t></a:r></a:p>" for each in words)
    return f'<dgm:pt modelId="{key}" type="{kind}"><dgm:t>{lines}</dgm:t></dgm:pt>'


def tie(above: str, below: str, order: int) -> str:
    return f'<dgm:cxn srcId="{above}" destId="{below}" srcOrd="{order}" destOrd="0"/>'


def test_diagrams_are_read_in_the_order_of_their_tree() -> None:
    points = point("3", "Go") + point("0", kind="doc") + point("2", "Tools") + point("1", "Skills", "of mine")
    ties = tie("0", "2", 1) + tie("0", "1", 0) + tie("1", "3", 0)
    data = f"<dgm:dataModel {A} {DGM}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{ties}</dgm:cxnLst></dgm:dataModel>"
    drawing = f'<w:r><w:drawing><dgm:relIds {DGM} r:dm="d" r:lo="l"/></w:drawing></w:r>'
    body = paragraph(run("Before")) + paragraph(drawing) + paragraph(run("After"))
    more = {RELATIONS: relations(d="diagrams/data1.xml"), "word/diagrams/data1.xml": data}
    assert text_of(body, **more) == "Before\nSkills of mine\nGo\nTools\n\nAfter"


def test_charts_and_word_art_are_read() -> None:
    c = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    names = "".join(f"<c:pt><c:v>{name}</c:v></c:pt>" for name in ("Python", "Go", "Python"))
    cache = f"<c:cat><c:strRef><c:strCache>{names}</c:strCache></c:strRef></c:cat>"
    chart = f"<c:chartSpace {c} {A}><a:t>Skills</a:t>{cache}</c:chartSpace>"
    body = paragraph(f'<w:r><w:drawing><c:chart {c} r:id="d"/></w:drawing></w:r>') + paragraph(
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath string="Robin"/></v:shape>'
        f"</w:pict></w:r>{run('Example')}"
    )
    more = {RELATIONS: relations(d="charts/chart1.xml"), "word/charts/chart1.xml": chart}
    assert text_of(body, **more) == "Skills\nPython\nGo\n\nRobin\nExample"


def test_a_box_does_not_tear_the_words_that_it_hangs_on() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('Boxed'))}</w:txbxContent></w:pict></w:r>"
    assert text_of(paragraph(run("Robin Ex") + box + run("ample"))) == "Robin Example\nBoxed"


def test_a_part_that_is_missing_or_broken_costs_only_itself() -> None:
    drawing = f'<w:r><w:drawing><dgm:relIds {DGM} r:dm="d"/></w:drawing></w:r>'
    body = paragraph(drawing + run("Robin")) + '<w:altChunk r:id="gone"/>'
    more = {
        RELATIONS: relations(d="diagrams/data1.xml", gone="gone.html"),
        "word/diagrams/data1.xml": "<broken",
    }
    assert text_of(body, **more) == "Robin"
