"""gunicorn's configuration, the same for `make run`, the Procfile and the container.

`gunicorn -c python:ats.webserver ats.wsgi`; HOST, PORT, WEB_WORKERS and WEB_THREADS come from the
environment, and GUNICORN_CMD_ARGS can say anything else (`--access-logfile -`).
"""

import contextlib
import ctypes
import gc
import os

from ats.embedded.sockets import addresses

_port = os.environ.get("PORT", "8000")
bind = [
    f"[{address}]:{_port}" if ":" in address else f"{address}:{_port}"
    for address in addresses(os.environ.get("HOST", "localhost"))
]
worker_class = "ats.webworker.GatheringWorker"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loads the application once and shares its memory; no connection is open before the workers fork.
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
# A request makes many small things that live as long as it does: to look through all of them for circles, and
# through the whole application with them, every 700 of them is most of what reading a page's rows costs.
_collect_every = 5_000
# A worker starts afresh now and then, not all at once: a slow leak in a library never adds up.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file on a slow disk would stop a worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
control_socket_disable = True


def _give_back() -> None:
    """Memory that a large page took goes back when it is sent, and threads share what they take it from."""
    with contextlib.suppress(AttributeError):  # a C library that has no such dials
        mallopt = ctypes.CDLL(None).mallopt
        for dial, value in ((ARENAS, 1), (MAPPED_FROM, 64 * 1024), (TRIMMED_FROM, 64 * 1024)):
            mallopt(dial, value)


ARENAS, MAPPED_FROM, TRIMMED_FROM = -8, -3, -1
"""glibc's M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD."""


def on_starting(server: object) -> None:
    """Older code on newer tables says so once, instead of failing page by page; and a demo is not for production."""
    _give_back()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")
    django.setup()
    from ats import published, tables

    tables.refuse_newer()
    published.refuse()
    tables.tell_of_letters()


def when_ready(server: object) -> None:
    """Loads before the fork what each worker would load for itself with its first pages."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse

    from ats.kernel.languages import in_language

    reverse("account_login")  # every address and its view
    templates = settings.ROOT / "templates"
    with in_language(settings.LANGUAGE_CODE):  # the others as somebody reads them
        for path in sorted(templates.rglob("*.html")):
            get_template(str(path.relative_to(templates)))
    gc.collect()


def post_fork(server: object, worker: object) -> None:
    """What was loaded before the fork stays: it is not looked through for garbage, and its pages stay shared."""
    gc.freeze()
    gc.set_threshold(_collect_every, 20, 20)
