"""Prints the date on which the suite stands when it runs a second time: by turns, another one every day."""

from datetime import date

BY_TURNS = (
    "2028-02-29",  # a leap day
    "2027-11-24",  # a year on
    "2026-12-31",  # the last day of a year
    "2027-03-28T00:30",  # the night in which Europe's clocks go forward, half an hour before
    "2027-10-31T00:30",  # the night in which they go back
    "2027-10-30",  # a Saturday
)

print(BY_TURNS[date.today().toordinal() % len(BY_TURNS)])  # noqa: DTZ011
