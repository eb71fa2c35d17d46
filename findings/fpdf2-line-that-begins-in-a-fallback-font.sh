#!/usr/bin/env bash
# An offer letter to somebody with an Arabic or Hebrew name bears a date of nonsense: hiring software sends such letters.
#
# The guess from memory: with fallback fonts and text shaping, fpdf2 draws each letter in a font that has it, and what
# comes after it in the font that was set. Seen: where the first line after set_font() begins in a fallback font,
# the page's own font is set inside that line's "q ... Q" and is gone after it, while fpdf2 believes it is set.
# The next line is drawn with the codes of one font's subset in another font, the one of the heading before: other
# letters, no error, no warning. Only reading the text back out of the file (or looking at it) shows it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    fpdf2==2.8.9 uharfbuzz==0.57.0 pypdfium2==5.15.2 \
    fontpkg-fira-sans==4.203 fontpkg-ibm-plex-sans-arabic==1.101

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version
from importlib.resources import files

import pypdfium2
from fpdf import FPDF

FIRA = files("fontpkg_fira_sans") / "files"
PLEX = files("fontpkg_ibm_plex_sans_arabic") / "files"


def letter(name):
    pdf = FPDF()
    pdf.add_font("text", "", str(FIRA / "FiraSans-Regular.ttf"))
    pdf.add_font("text", "B", str(FIRA / "FiraSans-SemiBold.ttf"))
    pdf.add_font("arabic", "", str(PLEX / "IBMPlexSansArabic-Regular.ttf"))
    pdf.set_fallback_fonts(["arabic"], exact_match=False)
    pdf.set_text_shaping(True)
    pdf.add_page()
    lines = [("B", "Example Company"), ("", name), ("", "28 November 2026"), ("B", "Our offer"), ("", "Dear you,")]
    for style, text in lines:
        pdf.set_font("text", style, 15 if style else 11)
        pdf.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT", align="L")
    page = pypdfium2.PdfDocument(bytes(pdf.output()))[0]
    return page.get_textpage().get_text_range().split("\r\n")


print("fpdf2", version("fpdf2"), "| uharfbuzz", version("uharfbuzz"), "| pypdfium2", version("pypdfium2"))
latin, arabic = letter("Robin Example"), letter("ليلى حداد")
print("under a Latin name: ", latin[2])
print("under an Arabic one:", arabic[2])
print("after the next bold:", arabic[4])
as_seen = latin[2] == "28 November 2026" != arabic[2] and arabic[4] == "Dear you,"
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
