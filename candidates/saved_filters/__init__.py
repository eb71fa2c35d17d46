"""What somebody often asks the list of people for, kept under a name: shared, and followed day by day."""
