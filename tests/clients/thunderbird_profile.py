"""A Thunderbird profile with one account, that asks nothing and reaches for nothing beyond loopback."""

import json
from pathlib import Path

from clients.mail_client import ADDRESS, NAME

_QUIET: dict[str, object] = {
    "app.donation.eoy.version.viewed": 999,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.biff.show_alert": False,
    "mail.compose.autosave": False,
    "mail.inappnotifications.enabled": False,
    "mail.provider.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.shell.checkDefaultClient": False,
    "mail.spam.version": 1,
    "mail.ui.folderpane.version": 99,
    "mailnews.start_page.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "services.settings.server": "http://127.0.0.1:9/",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}
"""What would open a window of its own, or a connection: port 9 of loopback stands for the world."""


def write_profile(profile: Path, *, user: str, imap_port: int, smtp_port: int) -> None:
    """Fill an empty folder. Marionette takes a free port and writes it to `MarionetteActivePort`."""
    account = _account(user, imap_port) | _identity(user) | _outgoing(user, smtp_port)
    settings = _QUIET | account | {"marionette.port": 0}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
    (profile / "user.js").write_text("".join(lines))


def _account(user: str, port: int) -> dict[str, object]:
    return {
        "mail.accountmanager.accounts": "account1,account2",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.accountmanager.localfoldersserver": "server2",
        "mail.account.account1.identities": "id1",
        "mail.account.account1.server": "server1",
        "mail.account.account2.server": "server2",
        "mail.account.lastKey": 2,
        "mail.server.server1.authMethod": 3,
        "mail.server.server1.check_new_mail": False,
        "mail.server.server1.hostname": "127.0.0.1",
        "mail.server.server1.login_at_startup": False,
        "mail.server.server1.name": user,
        "mail.server.server1.port": port,
        "mail.server.server1.socketType": 0,
        "mail.server.server1.type": "imap",
        "mail.server.server1.userName": user,
        "mail.server.server2.hostname": "Local Folders",
        "mail.server.server2.name": "Local Folders",
        "mail.server.server2.type": "none",
        "mail.server.server2.userName": "nobody",
    }


def _identity(user: str) -> dict[str, object]:
    root = f"imap://{user}@127.0.0.1"
    return {
        "mail.identity.id1.compose_html": False,
        "mail.identity.id1.draft_folder": f"{root}/Drafts",
        "mail.identity.id1.drafts_folder_picker_mode": "0",
        "mail.identity.id1.fcc": True,
        "mail.identity.id1.fcc_folder": f"{root}/Sent",
        "mail.identity.id1.fcc_folder_picker_mode": "0",
        "mail.identity.id1.fullName": NAME,
        "mail.identity.id1.smtpServer": "smtp1",
        "mail.identity.id1.useremail": ADDRESS,
        "mail.identity.id1.valid": True,
    }


def _outgoing(user: str, port: int) -> dict[str, object]:
    return {
        "mail.smtp.defaultserver": "smtp1",
        "mail.smtpserver.smtp1.authMethod": 3,
        "mail.smtpserver.smtp1.hostname": "127.0.0.1",
        "mail.smtpserver.smtp1.port": port,
        "mail.smtpserver.smtp1.try_ssl": 0,
        "mail.smtpserver.smtp1.type": "smtp",
        "mail.smtpserver.smtp1.username": user,
        "mail.smtpservers": "smtp1",
    }
