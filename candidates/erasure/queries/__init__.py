"""Whose time is over and when, who is held, and until when a law has somebody kept."""
