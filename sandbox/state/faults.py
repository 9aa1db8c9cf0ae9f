"""Misbehaviour on demand: which of the next requests fail, come late, or lose their answer."""

import math
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

_DEFAULT_CODES = {403: 50013, 404: 10008}
_MESSAGES = {
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10007: "Unknown Member",
    10008: "Unknown Message",
    10013: "Unknown User",
    10014: "Unknown Emoji",
    10015: "Unknown Webhook",
    10062: "Unknown interaction",
    10063: "Unknown application command",
    30034: "Maximum number of daily application command creates has been reached",
    40060: "Interaction has already been acknowledged.",
    40094: "This interaction has reached the maximum number of follow-up messages.",
    50001: "Missing Access",
    50006: "Cannot send an empty message",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50027: "Invalid Webhook Token",
    50035: "Invalid Form Body",
    160002: "Cannot reply without permission to read message history",
    200000: "Message was blocked by automatic moderation",
}


@dataclass(slots=True)
class Fault:
    """One misbehaviour: requests whose method and path match, `times` of them (``None``: for ever).

    `path` is a regular expression searched for in the path; `delay` and `retry_after` are seconds; `after`
    means that the request takes effect and only its answer is lost; a `status` of 0 is no failure, only the
    delay.
    """

    method: str | None
    path: str
    status: int
    code: int
    message: str
    times: int | None
    retry_after: float | None
    delay: float
    after: bool
    scope: str

    @property
    def fails(self) -> bool:
        """Whether the request is answered with an error, rather than only late."""
        return self.status != 0

    def concerns(self, method: str, path: str) -> bool:
        """Whether a request is one of those meant."""
        return self.method in (None, method.upper()) and re.search(self.path, path) is not None


class Faults:
    """The misbehaviours in force, tried in the order they were added."""

    def __init__(self) -> None:
        self.refuse_message_content: bool = False  # close a gateway that asks for the intent with 4014
        self._faults: list[Fault] = []

    def add(  # noqa: PLR0913  (all keywords, as a test spells them)
        self,
        *,
        method: str | None = None,
        path: str = r".*",
        status: int = 500,
        code: int = 0,
        message: str = "",
        times: int | None = 1,
        retry_after: float | None = None,
        delay: float = 0.0,
        after: bool = False,
        scope: str = "user",
    ) -> Fault:
        """Let the next `times` matching requests fail; `re.error` when `path` is no regular expression."""
        re.compile(path)
        verb = method.upper() if method else None
        fault = Fault(verb, path, status, code, message, times, retry_after, delay, after, scope)
        self._faults.append(fault)
        return fault

    def delay(self, path: str, seconds: float, times: int | None = 1, method: str | None = None) -> Fault:
        """Let the next `times` matching requests succeed, but `seconds` late."""
        return self.add(method=method, path=path, status=0, times=times, delay=seconds)

    def clear(self) -> None:
        """Behave again."""
        self._faults.clear()
        self.refuse_message_content = False

    def match(self, method: str, path: str) -> Fault | None:
        """The misbehaviour this request meets, one of its `times` used up; ``None`` for none."""
        for fault in self._faults:
            if fault.concerns(method, path):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)

    @staticmethod
    def response_for(fault: Fault) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Status, JSON body and headers of the failing answer, in Discord's shape."""
        if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
            return _rate_limited(fault)
        code = fault.code or _DEFAULT_CODES.get(fault.status, 0)
        message = fault.message or _MESSAGES.get(code) or _status_line(fault.status)
        return fault.status, {"message": message, "code": code}, {}


def _status_line(status: int) -> str:
    """What Discord says where it has no error code: the status in words."""
    known = {member.value: member.phrase for member in HTTPStatus}
    return f"{status}: {known.get(status, 'Error')}"


def _rate_limited(fault: Fault) -> tuple[int, dict[str, Any], dict[str, str]]:
    """An answer 429; without ``Via`` clients take it for a ban at the edge."""
    wait = 1.0 if fault.retry_after is None else fault.retry_after
    for_all = fault.scope == "global"
    message = fault.message or "You are being rate limited."
    body: dict[str, Any] = {"message": message, "retry_after": wait, "global": for_all}
    if fault.code:
        body["code"] = fault.code
    headers = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": fault.scope, "Via": "1.1 sandbox"}
    if for_all:
        headers["X-RateLimit-Global"] = "true"
    return fault.status, body, headers
