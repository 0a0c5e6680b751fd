"""What to tell somebody who wants to look at the demo's mailbox with a mail client of their own."""

from urllib.parse import quote

_TAGS = (("gp-rejection", "Rejection"), ("gp-soft-rejection", "Soft no"), ("gp-unsure", "Unsure"))
"""Keywords, and what to call them: Thunderbird shows a keyword only once a tag with its name exists."""


def how_to_look(*, host: str, port: int, user: str, password: str) -> str:
    """Instructions for Thunderbird and mutt, lines of at most 100 characters, ends with a line end."""
    tags = "\n".join(
        f"       mailnews.tags.{keyword}.tag = {name}\n       mailnews.tags.{keyword}.color = #B35900"
        for keyword, name in _TAGS
    )
    url = f"imap://{quote(user, safe='')}@{host}:{port}/"
    return f"""\
The mailbox is at {host}, port {port}, and stays there until you press Ctrl-C.
It can only be reached from this computer. Nothing in it can be sent: there is no outgoing server.

Thunderbird (a new profile keeps it apart from your own mail: thunderbird -P)
    1. New account, mail. Your name: Robin Vale. Address: {user}
       Password: {password}
    2. Configure manually. Incoming: IMAP, host {host}, port {port}.
       Connection security: none. Authentication: normal password.
       User name: {user}
    3. Outgoing: host {host}, port 1025, no security, no authentication. Nothing listens there.
    4. Advanced config (it saves without a test), then Get Messages.
    Drafts shows the held replies: Send stays grey until the hold has ended, as nobody is in To.
    To see the marks as coloured tags, add these in Settings, General, Config Editor, and restart:
{tags}

mutt or neomutt
    mutt -n -F /dev/null \\
      -e 'set folder="{url}"' \\
      -e 'set imap_user="{user}" imap_pass="{password}"' \\
      -e 'set spoolfile="+INBOX" postponed="+Drafts" record="+Sent"' \\
      -e 'set ssl_starttls=no ssl_force_tls=no imap_check_subscribed=yes' \\
      -e 'set realname="Robin Vale" from="{user}"' \\
      -e 'set index_format="%4C %Z %[%d %b] %-20.20L %-22.22g %s"'
    Recall a held draft with R. neomutt shows the marks in the list (%g).
"""
