"""What a plan still lacks, in plain words."""

from ats.kernel.kept import quoted
from ats.kernel.staff_words import gettext
from requisitions.interview_plan.domain.coverage import Coverage
from requisitions.interview_plan.models import PlannedInterview


def hints(planned: list[PlannedInterview], coverage: Coverage) -> list[str]:
    """What is missing before it can be relied on; nothing is a good plan."""
    said = []
    if names := [row.name for row in coverage.unassessed]:
        said.append(gettext("Nobody assesses %(names)s.") % {"names": ", ".join(map(quoted, names))})
    if lacking := [row.name for row in planned if row.lacks_people]:
        said.append(
            gettext("Too few people are chosen for %(interviews)s.") % {"interviews": ", ".join(lacking)}
        )
    if silent := [row.name for row in planned if row.criteria.all() and not row.questions.all()]:
        said.append(gettext("No questions yet in %(interviews)s.") % {"interviews": ", ".join(silent)})
    if coverage.is_long:
        said.append(gettext("More than four hours are much to ask of somebody with a job."))
    return said
