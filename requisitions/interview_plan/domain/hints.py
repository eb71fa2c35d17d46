"""What a plan still lacks, in plain words."""

from requisitions.interview_plan.domain.coverage import Coverage
from requisitions.interview_plan.models import PlannedInterview


def hints(planned: list[PlannedInterview], coverage: Coverage) -> list[str]:
    """What is missing before it can be relied on; nothing is a good plan."""
    said = []
    if names := [row.name for row in coverage.unassessed]:
        said.append(f"Nobody assesses {', '.join(f'“{name}”' for name in names)}.")
    if lacking := [row.name for row in planned if row.lacks_people]:
        said.append(f"Too few people are chosen for {', '.join(lacking)}.")
    if silent := [row.name for row in planned if row.criteria.all() and not row.questions.all()]:
        said.append(f"No questions yet in {', '.join(silent)}.")
    if coverage.is_long:
        said.append("More than four hours are much to ask of somebody with a job.")
    return said
