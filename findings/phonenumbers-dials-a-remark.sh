#!/usr/bin/env bash
# "+49 30 901820 home" becomes the number of somebody else: hiring software calls candidates at what they typed.
#
# The guess from memory: phonenumbers parses a number and stops at, or refuses, what is no part of it. Seen: three or
# more letters behind the digits are read as the keys of a telephone, and the result is a valid number by the library's own
# word, so that nothing warns: "home" is dialled as 4663. Its matcher, made for texts, finds the number alone.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check phonenumbers==9.0.43

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher

TYPED = "+49 30 901820 home"
number = phonenumbers.parse(TYPED)
dialled = phonenumbers.format_number(number, PhoneNumberFormat.E164)
found = [phonenumbers.format_number(each.number, PhoneNumberFormat.E164) for each in PhoneNumberMatcher(TYPED, None)]
print("phonenumbers", version("phonenumbers"))
print("typed:  ", TYPED)
print("parsed: ", dialled, "valid" if phonenumbers.is_valid_number(number) else "not valid")
print("matched:", *found)
as_seen = dialled == "+49309018204663" and phonenumbers.is_valid_number(number) and found == ["+4930901820"]
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
