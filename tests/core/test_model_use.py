"""Going on to a new model and back again."""

from datetime import UTC, datetime

import pytest

from graceperiod.core.model_use import MOST_BEFORE, ModelUse, number_of

AT = datetime(2026, 11, 23, tzinfo=UTC)


def test_one_goes_back_the_way_one_came_and_ends_at_the_shipped_model() -> None:
    use = ModelUse()
    for number in (1, 2, 3):
        use = use.then(f"mine-{number}", at=AT)
    names = [use.name]
    while use.name is not None:
        use = use.back(at=AT)
        names.append(use.name)
    assert names == ["mine-3", "mine-2", "mine-1", None]


def test_one_can_go_straight_to_the_shipped_model() -> None:
    use = ModelUse().then("mine-1", at=AT).then("mine-2", at=AT)
    assert use.back(at=AT, to_shipped=True) == ModelUse(since=AT)


def test_only_so_many_are_kept_to_go_back_to() -> None:
    use = ModelUse()
    for number in range(1, 10):
        use = use.then(f"mine-{number}", at=AT)
    assert use.before == tuple(f"mine-{n}" for n in range(9 - MOST_BEFORE, 9))


@pytest.mark.parametrize(
    "name", ["mine-0", "mine-", "mine-01", "mine-1/../x", "mine-1\n", "jobmail-v1", "../mine-1"]
)
def test_another_name_is_no_model_of_the_users(name: str) -> None:
    assert number_of(name) is None
