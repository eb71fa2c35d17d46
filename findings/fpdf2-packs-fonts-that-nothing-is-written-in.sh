#!/usr/bin/env bash
# A letter in English carries Arabic and Hebrew fonts, and is drawn in twice the time: offers are PDFs, sent by mail.
#
# The guess from memory: a font that is added to an fpdf2 document and used by no letter costs nothing, as its glyphs are
# taken by need. Seen: every added font is read whole, cut down and packed into the file, also one that is only there
# for letters that another font lacks (`set_fallback_fonts`) where no letter lacks it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check fpdf2==2.8.9 fontpkg-fira-sans==4.203 fontpkg-heebo==3.100

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.resources import files

import fpdf

OWN = str(files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf")
OTHER = str(files("fontpkg_heebo") / "files" / "Heebo[wght].ttf")


def letter(*others: str) -> bytes:
    pdf = fpdf.FPDF()
    pdf.add_font("own", "", OWN)
    for name in others:
        pdf.add_font("other", "", name)
        pdf.set_fallback_fonts(["other"])
    pdf.add_page()
    pdf.set_font("own", size=11)
    pdf.cell(text="Dear Robin")
    return bytes(pdf.output())


alone, with_other = letter(), letter(OTHER)
print("fpdf2", fpdf.__version__, "bytes:", len(alone), "alone,", len(with_other), "with a font that writes nothing")
as_seen = b"Heebo" not in alone and b"Heebo" in with_other
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
