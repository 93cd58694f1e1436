"""Makes replay-sample.csv: a made-up lead log of ten weeks, with rush weeks, quiet nights and one webinar list."""

import csv
import datetime
import pathlib
import random
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/New_York")
FIRST_MONDAY = datetime.date(2025, 9, 8)  # the clocks go back in week eight: both offsets occur
WEEKS = 10
WEEKDAYS = [17.5, 19.0, 18.5, 17.8, 14.8, 5.6, 6.8]
HOURS = [1, 1, 0, 0, 1, 1, 2, 3, 6, 8, 9, 9, 7, 8, 9, 8, 7, 5, 4, 3, 3, 3, 2, 1]
TIERS = ["1", "2", "3"]
TIER_WEIGHTS = [20, 35, 45]


def lead(chance, monday):
    day = monday + datetime.timedelta(days=chance.choices(range(7), WEEKDAYS)[0])
    hour = chance.choices(range(24), HOURS)[0]
    second = chance.randrange(3600)
    stamp = datetime.datetime(day.year, day.month, day.day, hour, second // 60, second % 60, tzinfo=ZONE)
    return stamp, chance.choices(TIERS, TIER_WEIGHTS)[0]


def main():
    chance = random.Random(20250908)
    leads = []
    for week in range(WEEKS):
        monday = FIRST_MONDAY + datetime.timedelta(weeks=week)
        busy = chance.gammavariate(10, 0.1)
        leads += [lead(chance, monday) for _ in range(round(38 * busy))]
    list_at = datetime.datetime(2025, 10, 9, 15, 0, tzinfo=ZONE)
    leads += [(list_at + datetime.timedelta(seconds=second), "2") for second in range(18)]
    leads.sort()
    with open(pathlib.Path(__file__).with_name("replay-sample.csv"), "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "created", "tier"])
        for number, (stamp, tier) in enumerate(leads, 1):
            rows.writerow([f"L{number:04}", stamp.isoformat(), tier])


if __name__ == "__main__":
    main()
