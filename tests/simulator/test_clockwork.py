"""Both kinds of time keep the order of what falls due, and a failure of one thing does not stop the rest."""
import logging
import threading

from simulator.clockwork import ByHand, RealTime


def test_time_by_hand_stands_still_and_then_does_things_in_order():
    clock, done = ByHand(), []
    start = clock.now()
    clock.later(2, lambda: done.append(("second", clock.now() - start)))
    clock.later(1, lambda: (done.append(("first", clock.now() - start)), clock.later(0.5, lambda: done.append(("between", clock.now() - start)))))
    assert done == []
    clock.advance(1.2)
    assert [name for name, _ in done] == ["first"]
    clock.advance(5)
    assert [(name, passed.total_seconds()) for name, passed in done] == [("first", 1), ("between", 1.5), ("second", 2)]
    assert (clock.now() - start).total_seconds() == 6.2


def test_in_real_time_what_is_due_earlier_comes_first_and_a_failure_stops_nothing(caplog):
    clock, done, ended = RealTime(), [], threading.Event()
    with caplog.at_level(logging.CRITICAL):
        clock.later(0.01, lambda: 1 / 0)
        clock.later(0.3, lambda: (done.append("late"), ended.set()))
        clock.later(0.05, lambda: done.append("early"))
        assert ended.wait(10)
    assert done == ["early", "late"]


def test_one_that_takes_long_holds_up_no_other():
    clock, slow, quick = RealTime(), threading.Event(), threading.Event()
    clock.later(0, lambda: slow.wait(10))
    clock.later(0.01, quick.set)
    assert quick.wait(5)
    slow.set()
