"""Every write to plans, their kits and templates, and to pools of interviewers."""

from requisitions.interview_plan.actions.change_pools import (
    add_pool,
    remove_member,
    remove_pool,
    rename_pool,
    set_member,
)
from requisitions.interview_plan.actions.plan import (
    add_interview,
    agree_scorecard_hours,
    change_interview,
    order_interviews,
    plan_again,
    retire_interview,
)
from requisitions.interview_plan.actions.use_template import remove_template, save_template, use_template
from requisitions.interview_plan.actions.write_kit import Line, assess, set_kit, stop_assessing

__all__ = [
    "Line",
    "add_interview",
    "add_pool",
    "agree_scorecard_hours",
    "assess",
    "change_interview",
    "order_interviews",
    "plan_again",
    "remove_member",
    "remove_pool",
    "remove_template",
    "rename_pool",
    "retire_interview",
    "save_template",
    "set_kit",
    "set_member",
    "stop_assessing",
    "use_template",
]
