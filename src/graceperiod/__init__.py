"""Graceperiod keeps replies to job rejections in Drafts, unsendable, until a cooldown is over."""

from importlib.metadata import version

__version__ = version("graceperiod")
