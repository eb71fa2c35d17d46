#!/usr/bin/env bash
# A short cover letter in Shift-JIS becomes Korean, and "Müller" Arabic: hiring software reads what people's editors write.
#
# The guess from memory: charset-normalizer or chardet, the two that everybody has, know the usual charsets. Seen: on
# a line or two, charset-normalizer takes Japanese for Korean, Hebrew for Cyrillic and Western Europe's letters for
# anything; chardet is better and takes EUC-JP for Korean and Turkish for Cyrillic. Firefox's detector (chardetng) has
# all of these right. None of the three knows a Mac's letters: "Müller" as a Mac wrote it has to be found by what
# makes sense, a capital within a word makes none ("MŸller").
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    chardet==7.7.0 charset-normalizer==3.5.3 chardetng-py==0.3.5

"$work/venv/bin/python" - <<'PYTHON'
import sys

import chardet
import chardetng_py
from charset_normalizer import from_bytes

TEXTS = [
    ("cp932", "山田太郎 履歴書"),
    ("euc-jp", "山田太郎 履歴書"),
    ("cp1255", "קורות חיים: דוד כהן"),
    ("cp1254", "Özgeçmiş: İbrahim Şahin, mühendis"),
    ("cp1252", "Robin Müller"),
    ("mac_roman", "Robin Müller"),
]


def normalizer(content):
    best = from_bytes(content).best()
    return best.encoding if best else None


READERS = {
    "charset-normalizer": normalizer,
    "chardet": lambda content: chardet.detect(content)["encoding"],
    "chardetng": chardetng_py.detect,
}
right = dict.fromkeys(READERS, "")
for name, reader in READERS.items():
    for charset, text in TEXTS:
        content = text.encode(charset)
        read = content.decode(reader(content) or "ascii", "replace")
        right[name] += "x" if read == text else "."
        print(f"{name:20} {charset:10} {read}")
print(right)
as_seen = right == {"charset-normalizer": "......", "chardet": "x.x.x.", "chardetng": "xxxxx."}
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
