"""The settings page of promises: when one ends, and the words in which its candidate is told."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.mail import outbox, roles
from ats.mail.preview import shown
from ats.mail.render import render as render_mail
from ats.organisation.models import HiringOrganisation
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.promises import actions, queries
from candidates.promises.rules import APPROVE


@signed_in(APPROVE)
@require_safe
def promises(request: StaffRequest) -> HttpResponse:
    organisations = list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))
    chosen = number(request.GET.get("organisation", ""))
    organisation = next(
        (each for each in organisations if each.pk == chosen), organisations[0] if organisations else None
    )
    texts = queries.texts(organisation) if organisation else []
    role = roles.get(queries.ENDED)
    brand = outbox.brand_of(organisation)
    mails = [render_mail(role, text.words, role.placeholders, brand) for text in texts]
    context = {
        "organisations": organisations,
        "organisation": organisation,
        "texts": [(text, mail, shown(mail.html)) for text, mail in zip(texts, mails, strict=True)],
        "wanting": [text for text in texts if text.approved is None],
        "words_href": reverse("settings_template", args=[queries.ENDED]),
    }
    return render(request, "candidates/promises/settings.html", context)


@signed_in(APPROVE)
@require_POST
def approve(request: StaffRequest, organisation_id: int) -> HttpResponse:
    fresh = actions.approve_words(
        organisation_id=organisation_id,
        seen=request.POST.getlist("seen"),
        by=request.user,
        now=timezone.now(),
    )
    said = gettext("Approved. From now on candidates are told in these words.")
    toast_next(request, said if fresh else gettext("These words were approved already."))
    return redirect(f"{reverse('settings_promises')}?organisation={organisation_id}")
