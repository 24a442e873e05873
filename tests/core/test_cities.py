"""A zone is found by what people call it, and told as they would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import cities

SUMMER, WINTER = datetime(2026, 6, 26, 7, 12, tzinfo=UTC), datetime(2026, 1, 12, 23, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("berlin", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("柏林", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("munich", "Europe/Berlin"),
        ("Germany", "Europe/Berlin"),
        ("德国", "Europe/Berlin"),
        ("北京", "Asia/Shanghai"),
        ("PRC", "Asia/Shanghai"),
        ("SAO PAULO", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("new york", "America/New_York"),
        ("US/Pacific", "America/Los_Angeles"),
        ("San Francisco", "America/Los_Angeles"),
        ("Calcutta", "Asia/Kolkata"),
        ("12:57", "Asia/Kathmandu"),
        ("UTC+05:45", "Asia/Kathmandu"),
        ("utc", "Etc/UTC"),
    ],
)
def test_a_city_is_found(words: str, zone: str) -> None:
    """Cities, countries, zones, offsets and times of day are found, whatever case, accents and language."""
    assert cities.find(words, SUMMER) == (zone,)


@pytest.mark.parametrize("words", ["China", "中国", "USA", "United States", "+8", "9:12"])
def test_what_may_be_several_is_asked(words: str) -> None:
    """A country with several clocks, and a time that several cities have, give a few to choose from."""
    assert 2 <= len(cities.find(words, SUMMER)) <= 10


def test_a_misspelt_city_is_nearly_found() -> None:
    """A slip of the finger is understood; nonsense isn't."""
    assert cities.find("berlim", SUMMER) == ()
    assert "Europe/Berlin" in cities.near("berlim", SUMMER)
    assert cities.near("xqzt", SUMMER) == ()
    assert cities.near("x" * 4000, SUMMER) == ()


@pytest.mark.parametrize("now", [SUMMER, WINTER])
def test_everybodys_time_can_be_chosen(now: datetime) -> None:
    """Whatever time it is somewhere, it is offered, and choosing it leads to cities that have it."""
    offered = cities.offsets(now)
    places = [zone for zone in available_timezones() if zone.startswith(("America/", "Asia/", "Europe/"))]
    assert {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in places} <= set(offered)
    assert set(cities.likely(now)) <= set(offered)
    assert len(cities.likely(now)) <= 12
    for offset in offered:
        zones = cities.at(offset, now)
        assert 1 <= len(zones) <= 10
        assert {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones} == {offset}


def test_a_time_leads_to_every_kind_of_clock() -> None:
    """Among the cities of an offset are those that change their clocks and those that don't."""
    assert {"Europe/Berlin", "Africa/Johannesburg"} <= set(cities.at(timedelta(hours=2), SUMMER))


def test_a_zone_is_told_as_its_city() -> None:
    """A zone is told as its city in the reader's language, by an old name too; one without as it is."""
    told = ["Europe/Berlin", "Asia/Kolkata", "Asia/Calcutta", "US/Pacific", "UTC"]
    assert [cities.name(zone, "en") for zone in told] == [
        "Berlin",
        "Kolkata",
        "Kolkata",
        "Los Angeles",
        "UTC",
    ]
    assert cities.name("Asia/Shanghai", "zh") == "上海"
    assert cities.name("America/Argentina/Buenos_Aires", "zh") == "布宜诺斯艾利斯"


@settings(max_examples=25, deadline=None)  # the first one reads every zone
@given(words=st.text(), now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_any_words_find_zones_or_none(words: str, now: datetime) -> None:
    """Whatever is typed, what is found is a zone that exists."""
    for zone in (*cities.find(words, now), *cities.near(words, now)):
        assert ZoneInfo(zone).key == zone
