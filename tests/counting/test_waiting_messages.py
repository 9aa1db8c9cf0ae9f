"""AI bots' messages wait for their channel's history as long as that may come, and no more of them than fit."""

import pytest

from bot.counting.ai_answers import waiting_messages
from bot.counting.ai_answers.pending_answer import BotMessage
from bot.counting.ai_answers.waiting_messages import PATIENCE, WaitingMessages

GUILD, CHANNEL, OTHER = 1, 10, 11
TOKENS = {"content": 5, "embeds": 0, "components": 0}


def message(number: int, channel_id: int = CHANNEL) -> BotMessage:
    return BotMessage(number, GUILD, channel_id, 7, None, 0, TOKENS, created=float(number), changed=float(number))


def waiting(*messages: BotMessage) -> WaitingMessages:
    found = WaitingMessages()
    for one in messages:
        found.add(one)
    return found


def test_they_wait_for_their_own_channel() -> None:
    held = waiting(message(3), message(2), message(1, OTHER))
    assert held.channels == {CHANNEL, OTHER}
    assert held.release(lambda _, channel_id: channel_id == OTHER, 4.0) == [message(2), message(3)]
    assert held.channels == {OTHER}
    assert held.release(lambda *_: False, 4.0) == [message(1, OTHER)]
    assert not held


def test_they_do_not_wait_for_ever() -> None:
    held = waiting(message(1))
    assert held.release(lambda *_: True, 1.0 + PATIENCE) == []
    assert held.release(lambda *_: True, 1.5 + PATIENCE) == [message(1)]


def test_edits_and_deletions_reach_them() -> None:
    held = waiting(message(1), message(2))
    held.change(message(1), {"content": 9}, 4.0)
    held.remove(2)
    held.remove(3)
    (changed,) = held.release(lambda *_: False, 5.0)
    assert (changed.tokens, changed.created, changed.changed) == ({**TOKENS, "content": 9}, 1.0, 4.0)


def test_there_is_room_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_messages, "MAX_WAITING", 2)
    held = waiting(message(1))
    assert held.has_room
    held.add(message(2))
    assert not held.has_room
