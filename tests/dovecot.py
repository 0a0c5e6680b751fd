"""A real Dovecot on loopback: its own folder, free ports, ended by its own process id."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

PASSWORD = "pw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    """A running server. Any user may log in with `PASSWORD`: a new name is a new, empty account.

    Args:
        port: plain text and STARTTLS; tls_port: implicit TLS with `certificate`, a self-signed one.
    """

    root: Path
    port: int
    tls_port: int
    certificate: Path

    def transcripts(self, user: str) -> str:
        """All that the clients of a user have said after their logins, since `log` was called."""
        return "\n".join(f.read_text("latin-1") for f in (self.root / "rawlog" / user).glob("*.in"))

    @property
    def pid(self) -> int:
        """Of the master process."""
        return _read_pid(self.root / "run" / "master.pid")

    def restart(self) -> None:
        """End it with all its connections, and start it again on the same ports and mailboxes."""
        pid = self.pid
        os.kill(pid, signal.SIGTERM)
        _wait_until_gone(pid)
        _start(self.root)

    def log(self, user: str) -> None:
        """Keep transcripts of the user's connections from now on; Dovecot does so where the folder exists."""
        folder = self.root / "rawlog" / user
        folder.mkdir()
        if os.geteuid() == 0:
            os.chown(folder, *_mail_owner())


def is_installed() -> bool:
    return shutil.which("dovecot") is not None or Path("/usr/sbin/dovecot").exists()


@contextmanager
def running(root: Path, *, certificate_days: int = 30) -> Iterator[Dovecot]:
    """Start a server in `root` and end it; `certificate_days` may be negative for an expired certificate."""
    server = Dovecot(
        root=root, port=_free_port(), tls_port=_free_port(), certificate=root / "certificate.pem"
    )
    _write(server, certificate_days)
    _start(root)
    pid = server.pid
    try:
        yield server
    finally:
        if (root / "run" / "master.pid").exists():  # another one after a restart
            pid = server.pid
        os.kill(pid, signal.SIGTERM)
        _wait_until_gone(pid)


def _start(root: Path) -> None:
    binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
    with (root / "start.log").open("w") as log:  # not a pipe: the daemon would hold it open
        subprocess.run(
            [binary, "-c", str(root / "dovecot.conf")], check=True, stdout=log, stderr=log, timeout=30
        )
    _read_pid(root / "run" / "master.pid")


def _read_pid(file: Path) -> int:
    """The daemon writes it after it has left the foreground."""
    for _ in range(500):
        if file.exists() and (text := file.read_text().strip()):
            return int(text)
        Event().wait(0.01)
    msg = f"Dovecot did not start: {file.parent.parent.joinpath('dovecot.log').read_text()[-2000:]}"
    raise RuntimeError(msg)


def _wait_until_gone(pid: int) -> None:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        Event().wait(0.02)
    os.kill(pid, signal.SIGKILL)


def _write(server: Dovecot, certificate_days: int) -> None:
    root = server.root
    for name in ("run", "state", "mail", "rawlog"):
        (root / name).mkdir()
    make_certificate(root, days=certificate_days)
    for path in (root, *root.parents):  # the mail processes run as another user
        if os.geteuid() == 0 and path.is_relative_to(Path("/tmp")) and path != Path("/tmp"):
            path.chmod(path.stat().st_mode | 0o055)
    if os.geteuid() == 0:
        os.chown(root / "mail", *_mail_owner())
        (root / "rawlog").chmod(0o777)
    (root / "dovecot.conf").write_text(_configuration(server))


def make_certificate(root: Path, *, days: int) -> Path:
    """A self-signed certificate for localhost; with negative `days` it ran out that long ago."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    target = root / "certificate.pem"
    target.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (root / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return target


def _mail_owner() -> tuple[int, int]:
    if os.geteuid() != 0:
        return os.getuid(), os.getgid()
    owner = pwd.getpwnam("dovecot" if _has_user("dovecot") else "nobody")
    return owner.pw_uid, owner.pw_gid


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _configuration(server: Dovecot) -> str:
    root = server.root
    is_root = os.geteuid() == 0
    uid, gid = _mail_owner()
    me = pwd.getpwuid(os.getuid()).pw_name
    internal = "dovecot" if is_root and _has_user("dovecot") else me
    login = "dovenull" if is_root and _has_user("dovenull") else me
    chroot = "" if is_root else "chroot ="
    boxes = "\n".join(
        f"  mailbox {name} {{\n    special_use = \\{name}\n    auto = subscribe\n  }}"
        for name in ("Drafts", "Sent", "Trash", "Junk")
    )
    return f"""
base_dir = {root}/run
state_dir = {root}/state
instance_name = graceperiod-{server.port}
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/certificate.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {internal}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
auth_failure_delay = 0 secs
rawlog_dir = {root}/rawlog/%u
service imap-login {{
  {chroot}
  inet_listener imap {{
    address = 127.0.0.1
    port = {server.port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {server.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  {chroot}
}}
protocol imap {{
  mail_max_userip_connections = 100
  rawlog_dir = {root}/rawlog/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
{boxes}
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
