#!/usr/bin/env bash
# A sentence that a candidate struck out is in the text of their RTF, and their name is not: hiring software reads both.
#
# The guess from memory: striprtf gives the words that a person sees. Seen: what stands in the page's header (where word
# processors' templates put name, telephone and e-mail) is left out without a sign, text boxes and notes too, while
# words whose deletion was tracked ("{\deleted ...}") are there like all others.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check striprtf==0.0.35

"$work/venv/bin/python" - <<'PYTHON'
import sys

from striprtf.striprtf import rtf_to_text

RTF = (
    r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\header\pard Jane Doe, +49 30 901820\par}"
    r"\pard Led a team{\footnote \pard of nine}.\par{\deleted Dismissed in 2019.}"
    r"{\shp{\*\shpinst{\shptxt \pard Python, Go\par}}}\par}"
)
read = rtf_to_text(RTF).split()
print("read:", " ".join(read))
as_seen = read == "Led a team. Dismissed in 2019.".split()
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
