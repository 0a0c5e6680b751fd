"""Raw mail in, `Mail` out: the `MailReader` port."""

from graceperiod.adapters.mime.reader import MimeReader

__all__ = ["MimeReader"]
