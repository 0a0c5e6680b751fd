"""The lines by which mail clients set off older mail, signatures and disclaimers, in the languages we read.

Every pattern is matched against one line of at most `LONGEST` characters and has no nested repetition, so
that its time is linear in the line. English, German, French, Spanish, Dutch, Portuguese, Italian; and, since
senders' clients speak what they like, the commonest forms of their neighbours.
"""

import re
from enum import StrEnum

LONGEST = 400
"""Characters of a line that are looked at. Chosen: an attribution with a long name and address."""

_ATTRIBUTION = re.compile(
    r"""(?:
        (?:on|at|in) \b .* \b (?:wrote|writes|said)
      | .{3,} \b wrote (?:\ on\ .*)?
      | am \b .* \b (?:schrieb\b .* | geschrieben)
      | .* \b schrieb\ (?:am|an|in)\ .*
      | le \b .* \b (?:a\ écrit | écrit | a\ ecrit | ecrit)
      | el \b .* \b (?:escribió | escribio | ha\ escrito)\b .*
      | .* \b (?:escribió|escribio)
      | (?:em|a|no\ dia|aos) \b .* \b escreveu\b .*
      | (?:il|in\ data|nel) \b .* \b (?:ha\ scritto | scrive)\b .*
      | (?:op|in) \b .* \b (?:schreef\b .* | geschreven)
      | (?:den|d\.) \b .* \b (?:skrev\b .*)
      | (?:w\ dniu|dnia) \b .* \b (?:napisał\S*|napisal\S*)\b .*
      | dne \b .* \b napsal\S*
      | .{3,} \b (?:schrieb | a\ écrit | ha\ scritto | escreveu | schreef)
      | (?:\d{4}-\d\d-\d\d | \w+,?\ \d{1,2}\.?\ .*\d{4}) \b .* <[^<>\s]+@[^<>\s]+>
    ) \s* [:：]""",
    re.VERBOSE | re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:on|am|le|el|em|il|op|den|dnia|dne|w dniu)\b[^:]{0,40}\d", re.IGNORECASE)
_DATED = re.compile(r"\d|@")

_REPLY_NAMES = (
    "original message|original appointment|ursprüngliche nachricht|urspruengliche nachricht|originalnachricht"
    "|original-nachricht|message d'origine|message d’origine|message original|mensaje original"
    "|mensagem original|messaggio originale|oorspronkelijk bericht|oorspronkelijke bericht"
    "|reply message|ursprünglicher termin|oprindelig meddelelse|ursprungligt meddelande|oryginalna wiadomość"
)
_FORWARD_NAMES = (
    "forwarded message|forwarded mail|weitergeleitete nachricht|weitergeleitete mail|message transféré"
    "|message transfere|mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|messaggio inoltrato"
    "|doorgestuurd bericht|videresendt meddelelse|vidarebefordrat meddelande|przekazana wiadomość"
)
_FORWARDER = "(?:forwarded by|weitergeleitet von|transféré par|reenviado por|inoltrato da) .{0,200}"
"""Lotus Notes and its heirs."""

_RULE = re.compile(
    rf"\*?[-_]{{2,}}\s?\s?(?:(?P<reply>{_REPLY_NAMES})|(?P<forward>{_FORWARD_NAMES}|{_FORWARDER}))"
    r"\s?\s?(?:[-_]{2,}.{0,80})?\*?",
    re.IGNORECASE,
)
_BEGIN_FORWARD = re.compile(
    r"""(?: begin\ (?:forwarded|doorgestuurd)\ (?:message|bericht)
      | anfang\ der\ weitergeleiteten\ (?:nachricht|e-?mail)
      | début\ du\ (?:message|courriel|mail)\ (?:transféré|réexpédié) | inicio\ del\ mensaje\ reenviado
      | inizio\ (?:del\ )?messaggio\ inoltrato | início\ da\ mensagem\ (?:encaminhada|reencaminhada)
    ) \s? :""",
    re.VERBOSE | re.IGNORECASE,
)


class Part(StrEnum):
    """What a line of a header block inside a body says."""

    FROM = "from"
    SENT = "sent"
    TO = "to"
    SUBJECT = "subject"


_FIELD_NAMES = {
    Part.FROM: "from|von|de|desde|da|van|från|fra|od|remetente|expéditeur|expediteur|mittente|afzender",
    Part.SENT: "sent|date|gesendet|datum|envoyé|envoye|enviado|enviado el|enviada em|enviado em|fecha|data|"
    "inviato|data invio|verzonden|skickat|sendt|wysłano",
    Part.TO: "to|cc|bcc|an|kopie|à|a|para|aan|till|til|do|destinataire|destinatario|per|"
    "reply-to|antwort an|répondre à|responder a|organisation|organization",
    Part.SUBJECT: "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat",
}
_FIELD = re.compile(
    r"\*{0,2}(?:" + "|".join(f"(?P<{part}>{names})" for part, names in _FIELD_NAMES.items()) + r")"
    r"\*{0,2}\s?[:：]\*{0,2}(?P<value>.*)",
    re.IGNORECASE,
)

_HOUR = re.compile(r"\s*\d[^@]*\Z")

