"""Dates: month arithmetic, working days, recurrences with their exceptions, and the words for them (VT-6.1, VT-6.2)."""

import json
import os
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import pytest
from dateutil.rrule import rrulestr

from generator import kalender as module
from generator.kalender import Kalender, add_months, feestdag, first_workday, running_month
from generator.model.protocol import OverlegKalender, OverlegVerslag
from generator.protocoltekst import in_woorden


def day(text: str) -> date:
    return date.fromisoformat(text)


def calendar(regel: str = "BYDAY=-1TH", aankondiging: str = "BYDAY=-2TH", **more: Any) -> Kalender:
    """A calendar as `kalender.yaml` writes it, without the FREQ."""
    rules = {"regel": f"FREQ=MONTHLY;{regel}", "aankondiging": f"FREQ=MONTHLY;{aankondiging}", "uur": "14:00"}
    return Kalender(OverlegKalender.model_validate(rules | more), {})


def dates(found: Kalender, year: int) -> list[str]:
    """Every overleg of the months of a year, `-` for one that is cancelled."""
    return [str(month.datum or "-") for month in found.jaar(year)]


# Month arithmetic ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2025-08-31", 18, "2027-02-28"),
        ("2025-08-31", 30, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-01", 12, "2027-12-01"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-05", 0, "2026-05-05"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-01-01", 1200, "2126-01-01"),
    ],
)
def test_add_months_clamps_to_the_end_of_the_month(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("start", "op", "expected"),
    [
        ("2026-02-01", "2026-02-01", 1),
        ("2026-02-01", "2026-02-28", 1),
        ("2026-02-01", "2026-03-01", 2),
        ("2026-02-15", "2026-03-14", 1),
        ("2026-02-15", "2026-03-15", 2),
        ("2026-01-31", "2026-02-27", 1),
        ("2026-01-31", "2026-02-28", 2),
        ("2026-01-31", "2026-03-30", 2),
        ("2026-01-31", "2026-03-31", 3),
        ("2024-02-29", "2025-02-27", 12),
        ("2024-02-29", "2025-02-28", 13),
        ("2024-02-29", "2025-03-28", 13),
        ("2026-12-31", "2027-01-30", 1),
        ("2026-02-01", "2027-02-01", 13),
        ("2026-02-01", "2028-01-31", 24),
    ],
)
def test_running_month_is_the_largest_n_plus_one(start: str, op: str, expected: int) -> None:
    assert running_month(day(start), day(op)) == expected


# Working days and public holidays ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-11-12", "2026-11-12"),  # Thursday
        ("2026-11-14", "2026-11-16"),  # Saturday
        ("2026-11-15", "2026-11-16"),  # Sunday
        ("2026-11-11", "2026-11-12"),  # armistice, a Wednesday
        ("2026-05-14", "2026-05-15"),  # Ascension
        ("2026-05-15", "2026-05-15"),  # the day after it is a working day
        ("2026-04-04", "2026-04-07"),  # Saturday before Easter Monday
        ("2026-05-25", "2026-05-26"),  # Whit Monday
        ("2026-05-01", "2026-05-04"),  # Labour Day, a Friday
        ("2026-07-21", "2026-07-22"),  # national holiday
        ("2026-08-15", "2026-08-17"),  # Assumption, a Saturday
        ("2026-11-01", "2026-11-02"),  # All Saints, a Sunday: All Souls is a working day
        ("2026-12-25", "2026-12-28"),  # Christmas, a Friday
        ("2026-12-26", "2026-12-28"),
        ("2026-07-11", "2026-07-13"),  # a Saturday
        ("2025-07-11", "2025-07-11"),  # the Flemish feast is no public holiday
        ("2026-12-31", "2026-12-31"),
        ("2027-01-01", "2027-01-04"),
    ],
)
def test_first_workday_passes_over_weekends_and_holidays(first: str, expected: str) -> None:
    assert first_workday(day(first)) == day(expected)


HOLIDAYS_2026 = {
    "2026-01-01": "Nieuwjaar",
    "2026-04-05": "Pasen",
    "2026-04-06": "Paasmaandag",
    "2026-05-01": "Dag van de Arbeid",
    "2026-05-14": "O. L. H. Hemelvaart",
    "2026-05-24": "Pinksteren",
    "2026-05-25": "Pinkstermaandag",
    "2026-07-21": "Nationale feestdag",
    "2026-08-15": "O. L. V. Hemelvaart",
    "2026-11-01": "Allerheiligen",
    "2026-11-11": "Wapenstilstand",
    "2026-12-25": "Kerstmis",
}


