"""What the record says of organisations and their calendars."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="organisation.created", text="added the organisation {name}", icon="building"),
        Verb(name="organisation.changed", text="changed {name} ({fields})", icon="edit"),
        Verb(name="department.added", text="added the department {name}", icon="plus"),
        Verb(name="department.renamed", text="renamed the department {before} to {name}", icon="edit"),
        Verb(name="department.headed", text="named {head} as head of {name}", icon="user"),
        Verb(name="department.headless", text="took the head of {name} away: nobody is named", icon="user"),
        Verb(name="department.removed", text="removed the department {name}", icon="trash"),
        Verb(name="location.added", text="added the location {name}", icon="pin"),
        Verb(name="location.changed", text="changed the location {name} ({fields})", icon="edit"),
        Verb(name="location.removed", text="removed the location {name}", icon="trash"),
        Verb(name="calendar.created", text="added the working calendar {name}", icon="calendar"),
        Verb(name="calendar.changed", text="changed the working calendar {name} ({fields})", icon="edit"),
        Verb(name="calendar.holiday_added", text="added {day} to the days of its own ({name})", icon="plus"),
        Verb(
            name="calendar.holiday_removed",
            text="removed {day} from the days of its own ({name})",
            icon="trash",
        ),
        Verb(
            name="calendar.days_confirmed",
            text="confirmed the {count} days off of {name} in {year}",
            icon="check",
        ),
    ]
)
