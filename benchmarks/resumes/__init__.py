"""Résumés of people who do not exist, as files of many makes, with the truth beside: what reading is measured on."""
