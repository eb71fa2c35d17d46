"""Days in German."""

DAY = "l, j. F"  # Thursday 26 November
DAY_AND_YEAR = "l, j. F Y"  # the same with its year
LONG_DATE = "j. F Y"  # 26 November 2026
MONTH_DAY = "j. F"  # 26 November
SHORT_DAY = "j. M"  # 26 Nov
SHORT_DATE = "j. M Y"  # 26 Nov 2026
WEEKDAY = "D, j. M"  # Thu 26 Nov
WEEKDAY_TIME = "D, j. M, H:i"  # Thu 26 Nov, 14:00
LONG_DATE_TIME = "j. F Y, H:i"  # 26 November 2026, 14:00
MONTH_DAY_TIME = "j. F, H:i"  # 26 November, 14:00