@pytest.mark.parametrize("language", ["en_US.UTF-8", "fr_BE.UTF-8", "C", ""])
def test_holidays_have_dutch_names_whatever_the_system_speaks(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, language)
    found = {str(day): name for day, name in sorted(module.bereken_feestdagen(2026).items())}
    assert found == HOLIDAYS_2026
    assert feestdag(day("2026-11-12")) is None


def test_the_holidays_that_are_written_down_are_those_of_the_library() -> None:
    """`make accept` writes them anew."""
    made = {
        str(day): name for year in range(2020, 2061) for day, name in sorted(module.bereken_feestdagen(year).items())
    }
    if os.environ.get("ACCEPT"):
        module.FEESTDAGEN.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    assert json.loads(module.FEESTDAGEN.read_text(encoding="utf-8")) == made
    assert all(module.feestdagen(year) == module.bereken_feestdagen(year) for year in (2019, 2020, 2060, 2061))


def test_the_rule_meets_these_holidays() -> None:
    """The last Thursday collides with 4 holidays up to 2030, the second-last with one (VT-6.2)."""
    months = [month for year in range(2023, 2031) for month in calendar().jaar(year)]
    assert [str(m.datum) for m in months if m.datum and feestdag(m.datum)] == [
        "2025-05-29",
        "2025-12-25",
        "2028-05-25",
        "2030-05-30",
    ]
    assert [str(m.aankondiging) for m in months if m.aankondiging and feestdag(m.aankondiging)] == ["2023-05-18"]


# Recurrences ---------------------------------------------------------------------------------------------------------

LAST_THURSDAYS = "01-29 02-26 03-26 04-30 05-28 06-25 07-30 08-27 09-24 10-29 11-26 12-31"


