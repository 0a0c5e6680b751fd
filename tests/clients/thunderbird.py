"""Thunderbird without a screen, driven by Marionette; its pictures are what it would show."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clients.marionette import Marionette
from clients.own_process import own_process
from clients.patience import wait_for
from clients.screenshots import screenshot_path
from clients.thunderbird_profile import write_profile
from dovecot import PASSWORD

_COMMON = """
const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const main = Services.wm.getMostRecentWindow("mail:3pane");
const composer = Services.wm.getMostRecentWindow("msgcompose");
const until = async look => {
  for (let i = 0; i < 1000; i++) {
    const found = look();
    if (found) return found;
    await new Promise(done => main.setTimeout(done, 50));
  }
  throw new Error("waited in vain for " + look);
};
const server = MailServices.accounts.accounts.map(a => a.incomingServer).find(s => s.type == "imap");
const mailbox = name => server.rootFolder.descendants.find(f => f.name == name);
const pane = () => main.document.getElementById("tabmail")?.currentAbout3Pane;
"""

_LOG_IN = """
const Login = Components.Constructor("@mozilla.org/login-manager/loginInfo;1", Ci.nsILoginInfo, "init");
for (const origin of ["imap://127.0.0.1", "smtp://127.0.0.1"])
  await Services.logins.addLoginAsync(new Login(origin, null, origin, args[0], args[1], "", ""));
await until(() => pane()?.displayFolder);
server.getNewMessages(server.rootFolder, main.msgWindow, null);
await until(() => mailbox("Drafts") && mailbox("Sent"));
"""

_SHOW_DRAFTS = """
const drafts = mailbox("Drafts");
if (pane().gDBView?.msgFolder != drafts) pane().displayFolder(drafts.URI);
await until(() => pane().gDBView?.msgFolder == drafts);
drafts.updateFolder(main.msgWindow);  // ends some time later
const rows = Array.from({length: pane().gDBView.rowCount}, (_, row) => pane().gDBView.getMsgHdrAt(row));
const re = row => row.flags & Ci.nsMsgMessageFlags.HasRe ? "Re: " : "";
return rows.map(row => re(row) + row.mime2DecodedSubject).join("\\n");
"""

_OPEN = """
await until(() => {
  pane().threadTree.selectedIndex = -1;  // the row may just have taken the place of another
  pane().threadTree.selectedIndex = 0;
  return pane().gDBView.rowCount == 1 && pane().gDBView.numSelected == 1;
});
pane().commandController.doCommand("cmd_editDraftMsg");
await until(() => Services.wm.getMostRecentWindow("msgcompose")?.composeEditorReady);
"""

_WRITE = """
const editor = composer.gMsgCompose.editor;
editor.selectAll();
editor.insertText(args[0]);
"""

_ADDRESS = """
const input = composer.document.getElementById("toAddrInput");
input.value = args[0];
composer.recipientAddPills(input);  // what Enter does
"""

_RECIPIENTS = """
return [...composer.document.querySelectorAll("#addressRowTo mail-address-pill")].map(p => p.fullAddress).join(", ");
"""

_SAVE = """
await new Promise(done => {
  composer.gMsgCompose.RegisterStateListener({
    NotifyComposeFieldsReady() {},
    NotifyComposeBodyReady() {},
    ComposeProcessDone() {},
    SaveInFolderDone: done,
  });
  composer.document.getElementById("button-save").click();
});
await until(() => !composer.gSaveOperationInProgress);
"""

_CLOSE = """
composer.goDoCommand("cmd_close");
await until(() => composer.closed);
"""

_IS_SEND_OFFERED = """
const button = composer.document.getElementById("button-send");
button.click();
return !button.disabled;
"""


def is_installed() -> bool:
    return shutil.which("thunderbird") is not None


@contextmanager
def running_thunderbird(*, user: str, imap_port: int, smtp_port: int) -> Iterator["Thunderbird"]:
    """A Thunderbird with this account, logged in; ended with all processes that it started."""
    with tempfile.TemporaryDirectory(prefix="gp-thunderbird-", ignore_cleanup_errors=True) as name:
        profile = Path(name) / "profile"
        profile.mkdir()
        write_profile(profile, user=user, imap_port=imap_port, smtp_port=smtp_port)
        home = {"HOME": name, "LC_ALL": "C.UTF-8", "MOZ_CRASHREPORTER_DISABLE": "1"}
        command = ["thunderbird", "--headless", "--no-remote", "--profile", str(profile)]
        remote = ["--marionette", "--remote-allow-system-access"]
        with (
            own_process([*command, *remote], log=Path(name) / "log", environment=home),
            Marionette(_port(profile)) as marionette,
        ):
            marionette.run(_COMMON + _LOG_IN, user, PASSWORD)
            yield Thunderbird(marionette)


def _port(profile: Path) -> int:
    file = profile / "MarionetteActivePort"
    return int(wait_for(lambda: file.read_text().strip() if file.exists() else "", "Thunderbird's start"))


class Thunderbird:
    """See `MailClient`."""

    def __init__(self, marionette: Marionette) -> None:
        self._marionette = marionette
        (self._main,) = marionette.command("WebDriver:GetWindowHandles")

    def drafts(self) -> str:
        return str(self._run(_SHOW_DRAFTS))

    def open_draft(self) -> None:
        self._run(_OPEN)

    def write(self, words: str) -> None:
        self._run(_WRITE, words)

    def address(self, recipient: str) -> None:
        self._run(_ADDRESS, recipient)
        wait_for(lambda: recipient in self.recipients(), f"{recipient} in To")

    def recipients(self) -> str:
        return str(self._run(_RECIPIENTS))

    def try_to_send(self) -> str:
        return "Send is offered" if self._run(_IS_SEND_OFFERED) else "Send is grey"

    def save(self) -> None:
        self.save_and_go_on()
        self._run(_CLOSE)

    def save_and_go_on(self) -> None:
        """Save the open draft and keep it open."""
        self._run(_SAVE)

    def send(self) -> None:
        assert self._run(_IS_SEND_OFFERED)
        self._run("await until(() => !composer || composer.closed);")

    def keep(self, name: str) -> None:
        self._look_at_the_composer()
        self._marionette.keep_picture(screenshot_path(f"thunderbird-{name}.png"))

    def _run(self, script: str, *arguments: object) -> object:
        """Run it in the main window, which outlives all others.

        No window is given the focus: without a screen, Thunderbird may wait for it for ever.
        """
        self._marionette.command("WebDriver:SwitchToWindow", handle=self._main, focus=False)
        return self._marionette.run(_COMMON + script, *arguments)

    def _look_at_the_composer(self) -> None:
        """Or at the main window where nothing is open."""
        handles = self._marionette.command("WebDriver:GetWindowHandles")
        handle = next((handle for handle in handles if handle != self._main), self._main)
        self._marionette.command("WebDriver:SwitchToWindow", handle=handle, focus=False)
