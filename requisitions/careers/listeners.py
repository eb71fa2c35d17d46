"""What the careers site shows is made anew when it changes."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from requisitions.careers.cache import forget

SHOWN = (
    "post.changed",
    "post.published",
    "post.closed",
    "requisition.changed",
    "requisition.opened",
    "requisition.held",
    "requisition.resumed",
    "requisition.ended",
    "pipeline.laid",
    "stage.added",
    "stage.renamed",
    "stage.changed",
    "stage.removed",
    "stage.ordered",
    "organisation.created",
    "organisation.changed",
    "department.renamed",
    "location.changed",
    "calendar.changed",
    "calendar.holiday_added",
    "calendar.holiday_removed",
    "user.profile_changed",
)


@subscribe(*SHOWN)
def make_anew(activity: Activity) -> None:
    forget()
