"""Misbehaviour on demand: which of the next requests fail, come late, or lose their answer."""

import math
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

HTML = {
    status: f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    for status, title in (
        (200, "Just a moment..."),
        (403, "Attention Required! | Cloudflare"),
        (429, "Access denied | discord.com used Cloudflare to restrict access"),
        (502, "502 Bad Gateway"),
        (503, "503 Service Temporarily Unavailable"),
    )
}
"""Pages of a proxy before Discord, by status."""

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

    `method` may name several (`PUT,POST`); `path` is a regular expression searched for in the path; `delay` and
    `retry_after` are seconds; `after` means that the request takes effect and only its answer is lost; a `status`
    of 0 is no failure, only the delay; `html` is a page sent in place of JSON, as a proxy before Discord does.
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
    html: str | None = None

    @property
    def fails(self) -> bool:
        """Whether the request is answered with an error, rather than only late."""
        return self.status != 0

    def concerns(self, method: str, path: str) -> bool:
        """Whether a request is one of those meant."""
        named = self.method is None or method.upper() in self.method.split(",")
        return named and re.search(self.path, path) is not None


class Faults:
    """The misbehaviours in force, tried in the order they were added."""

    def __init__(self) -> None:
        self.refuse_message_content: bool = False  # close a gateway that asks for the intent with 4014
        self.refuse_identify: int | None = None  # close whoever identifies or resumes with this code
        self._faults: list[Fault] = []
        self._held: Fault | None = None

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
        html: str | None = None,
    ) -> Fault:
        """Let the next `times` matching requests fail; `re.error` when `path` is no regular expression."""
        re.compile(path)
        verb = method.upper().replace(" ", "") if method else None
        fault = Fault(verb, path, status, code, message, times, retry_after, delay, after, scope, html)
        self._faults.append(fault)
        return fault

    def delay(self, path: str, seconds: float, times: int | None = 1, method: str | None = None) -> Fault:
        """Let the next `times` matching requests succeed, but `seconds` late."""
        return self.add(method=method, path=path, status=0, times=times, delay=seconds)

    def page(self, path: str, status: int = 429, times: int | None = 1, retry_after: float | None = None) -> Fault:
        """Answer the next `times` matching requests with a page of HTML, whatever was asked for."""
        return self.add(path=path, status=status, times=times, retry_after=retry_after, html=HTML[status])

    def refuse_commands(
        self,
        status: int = 429,
        code: int = 0,
        *,
        times: int | None = 1,
        retry_after: float | None = None,
    ) -> Fault:
        """Refuse the next `times` registrations of commands: 429 with `retry_after` seconds, 400 with 30034, 5xx."""
        path = r"^/applications/\d+/(guilds/\d+/)?commands"
        return self.add(
            method="PUT,POST,PATCH", path=path, status=status, code=code, times=times, retry_after=retry_after
        )

    def hold(self, path: str = r".*") -> None:
        """Answer every matching request 503, until `resume`."""
        self.resume()
        self._held = self.add(path=path, status=503, times=None)

    def resume(self) -> None:
        """Answer again after `hold`."""
        if self._held in self._faults:
            self._faults.remove(self._held)
        self._held = None

    def clear(self) -> None:
        """Behave again."""
        self._faults.clear()
        self._held = None
        self.refuse_message_content, self.refuse_identify = False, None

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
    def response_for(fault: Fault) -> tuple[int, dict[str, Any] | str, dict[str, str]]:
        """Status, body (JSON in Discord's shape, or HTML) and headers of the failing answer."""
        if fault.html is not None:
            wait = {} if fault.retry_after is None else {"Retry-After": str(math.ceil(fault.retry_after))}
            return fault.status, fault.html, {"Server": "cloudflare", **wait}
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
