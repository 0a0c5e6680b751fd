"""The IMAP commands that this program may send (promise 1); a test reads them off the wire."""

ALLOWED_VERBS = frozenset(
    {
        "APPEND",
        "AUTHENTICATE",
        "CAPABILITY",
        "DONE",
        "EXAMINE",
        "IDLE",
        "LIST",
        "LOGIN",
        "LOGOUT",
        "NOOP",
        "SELECT",
        "STARTTLS",
        "STATUS",
        "UID EXPUNGE",
        "UID FETCH",
        "UID MOVE",
        "UID SEARCH",
        "UID STORE",
    }
)
"""No EXPUNGE and no CLOSE: both would remove what others have flagged (promise 4). No CREATE, no DELETE."""
