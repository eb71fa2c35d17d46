"""What the record says of organisations and their calendars."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="organisation.created", text=gettext_noop("added the organisation {name}"), icon="building"
        ),
        Verb(name="organisation.changed", text=gettext_noop("changed {name} ({fields})"), icon="edit"),
        Verb(name="department.added", text=gettext_noop("added the department {name}"), icon="plus"),
        Verb(
            name="department.renamed",
            text=gettext_noop("renamed the department {before} to {name}"),
            icon="edit",
        ),
        Verb(name="department.headed", text=gettext_noop("named {head} as head of {name}"), icon="user"),
        Verb(
            name="department.headless",
            text=gettext_noop("took the head of {name} away: nobody is named"),
            icon="user",
        ),
        Verb(name="department.removed", text=gettext_noop("removed the department {name}"), icon="trash"),
        Verb(name="location.added", text=gettext_noop("added the location {name}"), icon="pin"),
        Verb(
            name="location.changed", text=gettext_noop("changed the location {name} ({fields})"), icon="edit"
        ),
        Verb(name="location.removed", text=gettext_noop("removed the location {name}"), icon="trash"),
        Verb(
            name="calendar.created", text=gettext_noop("added the working calendar {name}"), icon="calendar"
        ),
        Verb(
            name="calendar.changed",
            text=gettext_noop("changed the working calendar {name} ({fields})"),
            icon="edit",
        ),
        Verb(
            name="calendar.holiday_added",
            text=gettext_noop("added {day} to the days of its own ({name})"),
            icon="plus",
        ),
        Verb(
            name="calendar.holiday_removed",
            text=gettext_noop("removed {day} from the days of its own ({name})"),
            icon="trash",
        ),
        Verb(
            name="calendar.days_confirmed",
            text=gettext_noop("confirmed the {count} days off of {name} in {year}"),
            icon="check",
        ),
    ]
)
