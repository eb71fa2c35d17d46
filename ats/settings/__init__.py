"""Settings: driven by the environment, the same for a laptop and for production.

README, Configuration, lists the variables. `ats/settings/test.py` overrides a few for the tests.
"""

import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ats import embedded
from ats.kernel.logs import leave_keys_out
from ats.settings import env, urls
from ats.settings.sign_in import *  # noqa: F403

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(env.text("VAR", str(ROOT / "var"))).resolve()

# --- The servers. What the environment does not name is looked for among the embedded ones of VAR.
EMBEDDED = embedded.service_urls(VAR)
PRODUCTION = env.flag("PRODUCTION", default=False)
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=EMBEDDED.get("DEMO") == "1")
DEMO_CLOCK = DEMO and not PRODUCTION  # it can be moved ahead (ats.kernel.clock)


def _server(name: str) -> str:
    url = env.text(name, EMBEDDED.get(name, ""))
    if not url and PRODUCTION:
        raise ImproperlyConfigured(f"Set {name} in the environment (see README, Configuration).")
    return url


DATABASE_URL = _server("DATABASE_URL") or "postgresql://accord@127.0.0.1:5432/accord"
REDIS_URL = _server("REDIS_URL") or "redis://127.0.0.1:6379/0"
EMAIL_URL = _server("EMAIL_URL") or "smtp://127.0.0.1:2525"

# --- Identity and addresses
try:
    SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else embedded.secret_key(VAR))
except OSError as _problem:
    raise ImproperlyConfigured(f"{VAR} cannot be used: {_problem.strerror}.") from _problem
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", embedded.older_keys(VAR))
BASE_URL = env.text("BASE_URL", "" if PRODUCTION else EMBEDDED.get("BASE_URL", "http://localhost:8000"))
for _name, _value in (("SECRET_KEY", SECRET_KEY), ("BASE_URL", BASE_URL)):
    if not _value:
        raise ImproperlyConfigured(f"Set {_name} in the environment (see README, Configuration).")
BASE_URL = BASE_URL.rstrip("/")
_HTTPS = BASE_URL.startswith("https://")
_HOST = re.sub(r"^https?://|:\d+$", "", BASE_URL)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", _HOST if PRODUCTION else f"{_HOST},127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- The house
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "pgtrigger",
    "rest_framework",
    "rules",
    "template_partials",
    "ats",
    "requisitions",
    "candidates",
    "partners",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # static files and probes have a policy too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ats.web.middleware.RequestMiddleware",
    "ats.web.compress.CompressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ats.accounts.middleware.ViewerMiddleware",
    "ats.web.languages.LanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ats.web.repeating.RepeatMiddleware",
]

ROOT_URLCONF = "ats.urls"
WSGI_APPLICATION = "ats.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            # Compiled for each language (ats/web/loader.py), and with the parts of a file by name (`page.html#part`).
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "ats.web.loader.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ats.web.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "ats.templatetags.folded",
                "template_partials.templatetags.partials",
                "ats.templatetags.accord",
                "ats.templatetags.tongues",
            ],
        },
    },
]

FORM_RENDERER = "ats.web.forms.FormRenderer"

