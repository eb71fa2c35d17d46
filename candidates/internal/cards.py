"""On the page of an application: from whom it is kept, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, panel
from candidates.internal import actions, queries
from candidates.internal.forms import DoubtForm, ManagerForm, StandInForm
from candidates.internal.models import KeptFrom


@dataclass(frozen=True)
class Kept:
    """One person from whom it is kept, with the choice of who stands in where they have a part in the role."""

    row: KeptFrom
    form: StandInForm | None


@panel
def kept_from(application: Application, user: User, now: datetime) -> Panel | None:
    """For who serves the candidate; the person from whom it is kept never comes to this page."""
    if not user.has_perm(actions.CHOOSE, application):
        return None
    rows = queries.kept_from(application) if application.may_be_kept else []
    wants_manager = queries.wants_manager(application, rows)
    if not rows and not wants_manager:
        return None
    context = {
        "application": application,
        "kept": [Kept(row, _form(application, row)) for row in rows],
        "manager_form": ManagerForm(auto_id="%s", label_suffix="") if wants_manager else None,
        **_doubts(application, rows, user),
    }
    return Panel("candidates/internal/panel.html", context)


def _doubts(application: Application, rows: Sequence[KeptFrom], user: User) -> dict[str, object]:
    """The way to say that they do not work here; once it was said, by whom, why, and for a lead the answer."""
    if not queries.may_be_doubted(application, rows):
        return dict.fromkeys(("doubt_form", "doubted_by"))
    by = next((row.doubted_by for row in rows if row.doubted_by is not None), None)
    if by is None:
        return {"doubt_form": DoubtForm(auto_id="%s", label_suffix=""), "doubted_by": None}
    return {
        "doubt_form": None,
        "doubted_by": by,
        "doubt": queries.reason_of_doubt(application),
        "may_settle": queries.may_settle_doubt(user, application, by),
    }


def _form(application: Application, row: KeptFrom) -> StandInForm | None:
    if row.user_id not in {application.requisition.hiring_manager_id, application.requisition.recruiter_id}:
        return None
    proposed = row.stand_in or queries.first_to_ask(application, row)
    initial = {"kept": row.pk, "stand_in": proposed.pk if proposed else None}
    return StandInForm(initial=initial, application=application, auto_id=f"%s_{row.pk}", label_suffix="")
