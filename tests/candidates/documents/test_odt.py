"""What a person sees in an ODT is in its text: once, in order, in whole words."""

import io

from candidates.documents.reading import read
from tests.candidates.documents import files
from tests.candidates.documents.files import ODF

MORE = (
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def text_of(body: str, **more: str) -> str:
    inside = f"<office:body><office:text>{body}</office:text></office:body>"
    xml = f"<office:document-content {ODF} {MORE}>{inside}</office:document-content>"
    found = read(io.BytesIO(files.odt(xml, **more)), "odt")
    assert found.problem == ""
    return found.text


def styles(*pages: str) -> str:
    masters = "".join(f"<style:master-page>{page}</style:master-page>" for page in pages)
    inside = f"<office:master-styles>{masters}</office:master-styles>"
    return f"<office:document-styles {ODF} {MORE}>{inside}</office:document-styles>"


def test_the_header_comes_first_and_the_footer_last_and_each_once() -> None:
    header = "<style:header><text:p>Jane Doe, +49 30 901820, jane@doe.example</text:p></style:header>"
    unseen = '<style:header-left style:display="false"><text:p>left</text:p></style:header-left>'
    footer = "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
    pages = styles(header + unseen + footer, header)
    body = "<text:h>Skills</text:h><text:p>Python</text:p>"
    text = "Jane Doe, +49 30 901820, jane@doe.example\n\nSkills\nPython\n\nPage 1"
    assert text_of(body, **{"styles.xml": pages}) == text
    assert text_of(body, **{"styles.xml": "<broken"}) == "Skills\nPython"


def test_notes_stand_at_the_end_and_tear_no_word() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>With honours.</text:p></text:note-body></text:note>"
    )
    assert text_of(f"<text:p>Degree{note}, Berlin</text:p><text:p>End</text:p>") == (
        "Degree, Berlin\nEnd\n\nWith honours."
    )


def test_boxes_and_pictures_tear_no_word() -> None:
    box = "<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
    picture = (
        "<draw:frame><draw:image/><svg:title>a title</svg:title><svg:desc>a face</svg:desc></draw:frame>"
    )
    assert text_of(f"<text:p>Robin Ex{box}{picture}ample</text:p>") == "Robin Example\nBoxed"
    assert text_of(f"<text:p>{box}Robin</text:p>") == "Boxed\nRobin"


def test_readings_and_addresses_are_said() -> None:
    ruby = (
        "<text:ruby><text:ruby-base>{}</text:ruby-base><text:ruby-text>{}</text:ruby-text></text:ruby>".format
    )
    name = ruby("山田", "やまだ") + ruby("<text:span>太郎</text:span>", "たろう")
    link = '<text:a xlink:href="mailto:jane@doe.example"><text:span>E-mail</text:span></text:a>'
    assert text_of(f"<text:p>{name}、東京</text:p><text:p>{link} here</text:p>") == (
        "山田太郎 (やまだたろう)、東京\nE-mail (jane@doe.example) here"
    )


def test_what_was_deleted_and_what_somebody_remarked_is_not_there() -> None:
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    remark = "<office:annotation><text:p>a remark</text:p></office:annotation>"
    assert text_of(f"{tracked}<text:p>Robin <text:change/>{remark}Example</text:p>") == "Robin Example"
