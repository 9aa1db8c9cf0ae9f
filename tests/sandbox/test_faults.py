"""Faults: which requests they meet, how often, and the answers they give."""

import re
from typing import Any

import discord
import pytest

from sandbox.state.faults import Fault, Faults


def met(faults: Faults, method: str = "POST", path: str = "/api/v10/channels/5/messages") -> Fault | None:
    return faults.match(method, path)


def answer(**keys: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
    status, body, headers = Faults.response_for(Faults().add(**keys))
    assert isinstance(body, dict)
    return status, body, headers


def test_a_fault_meets_the_next_requests_and_then_is_gone() -> None:
    faults = Faults()
    fault = faults.add(method="post", path=r"/channels/\d+/messages$", status=403, times=2)
    assert met(faults, "GET") is None
    assert met(faults, path="/channels/5/messages/6") is None
    assert met(faults) is fault
    assert met(faults) is fault
    assert met(faults) is None


def test_a_fault_can_last_for_ever_until_cleared() -> None:
    faults = Faults()
    faults.refuse_message_content = True
    fault = faults.add(times=None)
    assert all(met(faults, path=f"/{n}") is fault for n in range(100))
    faults.clear()
    assert met(faults) is None
    assert faults.refuse_message_content is False


def test_faults_are_tried_in_order() -> None:
    faults = Faults()
    first = faults.add(path="/channels/")
    second = faults.add(status=502)
    assert met(faults, path="/users/1") is second
    assert met(faults) is first
    assert met(faults) is None


def test_a_delay_is_no_failure() -> None:
    faults = Faults()
    faults.delay("/callback", 2.5, times=1, method="POST")
    fault = met(faults, path="/interactions/1/t/callback")
    assert fault is not None
    assert (fault.fails, fault.delay, fault.after) == (False, 2.5, False)
    assert met(faults, path="/interactions/1/t/callback") is None


def test_an_answer_can_be_lost_after_the_deed() -> None:
    fault = Faults().add(status=502, after=True, delay=0.5)
    assert (fault.fails, fault.after, fault.delay) == (True, True, 0.5)


def test_a_path_is_a_regular_expression() -> None:
    with pytest.raises(re.error):
        Faults().add(path="(")


@pytest.mark.parametrize(
    ("keys", "code", "message"),
    [
        ({"status": 403}, 50013, "Missing Permissions"),
        ({"status": 403, "code": 50001}, 50001, "Missing Access"),
        ({"status": 403, "code": 50007}, 50007, "Cannot send messages to this user"),
        ({"status": 404}, 10008, "Unknown Message"),
        ({"status": 404, "code": 10003}, 10003, "Unknown Channel"),
        ({"status": 404, "code": 10062}, 10062, "Unknown interaction"),
        ({"status": 400, "code": 160002}, 160002, "Cannot reply without permission to read message history"),
        ({"status": 400, "code": 200000}, 200000, "Message was blocked by automatic moderation"),
        ({"status": 400, "code": 50035, "message": "so"}, 50035, "so"),
        ({"status": 401}, 0, "401: Unauthorized"),
        ({"status": 500}, 0, "500: Internal Server Error"),
        ({"status": 502}, 0, "502: Bad Gateway"),
        ({"status": 524}, 0, "524: Error"),
    ],
)
def test_answers_have_discords_shape(keys: dict[str, Any], code: int, message: str) -> None:
    assert answer(**keys) == (keys["status"], {"message": message, "code": code}, {})


def test_a_rate_limit_is_told_as_discord_does() -> None:
    status, body, headers = answer(status=429, retry_after=1.25)
    assert status == 429
    assert body == {"message": "You are being rate limited.", "retry_after": 1.25, "global": False}
    assert headers.pop("Via")
    assert headers == {"Retry-After": "2", "X-RateLimit-Scope": "user"}


def test_a_rate_limit_for_the_whole_bot() -> None:
    _, body, headers = answer(status=429, scope="global", code=40062)
    assert body == {
        "message": "You are being rate limited.",
        "retry_after": 1.0,
        "global": True,
        "code": 40062,
    }
    assert headers["X-RateLimit-Global"] == "true"
    assert headers["X-RateLimit-Scope"] == "global"


def test_a_shared_rate_limit_is_not_global() -> None:
    _, body, headers = answer(status=429, scope="shared", retry_after=0.0)
    assert (body["global"], body["retry_after"], headers["X-RateLimit-Scope"]) == (False, 0.0, "shared")


def test_discord_py_understands_the_body() -> None:
    class Response:
        status, reason = 403, "Forbidden"

    _, body, _ = answer(status=403)
    response: Any = Response()
    assert discord.Forbidden(response, body).code == 50013
