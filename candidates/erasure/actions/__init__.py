"""Erasing people: asked for, by the clock, and again after a restore; holds, and how long who is kept."""
