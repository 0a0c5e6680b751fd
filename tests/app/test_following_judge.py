"""The judge that is in use judges, from the first mail after the change on."""

from dataclasses import dataclass

from graceperiod.app.following_judge import FollowingJudge
from graceperiod.core.mail import Mail
from graceperiod.core.verdict import Verdict
from graceperiod.ports import Judge
from mails import mail, verdict


@dataclass
class NamedJudge:
    model: str

    def judge(self, mail: Mail) -> Verdict:
        return verdict()


def test_another_model_judges_as_soon_as_it_is_in_use_and_is_loaded_once() -> None:
    in_use = "jobmail-v1"
    loaded: list[str] = []

    def load() -> Judge:
        loaded.append(in_use)
        return NamedJudge(in_use)

    judge = FollowingJudge(sign=lambda: in_use, load=load)
    judge.judge(mail())
    assert judge.model == "jobmail-v1"
    in_use = "mine-1"
    judge.judge(mail())
    assert judge.model == "mine-1"
    assert loaded == ["jobmail-v1", "mine-1"]


def test_a_change_while_a_model_is_loaded_is_not_missed() -> None:
    signs = iter([1, 2, 2])
    loaded = iter(["old", "new"])
    judge = FollowingJudge(sign=lambda: next(signs), load=lambda: NamedJudge(next(loaded)))
    assert judge.model == "new"
    assert judge.model == "new"