_DEVICE = re.compile(
    r"""(?: sent\ from\ (?:my|outlook|mail|yahoo|proton|samsung|a|the)\b | sent\ (?:via|with)\ \S+
      | get\ outlook\ for\b
      | (?:von|aus)\ (?:meinem|der|outlook)\b .* \b gesendet | gesendet\ (?:von|mit|aus)\b
      | outlook\ für\ \w+\ beziehen | diese\ nachricht\ wurde\ von\ meinem\b
      | envoyé\ (?:de|depuis|à\ partir\ de)\b | télécharger\ outlook | obtenez\ outlook
      | enviado\ (?:desde|do|de|a\ partir)\b | obtener\ outlook | obter\ o\ outlook
      | inviato\ (?:da|dal)\b | ottieni\ outlook | scarica\ outlook
      | verzonden\ (?:vanaf|met|vanuit)\b | verstuurd\ (?:vanaf|met|vanuit)\b | outlook\ voor\ \w+\ downloaden
    ) .{0,80}""",
    re.VERBOSE | re.IGNORECASE,
)

_DISCLAIMER_START = re.compile(
    r"""\W{0,6} (?: confidential(?:ity)?\b | disclaimer\b | privileged\b | notice\s?:
      | (?:legal|important)\ notice
      | (?:this|the\ information\ (?:contained\ )?in\ this|the\ contents?\ of\ this)
        \ (?:e-?mail|electronic|message|communication|transmission)
      | please\ consider\ the\ environment | if\ you\ (?:are\ not|have\ received)\ (?:the\ intended|this)
      | diese\ (?:e-?mail|nachricht|mail) | der\ inhalt\ dieser | vertraulichkeit | haftungsausschluss
      | bitte\ denken\ sie\ an\ die\ umwelt | wichtiger\ hinweis
      | die\ information(?:en)?\ in\ dieser
      | ce\ (?:message|courriel|mail) | cet\ e-?mail | les\ informations\ contenues
      | avis\ de\ confidentialité
      | este\ (?:mensaje|correo|e-?mail) | la\ información\ contenida
      | aviso\ (?:legal|de\ confidencialidad)
      | esta\ (?:mensagem|comunicação) | aviso\ de\ confidencialidade | as\ informações\ contidas
      | questo\ messaggio | questa\ (?:e-?mail|comunicazione) | le\ informazioni\ contenute
      | il\ presente\ messaggio
      | dit\ (?:bericht|e-?mail) | deze\ e-?mail | de\ informatie\ in\ (?:dit|deze)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DISCLAIMER_WORD = re.compile(
    r"confidential|privileged|intended (?:recipient|solely|only)|unauthori[sz]ed|virus|before printing"
    r"|vertraulich|unbefugt|rechtlich geschützt|irrtümlich|confidentiel|destinataire|confidencial"
    r"|destinatari|riservat"
    r"|confidenzial|vertrouwelijk|geadresseerde|bestemd voor|umwelt|legally protected",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"""\W{0,6} (?: (?:caution|warning|external(?:\ e-?mail)?|attention)\b .{0,30} \b (?:external|outside)\b
      | this\ (?:e-?mail|message)\ (?:originated|was\ sent|came)\ from\ (?:outside|an\ external)
      | (?:achtung|vorsicht|hinweis)\b .{0,40} \b extern
      | diese\ e-?mail\ (?:kommt|stammt)\ von\ (?:außerhalb|extern)
      | you\ don[’']t\ often\ get\ e-?mail\ from
      | sie\ erhalten\ nicht\ (?:häufig|oft)\ e-?mails?\ von )""",
    re.VERBOSE | re.IGNORECASE,
)


def is_attribution(line: str, *, is_dated: bool = True) -> bool:
    """`On Tue, 24 Nov 2026, Jana wrote:` in any of the languages.

    Args:
        line: one line, or a wrapped one put together.
        is_dated: a date or an address must be in it.
    """
    line = line.strip()
    return (
        6 < len(line) <= LONGEST
        and line[-1] in ":："
        and (not is_dated or bool(_DATED.search(line)))
        and bool(_ATTRIBUTION.fullmatch(line))
    )


def begins_attribution(line: str) -> bool:
    """Whether a line begins as attributions do that put the date first; the name may follow on the next."""
    return bool(_BEGINNING.match(line))


def rule_kind(line: str) -> str | None:
    """`reply` for `-----Original Message-----` and its like, `forward` for a forwarded one; else None."""
    line = line.strip()
    if len(line) > LONGEST:
        return None
    if _BEGIN_FORWARD.fullmatch(line):
        return "forward"
    match = _RULE.fullmatch(line)
    return match.lastgroup if match else None


def header_part(line: str) -> Part | None:
    """Which header field a line shows, as Outlook repeats them above the older mail; None if none.

    `From: 10:00` is an hour and no sender.
    """
    match = _FIELD.match(line[:LONGEST])
    if match is None:
        return None
    part = next(p for p in Part if match[p])
    return None if part is Part.FROM and _HOUR.match(match["value"]) else part


def is_device_line(line: str) -> bool:
    """`Sent from my iPhone` and its like."""
    return len(line) <= 100 and bool(_DEVICE.fullmatch(line.strip()))


def is_disclaimer(paragraph: str) -> bool:
    """Whether a paragraph is a lawyer's boilerplate: it begins like one and speaks of confidentiality."""
    return bool(_DISCLAIMER_START.match(paragraph)) and bool(_DISCLAIMER_WORD.search(paragraph[:2000]))


def is_banner(paragraph: str) -> bool:
    """Whether a paragraph was put on top by the recipient's server to warn of outside mail."""
    return len(paragraph) <= LONGEST and bool(_BANNER.match(paragraph))
