#!/usr/bin/env bash
# A candidate's Hebrew name comes out of a PDF with family and given name exchanged: hiring software reads such PDFs.
#
# The guess from memory: PDFium orders text by Unicode's rules, so a name in Hebrew or Arabic can be taken as it comes.
# Seen: within a line of Latin letters it turns each word round by itself, so that the two words of a name change
# places; and where one glyph stands for two Arabic letters, the two come in the wrong order, also in a line that is
# otherwise right ("خبرة" becomes "خربة", "سلام" "سالم"). pdftotext reads the same page rightly. Only where the letters
# stand on the page is true: sorted from the right, with a ligature's letters turned once more, the names are whole.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    fpdf2==2.8.9 uharfbuzz==0.57.0 pypdfium2==5.15.2 \
    fontpkg-heebo==3.100 fontpkg-ibm-plex-sans-arabic==1.101 fontpkg-fira-sans==4.203

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.resources import files

import pypdfium2
from fpdf import FPDF

LINES = ["Name: דוד כהן, Berlin", "خبرة في سلام"]

pdf = FPDF()
pdf.add_font("text", "", str(files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf"))
pdf.add_font("hebrew", "", str(files("fontpkg_heebo") / "files" / "Heebo[wght].ttf"))
pdf.add_font("arabic", "", str(files("fontpkg_ibm_plex_sans_arabic") / "files" / "IBMPlexSansArabic-Regular.ttf"))
pdf.set_fallback_fonts(["hebrew", "arabic"], exact_match=False)
pdf.set_text_shaping(True)
pdf.add_page()
for line in LINES:
    pdf.set_font("text", size=12)
    pdf.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
read = pypdfium2.PdfDocument(bytes(pdf.output()))[0].get_textpage().get_text_range().split("\r\n")
for line, found in zip(LINES, read):
    print("written:", line, "| read:", found)
as_seen = read == ["Name: כהן דוד, Berlin", "خربة يف سالم"]
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
