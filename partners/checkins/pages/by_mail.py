"""The page behind the link in the mail about a check-in: to say that one comes, and later what came of it."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from ats.by_mail.domain.purposes import Done, Purpose, Shown
from ats.by_mail.models import MailKey
from ats.kernel.errors import NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from partners.checkins import actions, mails, queries
from partners.checkins.pages.forms import ConfirmForm, MetForm
from partners.partnerships.rules import sides_of


def show(key: MailKey, given: QueryDict | None, now: datetime) -> Shown:
    """Before its time the yes, with the agenda as far as it is written; after it what came of it."""
    page = queries.check_in_page(key.user, key.subject_id, now=now)
    check_in, role = page.check_in, page.check_in.partnership.requisition
    if not key.user.has_perm("partners.hold_check_in", check_in):
        raise NotAllowed(gettext("Somebody else has taken over your part."))
    if role.confidential:
        raise NotAllowed(gettext("This role is confidential by now: it opens with a sign-in alone."))
    if not page.ahead:
        raise WrongState(gettext("This check-in is over, or was cancelled."))
    over = check_in.scheduled_at <= now
    form: Form = MetForm(given, label_suffix="") if over else ConfirmForm(given)
    cannot = any(check_in.cannot(side) for side in sides_of(key.user, role))
    context: dict[str, Any] = {
        "page": page,
        "check_in": check_in,
        "role": role,
        "over": over,
        "cannot": cannot,
    }
    return Shown("partners/checkins/by_mail.html", form, role.organisation, context)


def act(key: MailKey, form: Form, now: datetime) -> Done:
    if isinstance(form, MetForm):
        written = form.cleaned_data["notes"]
        actions.hold(check_in_id=key.subject_id, by=key.user, now=now, notes=written or None)
        return Done(gettext("You have met. The next check-in is planned."))
    check_in = actions.confirm(check_in_id=key.subject_id, by=key.user, now=now)
    return Done(
        gettext("You will be there on %(when)s. Your partner sees it.")
        % {"when": mails.when(check_in, key.user)}
    )


PURPOSE = Purpose(name=mails.BY_MAIL, show=show, act=act)
