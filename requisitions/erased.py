"""What becomes of the package's tables when a candidate is erased: its own are about roles."""

from ats.kernel.erasing import Goes, declare
from requisitions.wording.models import Misreading

declare(goes=[Goes(model=Misreading, of="subject__candidate_id")])
