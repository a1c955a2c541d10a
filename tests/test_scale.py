"""The map over processes gives what one process gives, and one bad thing never stops the others."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from readers import applied, doubled, process, talkative, unsendable

from accordingto import scale
from accordingto.errors import AccordingtoError


def test_many_processes_give_what_one_gives() -> None:
    items = [*range(13), *range(18, 60)]
    spread = sorted(scale.each(doubled, items, 2))
    assert spread == sorted(scale.each(doubled, items, 1)) == [(number, 2 * number) for number in items]


def test_more_than_one_process_does_the_work_and_none_of_them_is_this_one() -> None:
    places = {place for _, place in scale.each(process, range(40), 2)}
    assert os.getpid() not in places
    assert 1 <= len(places) <= 2


def test_the_order_is_kept_when_asked() -> None:
    assert [item for item, _ in scale.each(doubled, range(20, 60), 2, ordered=True)] == list(range(20, 60))


def test_what_raises_fails_alone() -> None:
    for processes in (1, 2):
        found = dict(scale.each(doubled, [11, 12, 13, 14], processes))
        assert found.pop(13) == scale.Failed("ValueError: thirteen")
        assert found == {11: 22, 12: 24, 14: 28}


def test_a_process_that_dies_fails_one_thing_and_the_others_go_on() -> None:
    found = dict(scale.each(doubled, range(14, 30), 2))
    died = found.pop(17)
    assert isinstance(died, scale.Failed) and "died (exit code 3)" in died.message
    assert found == {number: 2 * number for number in (*range(14, 17), *range(18, 30))}


def test_little_work_stays_here() -> None:
    assert {place for _, place in scale.each(process, range(5), 2, weight=lambda _: 1)} == {os.getpid()}


def test_things_are_drawn_only_as_room_is_made() -> None:
    drawn = itertools.count()
    done = 0
    for _ in scale.each(talkative, (next(drawn) for _ in range(200)), 2):
        done += 1
        ahead = int(repr(drawn)[6:-1]) - done
        assert ahead <= 2 * (1 + scale.AHEAD)
    assert done == 200


def test_what_the_function_prints_does_not_get_into_the_results() -> None:
    assert sorted(scale.each(talkative, range(10), 2)) == [(number, number) for number in range(10)]


def test_an_input_that_raises_ends_the_work_and_the_processes() -> None:
    def source() -> Iterator[int]:
        yield from range(20, 30)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(scale.each(doubled, source(), 2))


def test_leaving_early_ends_the_processes() -> None:
    work = scale.each(doubled, range(20, 1000), 2)
    next(work)
    work.close()


def test_a_result_that_cannot_travel_fails_alone() -> None:
    found = dict(scale.each(unsendable, range(8), 2))
    assert isinstance(found.pop(3), scale.Failed)
    assert found == {number: number for number in (0, 1, 2, 4, 5, 6, 7)}


def test_arguments_travel_by_value_and_functions_by_name() -> None:
    work = partial(applied, doubled, 3)
    for processes in (1, 2):
        assert sorted(scale.each(work, range(20, 25), processes)) == [(n, 2 * n + 3) for n in range(20, 25)]


def test_a_function_no_process_can_find_is_run_here() -> None:
    assert {place for _, place in scale.each(lambda _: os.getpid(), range(5), 2)} == {os.getpid()}


def test_a_process_that_cannot_start_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "START", "raise SystemExit(4)")
    with pytest.raises(AccordingtoError, match="--processes 1"):
        list(scale.each(doubled, range(20, 40), 2))


def test_a_script_needs_no_main_guard(tmp_path: object) -> None:
    code = f"""import sys; sys.path[:0] = {sys.path!r}
from accordingto import scale
from readers import doubled
print(sum(value for _, value in scale.each(doubled, range(20, 40), 2)))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == str(sum(2 * number for number in range(20, 40)))
