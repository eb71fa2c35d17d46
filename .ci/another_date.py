"""Prints the date on which the suite stands when it runs a second time: by turns, another one every day."""

from datetime import date

BY_TURNS = (
    "2028-02-29",  # a leap day
    "2027-11-24",  # a year on
    "2027-10-31T00:30",  # the night in which Europe's clocks go back, half an hour before
    "2026-11-28",  # a Saturday
    "2027-03-28T00:30",  # the night in which Europe's clocks go forward
    "2026-12-31",  # the last day of a year
    "2027-11-07T05:30",  # the night in which America's clocks go back
)

print(BY_TURNS[date.today().toordinal() % len(BY_TURNS)])  # noqa: DTZ011