@pytest.mark.parametrize(
    ("regel", "year", "expected"),
    [
        ("BYDAY=-1TH", 2026, LAST_THURSDAYS),
        ("BYDAY=TH;BYSETPOS=-1", 2026, LAST_THURSDAYS),
        ("BYDAY=2TU", 2026, "01-13 02-10 03-10 04-14 05-12 06-09 07-14 08-11 09-08 10-13 11-10 12-08"),
        ("BYMONTHDAY=15;INTERVAL=3", 2026, "01-15 04-15 07-15 10-15"),
        ("INTERVAL=2;BYDAY=1MO", 2026, "01-05 03-02 05-04 07-06 09-07 11-02"),
        ("INTERVAL=2;BYDAY=1MO", 2027, "01-04 03-01 05-03 07-05 09-06 11-01"),
        # Every fifth month from January 2000 on: the count goes on from year to year.
        ("INTERVAL=5;BYDAY=1MO", 2026, "04-06 09-07"),
        ("INTERVAL=5;BYDAY=1MO", 2027, "02-01 07-05 12-06"),
        ("BYMONTHDAY=31", 2026, "01-31 03-31 05-31 07-31 08-31 10-31 12-31"),
        ("BYMONTHDAY=-1", 2028, "01-31 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
    ],
)
def test_a_rule_gives_the_months_with_an_overleg(regel: str, year: int, expected: str) -> None:
    """Nothing in the code knows a weekday: the rule does (VT-6.2)."""
    assert dates(calendar(regel, regel), year) == [f"{year}-{text}" for text in expected.split()]


@pytest.mark.parametrize(
    "rule",
    [
        "MONTHLY;BYDAY=-1TH", "MONTHLY;BYDAY=5MO", "MONTHLY;BYMONTHDAY=-1", "monthly;byday=mo,tu;bysetpos=-1",
        "MONTHLY;INTERVAL=7;BYDAY=1TU", "YEARLY;BYMONTH=2;BYMONTHDAY=29", "YEARLY;BYEASTER=1", "yearly;byeaster=-47",
        "YEARLY;BYWEEKNO=53;BYDAY=SU", "YEARLY;BYWEEKNO=1;BYDAY=MO", "MONTHLY;BYYEARDAY=60,-1",
    ],
)  # fmt: skip
def test_a_rule_gives_in_every_year_what_the_library_says(rule: str) -> None:
    """Those of 28 years before are taken where they are the same: nearly always, until 2100."""
    found = Kalender(
        OverlegKalender.model_construct(regel=f"FREQ={rule}", aankondiging=f"FREQ={rule}", uur=time(10)), {}
    )
    for year in range(2000, 2131):
        start = datetime(2000 if "INTERVAL" in rule else year, 1, 1)  # noqa: DTZ001
        days = rrulestr(f"FREQ={rule}", dtstart=start).between(datetime(year, 1, 1), datetime(year, 12, 31), inc=True)  # noqa: DTZ001
        assert [month.volgens_regel for month in found.jaar(year)] == [day.date() for day in days]


def test_a_month_has_its_own_notice_hour_and_length() -> None:
    month = calendar(duur=90).maand("2026-11")
    assert month is not None
    assert (month.maand, month.volgens_regel, month.datum) == ("2026-11", day("2026-11-26"), day("2026-11-26"))
    assert (month.aankondiging, month.uur, month.duur) == (day("2026-11-19"), time(14), 90)


def test_a_month_outside_the_rule_has_no_overleg() -> None:
    every_other = calendar("INTERVAL=2;BYDAY=1TU", "INTERVAL=2;BYMONTHDAY=1")
    assert every_other.maand("2026-02") is None
    assert str(every_other.eerste_vanaf(day("2026-01-07")).datum) == "2026-03-03"


# Exceptions ----------------------------------------------------------------------------------------------------------


def exceptions(**months: dict[str, Any]) -> Kalender:
    """Exceptions by month: `m2026_05={"overleg": …}`."""
    named = {name[1:].replace("_", "-"): {"reden": "test"} | value for name, value in months.items()}
    return calendar(uitzonderingen=named)


@pytest.mark.parametrize(
    ("exception", "overleg", "notice"),
    [
        ({}, "2026-05-28", "2026-05-21"),
        ({"overleg": "2026-05-20"}, "2026-05-20", "2026-05-21"),
        ({"overleg": "2026-05-20", "aankondiging": "2026-05-13"}, "2026-05-20", "2026-05-13"),
        ({"aankondiging": "2026-05-20"}, "2026-05-28", "2026-05-20"),
        ({"vervalt": True}, None, None),
    ],
)
def test_an_exception_moves_or_cancels(exception: dict[str, Any], overleg: str | None, notice: str | None) -> None:
    """Moved to another date (notice moved too, or not), or cancelled (VT-6.2)."""
    month = exceptions(m2026_05=exception).maand("2026-05")
    assert month is not None
    assert month.volgens_regel == day("2026-05-28")
    assert month.datum == (day(overleg) if overleg else None)
    assert month.aankondiging == (day(notice) if notice else None)
    assert month.reden == "test"


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-06-25", "2026-06-25"),
        ("2026-06-26", "2026-08-06"),  # July is moved to August
        ("2026-08-06", "2026-08-06"),
        ("2026-08-07", "2026-08-27"),  # August's own
        ("2026-08-28", "2026-10-29"),  # September is cancelled
        ("2026-11-26", "2026-11-26"),
        ("2026-11-27", "2027-01-07"),  # December is moved past New Year
        ("2027-01-08", "2027-01-28"),
        ("2027-11-26", "2027-12-29"),  # January 2028 comes before December's own
        ("2027-12-30", "2027-12-30"),
        ("2027-12-31", "2028-02-24"),
    ],
)
def test_the_first_overleg_on_or_after_a_date(first: str, expected: str) -> None:
    """A cancelled or moved overleg takes its dossiers along: actual date on or after, else the next (VT-6.1)."""
    found = exceptions(
        m2026_07={"overleg": "2026-08-06"},
        m2026_09={"vervalt": True},
        m2026_12={"overleg": "2027-01-07"},
        m2028_01={"overleg": "2027-12-29"},
    )
    assert found.eerste_vanaf(day(first)).datum == day(expected)
    before = date.fromordinal(day(first).toordinal() - 1)
    assert found.na(before).datum == day(expected)
    assert (found.op(day(first)) is not None) == (first == expected)


def test_a_moved_overleg_keeps_its_month() -> None:
    found = exceptions(m2026_07={"overleg": "2026-08-06"})
    assert [m.maand for _, m in islice(found.vanaf(day("2026-06-26")), 3)] == ["2026-07", "2026-08", "2026-09"]


def test_overleggen_between_two_dates() -> None:
    """Later than the one, not later than the other; cancelled ones not (VT-7.4)."""
    found = exceptions(m2026_04={"vervalt": True}, m2026_05={"overleg": "2026-05-20"})
    between = found.tussen(day("2026-02-26"), day("2026-06-25"))
    assert [str(month.datum) for month in between] == ["2026-03-26", "2026-05-20", "2026-06-25"]
    assert list(found.tussen(day("2026-03-26"), day("2026-03-26"))) == []


