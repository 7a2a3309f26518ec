from tests.telemetry.conftest import Clock
from worker.telemetry.ratelimit import MAX_KEYS, RateLimiter


def test_a_key_passes_until_its_limit_and_again_in_the_next_window(clock: Clock) -> None:
    limiter = RateLimiter[str](2, 10, clock)
    assert [limiter.admit("a") for _ in range(5)] == [0, 0, None, None, None]
    clock.advance(9.9)
    assert limiter.admit("a") is None
    clock.advance(0.1)
    assert [limiter.admit("a") for _ in range(3)] == [4, 0, None]


def test_keys_do_not_share_a_limit(clock: Clock) -> None:
    limiter = RateLimiter[str](1, 10, clock)
    assert [limiter.admit(key) for key in "abab"] == [0, 0, None, None]


def test_what_is_overdue_is_told_once(clock: Clock) -> None:
    limiter = RateLimiter[str](1, 10, clock)
    for key in "aab":
        limiter.admit(key)
    assert limiter.overdue() == []
    clock.advance(10)
    assert limiter.overdue() == [("a", 1)]
    assert limiter.overdue() == []
    assert limiter.admit("a") == 0


def test_the_number_of_keys_is_bounded(clock: Clock) -> None:
    limiter = RateLimiter[int](1, 10, clock)
    for key in range(MAX_KEYS + 1):
        limiter.admit(key)
    assert limiter.admit(MAX_KEYS) is None
    assert limiter.admit(0) == 0
