"""Every write about organisations, their departments, locations and working calendars."""

from ats.organisation.actions.change_calendars import (
    CALENDAR,
    add_holiday,
    change_calendar,
    confirm_days,
    create_calendar,
    remove_holiday,
)
from ats.organisation.actions.change_departments import (
    add_department,
    change_department,
    leave_headless,
    remove_department,
)
from ats.organisation.actions.change_locations import LOCATION, add_location, change_location, remove_location
from ats.organisation.actions.change_organisation import (
    change_organisation,
    count_employees,
    create_organisation,
)
from ats.organisation.actions.write import MANAGE, M

__all__ = [
    "CALENDAR",
    "LOCATION",
    "MANAGE",
    "M",
    "add_department",
    "add_holiday",
    "add_location",
    "change_calendar",
    "change_department",
    "change_location",
    "change_organisation",
    "confirm_days",
    "count_employees",
    "create_calendar",
    "create_organisation",
    "leave_headless",
    "remove_department",
    "remove_holiday",
    "remove_location",
]
