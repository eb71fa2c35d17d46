"""Reading plans and pools for their pages, with a fixed number of SQL queries each."""

from requisitions.interview_plan.queries.plan import (
    ROLE,
    VIEW,
    PlanPage,
    criteria_of,
    may_change,
    order_in,
    plan_page,
    planned_interview,
    pools_for,
    role_for,
    stages_for,
    team_of,
)
from requisitions.interview_plan.queries.pools import colleagues, organisations, pool, pools, templates

__all__ = [
    "ROLE",
    "VIEW",
    "PlanPage",
    "colleagues",
    "criteria_of",
    "may_change",
    "order_in",
    "organisations",
    "plan_page",
    "planned_interview",
    "pool",
    "pools",
    "pools_for",
    "role_for",
    "stages_for",
    "team_of",
    "templates",
]