# --- Data
DATABASES = {
    "default": urls.database(DATABASE_URL)
    | {
        "CONN_MAX_AGE": env.number("CONN_MAX_AGE", 3600),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
CACHES = {
    "default": {
        "BACKEND": "ats.kernel.cache.Cache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "accord",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR / "files")))
# The list of whose data were erased (docs/erasure.md): kept apart from the database and its backups.
ERASURES = Path(env.text("ERASURES", str(VAR / "erasures.jsonl")))
STORAGES = {
    # Candidates' files: never served by address, always through a view that asks for permission.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "ats.web.staticfiles.Storage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# A virus scanner for what candidates hand in; and what becomes of originals that would do more than be read.
CLAMD = urls.clamd(env.text("CLAMD_URL", ""))
RISKY_FILES = env.choice("RISKY_FILES", ("ask", "refuse"))
# Words on pictures of pages: the folder of Tesseract's languages, and which of them (documents/recognising.py).
OCR_DATA = env.text("OCR_DATA", "")
OCR_LANGUAGES = env.words("OCR_LANGUAGES")
# With less room than this on the disks of VAR and MEDIA_ROOT, /readyz says that we are not ready.
READY_FREE_MB = env.number("READY_FREE_MB", 100)

# --- Static files: ours, and the packages of package.json (never copied into the repository)
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR / "static")))
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ats.web.staticfiles.PackageFinder",
]

# --- People and sign-in: what depends on the place; the rest is in ats/settings/sign_in.py
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _HTTPS else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

# --- Language and time
LANGUAGE_CODE = "en"
# Those of candidates, each called as its readers call it. Texts are in ats/locale (CONTRIBUTING, Languages), forms of
# days and numbers in ats/formats.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
# Those of colleagues' pages, whose texts are in the `staff_locale` of each package.
STAFF_LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [
    ROOT / "ats" / "locale",
    *(ROOT / package / "staff_locale" for package in ("ats", "requisitions", "candidates", "partners")),
]
FORMAT_MODULE_PATH = "ats.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Mail: everything goes through the outbox (ats/mail); this is how the outbox reaches a server
EMAIL_BACKEND = "ats.mail.backend.OutboxBackend"
vars().update(urls.email(EMAIL_URL))
EMAIL_IS_CATCHER = EMBEDDED.get("EMAIL_URL") == EMAIL_URL  # ours, which keeps everything and sends none on
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20)
# For the one answer after a message's end, which may take ten minutes (RFC 5321, 4.5.3.2.6).
EMAIL_ANSWER_TIMEOUT = env.number("EMAIL_ANSWER_TIMEOUT", 600)
# A machine of one's own has no name that mail could come from; nobody else has these.
_MAIL_HOST = _HOST if re.search(r"\.[a-z]", _HOST) else "demo.test" if DEMO else "localhost.localdomain"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"Accord <hiring@{_MAIL_HOST}>")
MAIL_DOMAIN = env.text("MAIL_DOMAIN", DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">"))
INBOUND = urls.inbound(env.text("INBOUND_URL", ""))
# The name under which the server of that mailbox writes its own findings (`Authentication-Results`).
INBOUND_AUTHSERV_ID = env.text("INBOUND_AUTHSERV_ID", "")
# Where all that comes in arrives, and where answers go with a tag behind this sign (RFC 5233; without a sign, as it
# is): the mailbox's own address. Of what a provider's calls bring in nobody knows it who is not told; empty: nothing
# comes in.
INBOUND_ADDRESS = env.text(
    "INBOUND_ADDRESS",
    INBOUND["user"]
    if "@" in INBOUND.get("user", "")
    else parseaddr(DEFAULT_FROM_EMAIL)[1]
    if INBOUND
    else "",
)
INBOUND_SUBADDRESS = env.text("INBOUND_SUBADDRESS", "+")
# What is larger is kept with its beginning alone: three files as large as they may be, in Base64, with room to spare.
INBOUND_MAX_BYTES = env.number("INBOUND_MAX_MB", 45) * 1024 * 1024
# What providers of mail call us with: the secret in the address, and what each signs with.
ANYMAIL = {
    "WEBHOOK_SECRET": env.text("MAIL_HOOKS_SECRET", ""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.text("MAILGUN_SIGNING_KEY", ""),
    "MAILERSEND_SIGNING_SECRET": env.text("MAILERSEND_SIGNING_SECRET", ""),
    "MAILERSEND_INBOUND_SECRET": env.text("MAILERSEND_INBOUND_SECRET", ""),
}
DKIM_KEY = env.text("DKIM_KEY", "")  # PEM of an RSA key; DKIM_KEY_FILE names a file that holds it
DKIM_SELECTOR = env.text("DKIM_SELECTOR", "accord")
MAIL_DECISION_COOL_OFF_MINUTES = env.number("MAIL_DECISION_COOL_OFF_MINUTES", 15)
# TrueType files of this machine for scripts that the letters' own fonts do not have, such as Chinese.
OFFER_LETTER_FONTS = env.words("OFFER_LETTER_FONTS")

# --- Work in the background: the rows are the truth, the broker only hurries
CELERY_BROKER_URL = urls.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_CONCURRENCY = env.number("WORKER_CONCURRENCY", 2)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1200,
    # A request must not hang on a broker that is gone.
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "run" / "beat-schedule")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "ats.duework.tick", "schedule": 60.0, "options": {"expires": 55}}}

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ats.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["ats.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "ats.api.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "ats.api.pagination.CursorPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "ats.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "ats.api.errors.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["ats.api.throttling.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.text("API_RATE", "600/min")},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Accord API",
    "DESCRIPTION": "The applicant tracking system's data and actions, under the same rules as its pages.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "AUTHENTICATION_WHITELIST": ["ats.api.authentication.TokenAuthentication"],
    "ENUM_NAME_OVERRIDES": {
        "SideEnum": "requisitions.pipeline.models.Side",
        "StageKindEnum": "requisitions.pipeline.models.StageKind",
        "CriterionKindEnum": "requisitions.roles.models.CriterionKind",
        "QuestionKindEnum": "requisitions.posts.models.QuestionKind",
        "RequisitionStateEnum": "requisitions.roles.models.RequisitionState",
        "OpeningStateEnum": "requisitions.roles.models.OpeningState",
        "PostStateEnum": "requisitions.posts.models.PostState",
        "ApplicationStateEnum": "candidates.applications.models.ApplicationState",
        "PromiseStateEnum": "candidates.promises.models.PromiseState",
        "RatingEnum": "candidates.scorecards.models.Rating",
        "ScorecardStateEnum": "candidates.scorecards.models.ScorecardState",
        "ReplyEnum": "candidates.interviews.models.Reply",
        "ConsentWhereEnum": "candidates.consents.models.Where",
        "IncomingKindEnum": "ats.mail.incoming.Kind",
        "RespectEnum": "candidates.surveys.models.Change",
        "WouldEnum": "candidates.surveys.models.Would",
    },
}

