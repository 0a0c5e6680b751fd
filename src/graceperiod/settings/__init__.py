"""The user's settings: a TOML file, checked as a whole, every problem reported at once with its line.

`parse` reads a document, `parse_account` one account that is not in a file yet, `default_path` says where
the file is; the values are `Settings` and `Account`.
"""

from graceperiod.settings.account import Account, PasswordCommand, PasswordCredential, PasswordSource
from graceperiod.settings.model import LogLevel, Playbook, Settings, default_path
from graceperiod.settings.parse import parse, parse_account

__all__ = [
    "Account",
    "LogLevel",
    "PasswordCommand",
    "PasswordCredential",
    "PasswordSource",
    "Playbook",
    "Settings",
    "default_path",
    "parse",
    "parse_account",
]
