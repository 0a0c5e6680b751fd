"""The instructions must name the server and stay readable in a terminal."""

from graceperiod.demo.thunderbird import how_to_look


def test_the_instructions_name_server_user_password_and_marks() -> None:
    told = how_to_look(host="127.0.0.1", port=40143, user="robin.vale@postbox.example", password="grace")
    for word in ("127.0.0.1", "40143", "robin.vale@postbox.example", "grace", "Thunderbird", "mutt"):
        assert word in told
    for keyword in ("gp-rejection", "gp-soft-rejection", "gp-unsure"):
        assert f"mailnews.tags.{keyword}.tag" in told
    assert "imap://robin.vale%40postbox.example@127.0.0.1:40143/" in told


def test_the_instructions_fit_into_a_terminal() -> None:
    told = how_to_look(host="127.0.0.1", port=40143, user="robin.vale@postbox.example", password="grace")
    assert max(len(line) for line in told.splitlines()) <= 100
    assert told.endswith("\n")
