"""Days in Spanish."""

DAY = r"l, j \d\e F"  # Thursday 26 November
DAY_AND_YEAR = r"l, j \d\e F \d\e Y"  # the same with its year
LONG_DATE = r"j \d\e F \d\e Y"  # 26 November 2026
MONTH_DAY = r"j \d\e F"  # 26 November
SHORT_DAY = "j M"  # 26 Nov
SHORT_DATE = "j M Y"  # 26 Nov 2026
WEEKDAY = "D j M"  # Thu 26 Nov
WEEKDAY_TIME = "D j M, H:i"  # Thu 26 Nov, 14:00
LONG_DATE_TIME = "j F Y, H:i"  # 26 November 2026, 14:00
MONTH_DAY_TIME = r"j \d\e F, H:i"  # 26 November, 14:00
