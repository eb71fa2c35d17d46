"""Where what matters to somebody changes, marks follow its words."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.matters import actions


@subscribe("application.matters_noted")
def words_changed(activity: Activity) -> None:
    application: Application = activity.subject
    actions.let_go(application)
