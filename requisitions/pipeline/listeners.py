"""A new requisition has a pipeline from its first moment."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from requisitions.pipeline.actions import lay
from requisitions.roles.models import Requisition


@subscribe("requisition.created")
def lay_the_default(activity: Activity) -> None:
    lay(Requisition.objects.get(pk=activity.subject_id), template=None)
