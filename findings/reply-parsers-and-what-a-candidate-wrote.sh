#!/bin/bash
# A candidate's answer by mail must be in the conversation whole, and alone: of the two libraries that take quoted text
# off a reply, email-reply-parser drops the candidate's own line where it begins with "From:" (the days on which they
# travel), and mail-parser-reply, asked for Spanish too, leaves Gmail's Spanish "El ... escribió:" with all that it
# quotes among their words, where it takes the same in German and French.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check email-reply-parser==0.5.12 mail-parser-reply==1.36
cat >"$work/try.py" <<'PY'
import sys

import email_reply_parser
import mailparser_reply

OWN = "Thursday suits me.\n\nFrom: Monday to Wednesday I travel.\n"
HEADS = {
    "German": "Am Di., 24. Nov. 2026 um 10:00 Uhr schrieb Hiring <hiring@example.com>:",
    "French": "Le mar. 24 nov. 2026 à 10:00, Hiring <hiring@example.com> a écrit :",
    "Spanish": "El mar, 24 nov 2026 a las 10:00, Hiring (<hiring@example.com>) escribió:",
}
reader = mailparser_reply.EmailReplyParser(languages=["en", "de", "fr", "es"])
lost = email_reply_parser.EmailReplyParser.parse_reply(OWN)
left = {name: reader.parse_reply(text=f"Yes.\n\n{head}\n\n> Thursday?\n") for name, head in HEADS.items()}
print("email-reply-parser, own words:", repr(lost))
for name, words in left.items():
    print(f"mail-parser-reply, {name}:", repr(words))
whole = {"German": "Yes.", "French": "Yes.", "Spanish": f"Yes.\n\n{HEADS['Spanish']}\n\n> Thursday?"}
sys.exit((lost, left) != ("Thursday suits me.", whole))
PY
"$work/venv/bin/python" "$work/try.py"
