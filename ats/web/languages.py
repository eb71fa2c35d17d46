"""In which language a page speaks: candidates' pages in theirs, colleagues' in theirs, programs in the house's own.

What a candidate chose is kept in a cookie until we know who they are, and with the candidate from then on. On the
careers site an address may name its language (`?lang=de`), for those who come from a search and for whom they tell. A
colleague's choice is in their profile; who chose none reads what their browser asks for, among `STAFF_LANGUAGES`.
Programs read the same words whatever `Accept-Language` they send.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ats.kernel.languages import in_language, known
from ats.web.policy import public

CANDIDATES = ("/careers/", "/status/", "/mail/unsubscribe/", "/first-months/", "/your-data/", "/privacy/")
"""Where candidates are, and who was hired; below these addresses a page is in the language of who reads it."""
MACHINES = frozenset({"/careers/sitemap.xml"})
PROGRAMS = ("/api/", "/brand/", "/calendar/feed/", "/healthz", "/mail/", "/readyz", "/robots.txt", "/static/")
"""What is read by programs, in one language for all of them."""
VARY = ("Accept-Language", "Cookie")
CAREERS, ASKED = "/careers/", "lang"
"""Where an address names the language that its page is to be in, and how."""


def is_for_candidates(path: str) -> bool:
    return path.startswith(CANDIDATES) and path not in MACHINES


def is_for_programs(path: str) -> bool:
    return path.startswith(PROGRAMS) or path in MACHINES


def asked_for(request: HttpRequest) -> str:
    """The language that the address itself names; empty for most."""
    if not request.path_info.startswith(CAREERS):
        return ""
    code = request.GET.get(ASKED, "")
    return code if code in known() else ""


def along(request: HttpRequest) -> str:
    """That language as the query of the next address, so that who follows a link goes on in it."""
    asked = asked_for(request)
    return f"?{ASKED}={asked}" if asked else ""


def of_colleagues() -> frozenset[str]:
    """The languages in which their pages are there, complete."""
    return frozenset(code for code, _ in settings.STAFF_LANGUAGES)


def of_colleague(request: HttpRequest) -> str:
    """What this colleague chose, else the first of their browser's languages in which their pages are there."""
    offered = of_colleagues()
    if offered == {settings.LANGUAGE_CODE} or is_for_programs(request.path_info):
        return settings.LANGUAGE_CODE
    chosen = getattr(getattr(request, "user", None), "language", "")
    if chosen in offered:
        return chosen
    for asked, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = asked.partition("-")[0]
        if code in offered:
            return code
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Every request begins in a language of its own: the thread may have spoken another one before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_candidates(request.path_info):
            return self._for_colleagues(request)
        # What the address says, or this visitor chose (the cookie), else the first of their browser's that we speak.
        with in_language(asked_for(request) or translation.get_language_from_request(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, VARY)
        return response

    def _for_colleagues(self, request: HttpRequest) -> HttpResponse:
        with in_language(of_colleague(request)):
            response = self.get_response(request)
            if len(settings.STAFF_LANGUAGES) > 1 and not is_for_programs(request.path_info):
                response.headers.setdefault("Content-Language", translation.get_language())
                patch_vary_headers(response, VARY)
        return response


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Keep the choice of somebody of whom we know nothing else."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _without_language(address: str) -> str:
    """What the address says of a language is over with another choice."""
    parts = urlsplit(address)
    rest = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != ASKED]
    return urlunsplit(parts._replace(query=urlencode(rest)))


@public
@csrf_exempt  # it stands on pages that are kept for everybody, and a language is nobody's secret
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Go on in another language, on the page that one comes from."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    response = redirect(_without_language(came_from) if safe else "careers")
    language = request.POST.get("language", "")
    return remember(response, language) if language in known() else response
