"""Every part on one page, with made-up people: to look at, and for the tests to check."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ats.web.policy import public

SHELLS = {"staff": "shells/staff.html", "partner": "shells/partner.html"}


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Title of the role", help_text="As people search for it.")
    email = forms.EmailField(label="Where replies go", required=False)
    kind = forms.ChoiceField(label="Employment", choices=[("f", "Full time"), ("p", "Part time")])
    when = forms.DateField(label="Start", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    place = forms.ChoiceField(
        label="Where the work is done",
        widget=forms.RadioSelect,
        choices=[("o", "On site"), ("h", "Some days at home"), ("r", "Anywhere")],
    )
    file = forms.FileField(label="Document", help_text="PDF or DOCX, up to 10 MB.", required=False)
    why = forms.CharField(label="Why this role exists", widget=forms.Textarea(attrs={"rows": 3}))
    public = forms.BooleanField(label="Show it on the careers site", required=False)


class ExampleFilter(forms.Form):
    q = forms.CharField(label="Name or word", required=False)
    stage = forms.ChoiceField(
        label="Stage", choices=[("", "Every stage"), ("i", "Interview")], required=False
    )
    overdue = forms.BooleanField(label="Overdue only", required=False)


def _data(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    mia, hugo = SimpleNamespace(name="Mia Example"), SimpleNamespace(name="Hugo Sample")

    def promise(what: str, hours: float, **more: Any) -> SimpleNamespace:
        given = {"state": "open", "owner": mia, "side": "recruiter", "broken_before": 0} | more
        return SimpleNamespace(what=what, due_at=now + timedelta(hours=hours), **given)

    def entry(hours: float, icon: str, who: str, text: str, **more: str) -> SimpleNamespace:
        given = dict.fromkeys(("body", "status", "visibility", "href"), "") | more
        return SimpleNamespace(at=now - timedelta(hours=hours), icon=icon, who=who, text=text, **given)

    def somebody(name: str, act: str, owed: SimpleNamespace) -> tuple[SimpleNamespace, SimpleNamespace, str]:
        return SimpleNamespace(name=name), owed, act

    form = ExampleForm(request.GET if "wrong" in request.GET else None, initial={"place": "h"})
    waiting = {"owner": None, "side": "candidate"}
    manager = {"owner": hugo, "side": "manager"}
    letter = "Thank you. Thursday at ten suits me well.\n\nMay I bring a sample of my work?"
    return {
        "shell_template": SHELLS.get(request.GET.get("shell", ""), SHELLS["staff"]),
        "now": now,
        "form": form,
        "filter_form": ExampleFilter(),
        "page_obj": Paginator(range(200), 10).page(4),
        "people": [
            somebody("Ana Placeholder", "Answer", promise("First answer", -25)),
            somebody("Bo Testcase", "Decide", promise("Decision after the interview", 3)),
            somebody("Carla von der Vorlage", "Nudge", promise("Review by the manager", 50, **manager)),
            somebody("محمد مثال", "Look", promise("Answer about a date", 90, **waiting)),
        ],
        "promises": [
            promise("First answer", 60),
            promise("Decision", 4),
            promise("First answer", -25),
            promise("First answer", 30, broken_before=1),
            promise("Interview date", 80, **waiting),
            promise("Interview date", 70, owner=None, side="scheduling"),
            promise("Decision", -2, state="kept"),
            promise("Decision", 10, state="released"),
        ],
        "timeline": [
            entry(0.2, "message", "Ana Placeholder", "wrote a message", body=letter),
            entry(2, "move", "Mia Example", "moved to Interview"),
            entry(
                3,
                "note",
                "Mia Example",
                "wrote a note",
                body="Knows the field.",
                visibility="Recruiters only",
            ),
            entry(26, "mail", "Accord", "sent the acknowledgement", status="Delivered"),
            entry(27, "file", "Ana Placeholder", "applied with a résumé"),
        ],
        "tabs": [("Overview", "#", None, True), ("Candidates", "#", 42, False), ("Advert", "#", None, False)],
        "ours": {"kept": 14, "late": 3, "missed": 1},
        "theirs": {"kept": 9, "late": 4},
        "organisation": SimpleNamespace(
            name="Example Instruments", logo=None, colour="#2f5d50", website="https://example.com"
        ),
    }


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    template = "styleguide.html#sheet" if "sheet" in request.GET else "styleguide.html"
    return render(request, template, _data(request))


@public
def styleguide_candidate(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide_candidate.html", _data(request))
