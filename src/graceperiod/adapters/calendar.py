"""Public holidays and the computer's time zone (RULES T4)."""

from collections.abc import Callable
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from graceperiod.errors import SettingsError


def is_holiday(country: str) -> Callable[[date], bool]:
    """Whether a day is a public holiday in a country (ISO 3166-1 alpha-2); an empty country has none.

    Raises:
        SettingsError: no holidays are known for that country.
    """
    if not country:
        return lambda _: False
    import holidays  # a large package: only for those who set a country

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        msg = f"hours.country: no public holidays are known for {country!r}; leave it empty to have none"
        raise SettingsError(msg) from None
    return lambda day: day in known


def zone(name: str) -> tzinfo:
    """The named time zone, or the computer's for an empty name."""
    if name:
        return ZoneInfo(name)
    from tzlocal import get_localzone

    return get_localzone()
