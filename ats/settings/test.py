"""What the tests change: fast passwords, no rate limits by the clock of the machine, plain static files."""

import os

os.environ.setdefault("BASE_URL", "http://testserver")

from ats.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
ALLOWED_HOSTS = ["*"]
DEMO = True