def test_an_overleg_is_dropped_for_one_partner_in_one_month() -> None:
    """The record of a month names the partner whose overleg was dropped (VT-6.3)."""
    records = {"2026-05": {"alfa": OverlegVerslag(vervalt="alles loopt goed"), "beta": OverlegVerslag(gehouden=True)}}
    found = Kalender(calendar().bestand, records)
    may, june = found.maand("2026-05"), found.maand("2026-06")
    assert may is not None
    assert june is not None
    assert found.vervalt_voor(may, "alfa")
    assert not found.vervalt_voor(may, "beta")
    assert not found.vervalt_voor(may, "gamma")
    assert not found.vervalt_voor(may, None)
    assert not found.vervalt_voor(june, "alfa")


# Another rule from a date on -----------------------------------------------------------------------------------------


def test_another_rule_leaves_the_months_before_alone() -> None:
    found = calendar(
        wijzigingen={
            "2026-09-01": {"regel": "FREQ=MONTHLY;BYDAY=2TU", "aankondiging": "FREQ=MONTHLY;BYDAY=1TU"},
            "2027-01-01": {"uur": "9:30"},
        }
    )
    assert dates(found, 2026) == [
        *(f"2026-{text}" for text in LAST_THURSDAYS.split()[:8]),
        "2026-09-08",
        "2026-10-13",
        "2026-11-10",
        "2026-12-08",
    ]
    told = {m.maand: (str(m.aankondiging), m.uur) for year in (2026, 2027) for m in found.jaar(year)}
    assert told["2026-08"] == ("2026-08-20", time(14))
    assert told["2026-09"] == ("2026-09-01", time(14))
    assert told["2026-12"] == ("2026-12-01", time(14))
    assert told["2027-01"] == ("2027-01-05", time(9, 30))
    assert str(found.eerste_vanaf(day("2026-08-28")).datum) == "2026-09-08"


def test_changes_add_up_whatever_their_order_in_the_file() -> None:
    found = calendar(
        wijzigingen={
            "2026-06-01": {"duur": 90},
            "2026-03-01": {"regel": "FREQ=MONTHLY;BYDAY=1MO", "aankondiging": "FREQ=MONTHLY;BYMONTHDAY=1", "duur": 45},
        }
    )
    told = {m.maand: (str(m.datum), m.duur) for m in found.jaar(2026)}
    assert told["2026-02"] == ("2026-02-26", 60)
    assert told["2026-03"] == ("2026-03-02", 45)
    assert told["2026-06"] == ("2026-06-01", 90)


def test_a_change_to_fewer_months() -> None:
    rare = {"regel": "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "aankondiging": "FREQ=MONTHLY;BYMONTHDAY=1"}
    found = calendar(wijzigingen={"2026-06-01": rare})
    assert [m.maand[5:] for m in found.jaar(2026)] == ["01", "02", "03", "04", "05", "07", "09", "11"]


def test_an_exception_goes_over_a_change() -> None:
    found = calendar(
        uitzonderingen={"2026-09": {"overleg": "2026-09-15", "reden": "staking"}},
        wijzigingen={"2026-09-01": {"regel": "FREQ=MONTHLY;BYDAY=2TU", "aankondiging": "FREQ=MONTHLY;BYDAY=1TU"}},
    )
    month = found.maand("2026-09")
    assert month is not None
    assert (str(month.volgens_regel), str(month.datum)) == ("2026-09-08", "2026-09-15")
    assert month.regel == "FREQ=MONTHLY;BYDAY=2TU"


# In words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regel", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=-1TH", "laatste donderdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=-2TH", "voorlaatste donderdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=2TU", "tweede dinsdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=+1MO", "eerste maandag van de maand"),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3", "derde woensdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;WKST=MO", "laatste vrijdag van de maand"),
        ("freq=monthly;byday=4sa", "vierde zaterdag van de maand"),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=1SU", "eerste zondag van de maand"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "eerste maandag van elke tweede maand"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH", "laatste donderdag van elke derde maand"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "15e van de maand"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", "1e van elke tweede maand"),
        # What has no simple name is quoted as it stands, never told wrongly.
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "dag volgens de regel FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=5TH", "dag volgens de regel FREQ=MONTHLY;BYDAY=5TH"),
        ("FREQ=MONTHLY;INTERVAL=4;BYDAY=1MO", "dag volgens de regel FREQ=MONTHLY;INTERVAL=4;BYDAY=1MO"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,6", "dag volgens de regel FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,6"),
        ("FREQ=YEARLY;BYDAY=-1TH", "dag volgens de regel FREQ=YEARLY;BYDAY=-1TH"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "dag volgens de regel FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        ("FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=15", "dag volgens de regel FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=15"),
    ],
)
def test_a_rule_in_words(regel: str, expected: str) -> None:
    assert in_woorden(regel) == expected