# --- How often the public forms may be sent: by one caller, and with one e-mail address
APPLY_RATE = env.text("APPLY_RATE", "60/10 minutes")
APPLY_ADDRESS_RATE = "6/hour"
STATUS_LINK_RATE = env.text("STATUS_LINK_RATE", "20/10 minutes")
STATUS_LINK_ADDRESS_RATE = "3/10 minutes"
SMS_CODE_RATE = env.text("SMS_CODE_RATE", "20/hour")
SURVEY_RATE = env.text("SURVEY_RATE", "60/10 minutes")
SURVEY_LINK_RATE = "10/10 minutes"
COMPLAINT_RATE = env.text("COMPLAINT_RATE", "20/hour")
COMPLAINT_ADDRESS_RATE = "4/hour"

# --- Addresses that are not public ones and yet may be read for calendars: none. The tests name their own.
CALENDAR_ALLOWED_ADDRESSES: frozenset[str] = frozenset()
# --- The same of rooms of a team's chat.
CHAT_ALLOWED_ADDRESSES: frozenset[str] = frozenset()

# --- Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TRUST_PROXY", default=False) else None
)
TRUST_PROXY = SECURE_PROXY_SSL_HEADER is not None
SECURE_SSL_REDIRECT = _HTTPS and env.flag("SSL_REDIRECT", default=True)
# A program that calls the API without https is told so, and not led on: its token went over the line.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^api/v1/"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Two systems on one machine, on two ports, must not sign each other out.
_COOKIE = "__Host-accord" if _HTTPS else f"accord-{urlsplit(BASE_URL).port or 80}"
SESSION_COOKIE_NAME = f"{_COOKIE}-session"
CSRF_COOKIE_NAME = f"{_COOKIE}-csrf"
DEVICE_COOKIE_NAME = f"{_COOKIE}-device"  # known from an earlier sign-in (ats/accounts/domain/devices.py)
MESSAGE_COOKIE_NAME = f"{_COOKIE}-messages"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = _HTTPS
MESSAGE_STORAGE = "ats.web.toasts.Storage"
CSRF_FAILURE_VIEW = "ats.web.error_pages.csrf_failure"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# The bench asks for the number of queries of each request (`Server-Timing`).
COUNT_QUERIES = env.flag("COUNT_QUERIES", default=False)

leave_keys_out()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "ats.kernel.logs.Utc", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # Two lines for every hint to hurry would bury what matters.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.request": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "pypdf": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
