"""What a person at the terminal can mend."""


class Refused(Exception):
    """Why a backup or a restore does not go on, in one clear line; nothing has changed."""
