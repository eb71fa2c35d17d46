"""What the tests change: servers of their own, fast passwords, plain static files."""

import importlib
import os

import ats.settings

os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("MAIL_FROM", "Accord <hiring@example.org>")
if "PYTEST_VERSION" in os.environ:  # and not when a type checker looks at the settings
    from ats.embedded import testing

    testing.start()
    os.environ["REDIS_URL"] = testing.own_redis_database(os.environ["REDIS_URL"])

importlib.reload(ats.settings)  # the package was loaded before this file, and so before the servers ran

from ats.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
ALLOWED_HOSTS = ["*"]
DEMO = True
DEMO_CLOCK = False  # what one test has moved ahead, the next would find so
# What tests/laws/test_statements.py compares with what is kept; `make statements` writes it anew.
PERF_REC = {"MODE": os.environ.get("PERF_REC", "none")}
