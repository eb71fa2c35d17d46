#!/bin/bash
# A candidate's answer to an invitation must not depend on whose mail server read it: Microsoft 365 writes its
# Authentication-Results without the name of the server that RFC 8601 (2.2) puts first, and authres, which reads
# every other receiver's, refuses the whole header; a reader that catches this sees no finding at all, though the
# header says that the sender's domain stands for the message.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check authres==1.2.0
cat >"$work/try.py" <<'PY'
import sys

import authres

FOUND = "dmarc=pass action=none header.from=example.com"
NAMED = f"mx.example.org; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; {FOUND}"
NAMELESS = f"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=pass header.d=example.com;{FOUND}"


def findings(value):
    try:
        header = authres.all_features().parse(f"Authentication-Results: {value}")
    except authres.SyntaxError as problem:
        return f"refused: {str(problem).partition(' at: ')[0]}"
    return [(each.method, each.result) for each in header.results]


seen = findings(NAMED), findings(NAMELESS)
print("with a name:   ", seen[0])
print("without a name:", seen[1])
sys.exit(seen != ([("spf", "pass"), ("dmarc", "pass")], 'refused: Syntax error: Expected "none" or at least one resinfo'))
PY
"$work/venv/bin/python" "$work/try.py"
