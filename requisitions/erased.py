"""What becomes of the package's tables when a candidate is erased: its own are about roles."""

from ats.kernel.erasing import Goes, declare

declare(goes=[Goes(model="requisitions.Misreading", of="subject__candidate_id")])
