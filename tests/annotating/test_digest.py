"""What a digest sums, when it is shown, and when the next one begins."""

import pytest
from pending import Waiting

from bot.annotating.digest import BURST_EDIT_INTERVAL, EDIT_INTERVAL, FIRST_AFTER, MAX_AGE, QUIET, Digest


def test_it_sums_what_it_is_given(waiting: Waiting) -> None:
    small, large = waiting.one(text="Merci beaucoup !"), waiting.one(text="Écris un rapport détaillé de dix pages.")
    digest = Digest(small, instead_of_replies=False)
    digest.add(large)
    impacts = [one.footprint.impact for one in (small, large)]
    for end in range(3):
        assert digest.energy_wh[end] == pytest.approx(sum(one.energy_wh[end] for one in impacts))
        assert digest.gwp_g[end] == pytest.approx(sum(one.gwp_g[end] for one in impacts))
    assert digest.water_ml
    assert digest.water_ml.expected == pytest.approx(sum(one.water_ml.expected for one in impacts if one.water_ml))
    assert (digest.messages, digest.courtesy_words, digest.courtesy_only) == (2, 1, 1)
    assert digest.largest is large


def test_water_that_is_unknown_once_is_unknown(waiting: Waiting) -> None:
    digest, dry = Digest(waiting.one(), instead_of_replies=False), waiting.one()
    footprint = dry.footprint
    impact = footprint.impact
    without = type(impact)(impact.energy_wh, impact.gwp_g, None, *impact[3:])
    digest.add(type(dry)(9, 1, 2, None, 7, 0.0, footprint._replace(impact=without)))
    digest.add(waiting.one())
    assert digest.water_ml is None


def test_it_appears_soon_and_is_edited_now_and_then(waiting: Waiting) -> None:
    digest = Digest(waiting.one(100.0), instead_of_replies=False)
    assert digest.due_in(100) == FIRST_AFTER
    assert digest.due_in(200) == 0
    digest.begins(200)
    assert digest.due_in(200) is None
    digest.ended(55)
    digest.add(waiting.one(210.0))
    assert digest.due_in(210) == EDIT_INTERVAL - 10
    digest.instead_of_replies = True
    assert digest.due_in(210) == BURST_EDIT_INTERVAL - 10


def test_what_comes_while_it_goes_out_is_shown_later(waiting: Waiting) -> None:
    digest = Digest(waiting.one(0.0), instead_of_replies=False)
    digest.begins(10)
    digest.add(waiting.one(10.5))
    digest.ended(55)
    assert digest.due_in(11) == EDIT_INTERVAL - 1


def test_a_failure_is_tried_again_and_what_was_posted_stays_known(waiting: Waiting) -> None:
    digest = Digest(waiting.one(0.0), instead_of_replies=False)
    digest.begins(10)
    digest.ended(None)
    assert digest.posted_id is None
    assert digest.due_in(10) == EDIT_INTERVAL
    digest.ended(55)
    digest.begins(200)
    digest.ended(None)
    assert digest.posted_id == 55
    assert digest.due_in(200) == EDIT_INTERVAL


def test_a_removed_one_is_never_due(waiting: Waiting) -> None:
    digest = Digest(waiting.one(0.0), instead_of_replies=False)
    digest.removed = True
    assert digest.due_in(1000) is None


def test_it_ends_after_quiet_or_an_hour(waiting: Waiting) -> None:
    digest = Digest(waiting.one(0.0), instead_of_replies=False)
    assert digest.ends_in(0) == QUIET
    for minute in range(0, 59, 10):
        digest.add(waiting.one(minute * 60.0))
    assert digest.ends_in(50 * 60) == MAX_AGE - 50 * 60
    assert digest.ends_in(MAX_AGE + 1) == 0


def test_the_largest_may_be_gone_or_want_to_be_left_alone(waiting: Waiting) -> None:
    one = waiting.one()
    digest = Digest(one, instead_of_replies=False)
    assert digest.largest_if(lambda _: True) is one
    assert digest.largest_if(lambda _: False) is None
    digest.forget(one.message_id + 1)
    assert digest.largest is one
    digest.forget(one.message_id)
    assert digest.largest is None
