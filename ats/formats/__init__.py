"""How days are written in each language, beside what Django knows: by these names everywhere (`|date:"DAY"`)."""
