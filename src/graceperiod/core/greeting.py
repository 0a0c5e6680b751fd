"""Whether a display name is a person's, so that a reply can greet them by it (RULES C4: never a guess)."""

import re

from graceperiod.core.address import Address

_NO_PERSON = re.compile(
    r"""\b( team | talent | recruit\w* | hiring | careers? | jobs? | hr | human | people | resources
    | acquisition
    | personal\w* | bewerb\w* | karriere | rekrut\w* | staffing | support | info | office | service\w*
    | candidat\w* | recrutement | seleccion | selección | seleção | selezione | werving | vacature\w*
    | department | abteilung | via | at | from | gmbh | ag | ltd | inc | llc | plc | group | no-?reply )\b
    | [@|/\d]""",
    re.VERBOSE | re.IGNORECASE,
)

_MOST_WORDS = 4


def person_name(address: Address) -> str | None:
    """The display name if it looks like a person's, else None.

    `Pell, Marjorie` is turned round. One word alone is a first name, a nickname or a firm: not sure, so None.
    """
    name = address.display_name.strip(" \"'")
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        name = f"{first.strip()} {last.strip()}"
    words = name.split()
    if not 2 <= len(words) <= _MOST_WORDS or _NO_PERSON.search(name):
        return None
    return name if all(word[0].isalpha() for word in words) else None
