"""The baseline: a list of phrases as job trackers have them, any of which makes a mail a rejection.

Written by us to be what such lists look like: typical phrases of English rejections and a few German ones,
looked for anywhere in the subject and the text, quoted mail included. It has no other category, no weights
and no context. `model evaluate` counts it beside the model; no mail is acted on by it.
"""

import re

from graceperiod.core.mail import Mail
from graceperiod.core.text import folded, key_of

PHRASES = (
    "unfortunately",
    "we regret",
    "regret to inform",
    "sorry to inform",
    "not selected",
    "not been selected",
    "other candidates",
    "other applicants",
    "another candidate",
    "different candidate",
    "not moving forward",
    "not be moving forward",
    "not to move forward",
    "not move forward",
    "decided not to proceed",
    "not be proceeding",
    "unable to proceed",
    "not been successful",
    "not successful",
    "was unsuccessful",
    "were unsuccessful",
    "no longer under consideration",
    "no longer being considered",
    "not be considered",
    "not been shortlisted",
    "not be progressing",
    "decided to pursue",
    "more closely match",
    "more closely align",
    "closer match",
    "better match",
    "stronger match",
    "better fit",
    "not a fit",
    "not the right fit",
    "position has been filled",
    "role has been filled",
    "no longer available",
    "unable to offer you",
    "not be able to offer",
    "application has been rejected",
    "application was rejected",
    "decided to decline",
    "after careful consideration",
    "wish you the best",
    "wish you all the best",
    "best of luck in your",
    "success in your job search",
    "future endeavors",
    "future endeavours",
    "keep your resume on file",
    "keep your cv on file",
    "leider",
    "absage",
    "zu unserem bedauern",
    "anderen bewerber",
    "andere bewerber",
    "nicht berücksichtigen",
    "nicht in die engere auswahl",
    "für ihren weiteren beruflichen",
)
"""In lower case; words in a row, however the lines are wrapped."""

_ANY = re.compile(r"\b(?:" + "|".join(re.escape(key_of(p)).replace(r"\ ", " ") for p in PHRASES) + r")\b")


def has_phrase(mail: Mail) -> bool:
    """Whether the list calls the mail a rejection."""
    return speaks(f"{mail.subject}\n{mail.text}")


def speaks(text: str) -> bool:
    """Whether any of the phrases stands in the text."""
    return _ANY.search(" ".join(key_of(folded(text)).split())) is not None
