"""One account as the settings have it: whose mailbox, which server, where the password comes from."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    Tag,
    ValidationInfo,
    field_validator,
)

from graceperiod.core.address import Address
from graceperiod.core.endpoint import Endpoint, Tls, is_loopback
from graceperiod.settings.fields import (
    CredentialName,
    FilePath,
    Host,
    Line,
    MailAddress,
    MailboxNames,
    Port,
    Words,
    one_of,
    problem,
)


class PasswordCommand(BaseModel):
    """A program that prints the password as its first line; an argument list, never a shell line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: Words


class PasswordCredential(BaseModel):
    """A file in `$CREDENTIALS_DIRECTORY`, where systemd puts a service's credentials."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    credential: CredentialName


def _kind(value: object) -> str | None:
    """Which of the three ways to a password is meant; None for what is none of them.

    The names cannot be keys of the file: they are taken out of the place of a problem again.
    """
    if value == "keyring":
        return "<keyring>"
    if isinstance(value, PasswordCredential) or (isinstance(value, dict) and "credential" in value):
        return "<credential>"
    return "<command>" if isinstance(value, PasswordCommand | dict) else None


PasswordSource = Annotated[
    Annotated[Literal["keyring"], Tag("<keyring>")]
    | Annotated[PasswordCommand, Tag("<command>")]
    | Annotated[PasswordCredential, Tag("<credential>")],
    Discriminator(
        _kind,
        custom_error_type="graceperiod",
        custom_error_message='must be "keyring", { command = ["program", "argument"] } or '
        '{ credential = "name" }; a password itself never belongs in this file',
    ),
]


def _port(found: dict[str, Any]) -> int:
    tls = found.get("tls")  # absent where it is wrong, which is reported there
    return tls.port if isinstance(tls, Tls) else Tls.IMPLICIT.port


class Account(BaseModel):
    """One account of the user's.

    Args:
        address: the user's own, in From of drafts.
        name: the display name that goes with it; may be empty.
        ca_file: a PEM file with a further certificate authority; None for the system's alone.
        drafts, sent: names of mailboxes; empty for the one with that special use (RFC 6154).
        junk: whether Junk is watched too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: MailAddress
    name: Line = ""
    host: Host
    tls: Annotated[Tls, one_of(Tls)] = Tls.IMPLICIT
    port: Port = Field(default_factory=_port)
    ca_file: FilePath = None
    user: Line = Field(default="", validate_default=True)
    password: PasswordSource = "keyring"  # noqa: S105 - where it is, not what it is
    watch: MailboxNames = ("INBOX",)
    drafts: Line = ""
    sent: Line = ""
    junk: StrictBool = False

    @field_validator("tls")
    @classmethod
    def _never_in_the_clear(cls, value: Tls, info: ValidationInfo) -> Tls:
        """Without TLS the password could be read by anyone on the way (RFC 8314 section 4.1)."""
        host = info.data.get("host")
        if value is Tls.NONE and host is not None and not is_loopback(host):
            raise problem('"none" is for this computer only (localhost); use "implicit" or "starttls"')
        return value

    @field_validator("user")
    @classmethod
    def _address_by_default(cls, value: str, info: ValidationInfo) -> str:
        return value or str(info.data.get("address", ""))

    @property
    def endpoint(self) -> Endpoint:
        """Where the server is."""
        return Endpoint(host=self.host, port=self.port, tls=self.tls)

    @property
    def sender(self) -> Address:
        """What drafts have in From."""
        return Address(display_name=self.name, addr_spec=self.address)

    def as_table(self) -> dict[str, Any]:
        """The TOML table that this account would be parsed from, without what is at its default."""
        table: dict[str, Any] = {"address": self.address, "host": self.host}
        for key in type(self).model_fields:
            value = getattr(self, key)
            if key not in table and value != self._default(key):
                table[key] = _plain(value)
        return table

    def _default(self, key: str) -> object:
        by_others = {"port": self.tls.port, "user": self.address}
        return by_others.get(key, type(self).model_fields[key].default)


def _plain(value: object) -> object:
    if isinstance(value, PasswordCommand):
        return {"command": list(value.command)}
    if isinstance(value, PasswordCredential):
        return {"credential": value.credential}
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Path | str) else value
