"""How long from a rejection's arrival to its sealed draft, and what the daemon costs while it waits.

    python benchmarks/daemon/arrival_and_idle.py [--mails 20] [--idle-s 20]

Runs the installed command against a Dovecot of its own on loopback. In the same run, for scale: a process that has
imported IMAPClient alone and waits. Needs Dovecot; says so if it is missing.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from dovecot import PASSWORD, Dovecot, is_installed, running
from graceperiod.demo.person import Person

_LETTER = """Dear Robin,

Thank you for taking the time to interview with us for the position of {role}. We have now completed our
interviews, and after careful consideration we have decided not to move forward with your application.
Unfortunately, another candidate was a closer match for the role.

We wish you every success in your job search.

Kind regards,
Ada Quill
"""
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Print the figures; 2 where the server is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--mails", type=int, default=20)
    parser.add_argument("--idle-s", type=float, default=20.0)
    given = parser.parse_args()
    if not is_installed():
        print("Dovecot is not installed on this machine: nothing was measured")
        return 2
    with tempfile.TemporaryDirectory() as folder, running(_subfolder(folder, "dovecot")) as server:
        config = _config(Path(folder), server)
        command = [str(Path(sys.executable).with_name("graceperiod")), "--config", str(config), "run"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as daemon:
            try:
                _measure(daemon, server, given.mails, given.idle_s)
            finally:
                daemon.terminate()
    return 0


def _measure(daemon: "subprocess.Popen[str]", server: Dovecot, mails: int, idle_s: float) -> None:
    assert daemon.stderr is not None
    while "event=connected" not in daemon.stderr.readline():
        pass
    with Person(
        host="127.0.0.1", port=server.port, user="robin", password=PASSWORD, address="robin@postbox.example"
    ) as person:
        seconds = [_until_sealed(person, number) for number in range(mails)]
    print(f"arrival to sealed draft, {mails} mails: median {statistics.median(seconds) * 1000:.0f} ms, "
          f"slowest {max(seconds) * 1000:.0f} ms")  # fmt: skip
    alone = subprocess.Popen([sys.executable, "-c", "import imapclient, time; time.sleep(3600)"])
    time.sleep(2)
    before = _cpu_s(daemon.pid)
    time.sleep(idle_s)
    used = _cpu_s(daemon.pid) - before
    ours, theirs = _rss_mib(daemon.pid), _rss_mib(alone.pid)
    alone.kill()
    alone.wait()
    print(f"idle daemon: {ours:.0f} MiB resident, {used / idle_s:.3%} of a core over {idle_s:.0f} s")
    print(
        f"for scale, a process with IMAPClient alone: {theirs:.0f} MiB; the daemon takes {ours / theirs:.1f} times that"
    )


def _until_sealed(person: Person, number: int) -> float:
    message_id = f"<{number}.{os.getpid()}@quillworks.example>"
    role = ("Night Baker", "Librarian", "Surveyor", "Roofer")[number % 4]
    raw = (
        f"Message-ID: {message_id}\nFrom: Ada Quill <ada{number}@quillworks.example>\nTo: robin@postbox.example\n"
        f"Subject: Your application as {role}\nContent-Type: text/plain; charset=utf-8\n\n{_LETTER.format(role=role)}"
    ).replace("\n", "\r\n")
    began = time.perf_counter()
    person.deliver(raw.encode(), "INBOX", datetime.now(UTC))
    while time.perf_counter() - began < 30:
        if any(message_id in draft.head.parents for draft in person.drafts()):
            return time.perf_counter() - began
        time.sleep(0.005)
    msg = "no draft after 30 s: was the letter judged a rejection? try `graceperiod classify`"
    raise SystemExit(msg)


def _config(folder: Path, server: Dovecot) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[accounts.work]\naddress = "robin@postbox.example"\nhost = "127.0.0.1"\nport = {server.port}\n'
        f'tls = "none"\nuser = "robin"\npassword = {{ command = ["echo", "{PASSWORD}"] }}\n[store]\npath = "store"\n'
    )
    return file


def _subfolder(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    Path(folder).chmod(0o755)
    return path


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _rss_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
