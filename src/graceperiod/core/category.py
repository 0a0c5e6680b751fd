"""What a mail is, as far as a job search is concerned."""

from enum import StrEnum


class Category(StrEnum):
    """The closed set of categories, in the order in which the model's columns stand."""

    REJECTION = "rejection"
    """An application that is over, also when the mail says that the CV is kept."""
    SOFT_REJECTION = "soft_rejection"
    """No final no: on hold, waitlist, others first, decision delayed (RULES S1)."""
    INTERVIEW = "interview"
    ASSESSMENT = "assessment"
    RECEIVED = "received"
    """A confirmation that an application arrived."""
    OFFER = "offer"
    OUTREACH = "outreach"
    """Somebody wrote first: a recruiter with a role."""
    JOB_ALERT = "job_alert"
    FEEDBACK = "feedback"
    """What the employer said about the candidate, on request."""
    OTHER = "other"


REJECTIONS = frozenset({Category.REJECTION, Category.SOFT_REJECTION})
"""Rejections of either kind: what is acted on."""
GOOD_NEWS = frozenset({Category.OFFER, Category.INTERVIEW, Category.ASSESSMENT})
"""One of these taken for a rejection is the worst that can happen."""
