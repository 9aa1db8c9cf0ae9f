"""When replies would be a nuisance, and when they may come back."""

from bot.annotating.burst_detector import BURST_SECONDS, CALM_AFTER, MAX_REPLIES, BurstDetector


def test_a_quiet_channel_is_no_crowd() -> None:
    crowd = BurstDetector()
    for n in range(100):
        crowd.arrives(n * (BURST_SECONDS / (MAX_REPLIES - 1) + 0.1))
        assert not crowd.is_there(n)
    assert crowd.calm_in(0) == 0


def test_a_burst_is_a_crowd_for_a_while() -> None:
    crowd = BurstDetector()
    for n in range(MAX_REPLIES):
        assert not crowd.is_there(n)
        crowd.arrives(n)
    now = MAX_REPLIES - 1
    assert crowd.is_there(now)
    assert crowd.calm_in(now) == CALM_AFTER
    assert crowd.is_there(now + CALM_AFTER - 1)
    assert not crowd.is_there(now + CALM_AFTER)


def test_what_discord_does_not_take_is_a_crowd_too() -> None:
    crowd = BurstDetector()
    crowd.overflows(5)
    assert crowd.is_there(6)
