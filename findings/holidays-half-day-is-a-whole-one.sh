#!/usr/bin/env bash
# A half day counts as a whole day off, or as one for everybody: hiring software promises answers by working days.
#
# The guess from memory: `holidays` with the category `half_day` says which days offices leave early. Seen: asked for
# together with `public`, a half day is in the same dictionary as any holiday, with nothing that tells them apart, so that
# `day in holidays` gives the whole day away; from when on it is off stands only in the translated name, or nowhere; and
# China's half days are those of women, the young and soldiers, not of offices.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109

"$work/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

import holidays

EVE = date(2026, 12, 24)
together = holidays.country_holidays("IS", years=2026, categories=("public", "half_day"), language="en_US")
greek = holidays.country_holidays("GR", years=2026, categories=("half_day",), language="en_US")
china = holidays.country_holidays("CN", years=2026, categories=("half_day",), language="en_US")
print("holidays", holidays.__version__)
print("Iceland:", EVE in together, together.is_working_day(EVE), together.get(EVE))
print("Greece: ", greek.get(EVE))
print("China:  ", ", ".join(china.values()))
as_seen = (
    EVE in together
    and not together.is_working_day(EVE)
    and together.get(EVE) == "Christmas Eve (from 1pm)"
    and greek.get(EVE) == "Christmas Eve"
    and "International Women's Day" in china.values()
    and "Army Day" in china.values()
)
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
