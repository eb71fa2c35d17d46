"""Reading bulk runs, and whom a choice means."""
