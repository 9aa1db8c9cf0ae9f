"""Every refusal of Discord's, or of what stands before it: counting goes on, or one sentence says why it doesn't."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from annotated import until
from house import StartBot

from bot import app
from bot.client import client, command_sync
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.ledger.ledger import open_ledger
from bot.presentation.translator import Catalogues
from bot.settings import Settings
from bot.usecases.estimates import Estimates
from sandbox import Sandbox


def requests(sandbox: Sandbox, method: str, ending: str) -> int:
    return sum(1 for one in sandbox.requests if one.method == method and one.path.endswith(ending))


class Served:
    """`serve` as `run` has it, in a task; `made` are the clients that it made."""

    def __init__(self, sandbox: Sandbox, make: Callable[[bool], EmpreinteBot], catalogues: Catalogues) -> None:
        self.sandbox, self.stop, self.made = sandbox, asyncio.Event(), list[EmpreinteBot]()

        def counted(message_content: bool) -> EmpreinteBot:
            self.made.append(make(message_content))
            return self.made[-1]

        self._work = lambda: app.serve(counted, sandbox.token, self.stop, catalogues.translator("fr"))
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.task = asyncio.create_task(self._work())

    async def refusal(self, seconds: float = 60.0) -> UserError:
        assert self.task
        with pytest.raises(UserError) as caught:
            await asyncio.wait_for(self.task, seconds)
        return caught.value


@pytest.fixture
async def served(
    sandbox: Sandbox, settings: Settings, answers: Estimates, catalogues: Catalogues
) -> AsyncIterator[Served]:
    async with open_ledger(settings.database) as ledger:
        one = Served(
            sandbox,
            lambda content: EmpreinteBot(settings, answers, catalogues, ledger, message_content=content),
            catalogues,
        )
        yield one
        one.stop.set()
        if one.task is not None:
            await asyncio.gather(one.task, return_exceptions=True)


REFUSED = [(429, 0, 300.0), (400, 30034, None), (503, 0, None)]


@pytest.mark.parametrize(("status", "code", "retry_after"), REFUSED)
async def test_commands_refused_for_long_keep_nothing_else(
    sandbox: Sandbox,
    start_bot: StartBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
    code: int,
    retry_after: float | None,
) -> None:
    monkeypatch.setattr(command_sync, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr("bot.client.refusals.MAX_WAIT", 0.3)
    sandbox.faults.refuse_commands(status, code, times=2, retry_after=retry_after)
    bot = await start_bot()
    assert bot.is_ready()
    assert not sandbox.commands.all()
    await sandbox.post_message("leo", "général", "Bonjour")
    await until(lambda: bot.counting.events.seen == 1)
    await until(sandbox.commands.all)
    assert sum("can't be registered" in one.getMessage() for one in caplog.records) == 2
    assert not [one for one in caplog.records if one.exc_info]


async def test_commands_that_take_long_dont_keep_the_bot(
    sandbox: Sandbox, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "COMMANDS_TIMEOUT", 0.2)
    sandbox.faults.delay(r"/commands$", 3.0)
    assert (await start_bot()).is_ready()
    assert not sandbox.commands.all()


async def test_cleared_commands_come_back(sandbox: Sandbox, start_bot: StartBot) -> None:
    await start_bot()
    assert len(sandbox.commands.all()) > 10
    sandbox.commands.put_all(None, [])
    await start_bot()
    assert len(sandbox.commands.all()) > 10
    await start_bot()
    assert requests(sandbox, "PUT", "/commands") == 2


@pytest.mark.parametrize("change", [{"default_member_permissions": "8"}, {"contexts": [1]}, {"nsfw": True}])
async def test_what_somebody_changed_is_put_right(
    sandbox: Sandbox, start_bot: StartBot, change: dict[str, Any]
) -> None:
    await start_bot()
    told = sandbox.commands.all()[0]
    sandbox.commands.patch(None, told["id"], change)
    await start_bot()
    assert requests(sandbox, "PUT", "/commands") == 2


@pytest.mark.parametrize("path", ["/users/@me$", "/gateway/bot$", "/applications/@me$"])
@pytest.mark.parametrize("status", [200, 403, 429])
async def test_a_page_of_html(sandbox: Sandbox, served: Served, path: str, status: int) -> None:
    sandbox.faults.page(path, status, times=None)
    await served.start()
    refusal = await served.refusal()
    assert (refusal.key, refusal.values) == ("error.not_discord", {"status": status})


@pytest.mark.parametrize("path", ["/users/@me$", "/gateway/bot$"])
async def test_waiting_as_told(
    sandbox: Sandbox, served: Served, path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app, "FIRST_PAUSE", 0.0)
    sandbox.faults.page(path, 429, times=1, retry_after=3)
    await served.start()
    await until(lambda: "Nouvel essai" in caplog.text)
    begun = len(sandbox.requests)
    await asyncio.sleep(0.6)
    assert len(sandbox.requests) == begun
    await sandbox.wait_for_bot()
    assert len(served.made) == 2
    assert not [one for one in caplog.records if one.exc_info and one.levelno > logging.DEBUG]


async def test_a_wait_of_an_hour_ends_with_the_process(sandbox: Sandbox, served: Served) -> None:
    sandbox.faults.page("/users/@me$", 429, times=None, retry_after=3600)
    await served.start()
    await until(lambda: requests(sandbox, "GET", "/users/@me"))
    await asyncio.sleep(0.2)
    served.stop.set()
    assert served.task
    await asyncio.wait_for(served.task, 60)


async def test_no_starts_left(
    sandbox: Sandbox, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app, "FIRST_PAUSE", 0.0)
    limit = sandbox.gateway.start_limit
    limit.remaining, limit.reset_after = 0, 1_200
    await served.start()
    await until(lambda: "révoque le jeton" in caplog.text)
    assert not sandbox.gateway.identifies
    limit.remaining = limit.total
    await sandbox.wait_for_bot()
    assert sandbox.gateway.identifies == 1


FINAL = {
    4004: "error.token_revoked",
    4010: "error.shard_unknown",
    4011: "error.sharding_required",
    4012: "error.gateway_version",
    4013: "error.intents_unknown",
    4014: "error.intents_refused",
}


@pytest.mark.parametrize("code", FINAL)
async def test_final_close_codes(sandbox: Sandbox, served: Served, code: int) -> None:
    await served.start()
    await sandbox.wait_for_bot()
    sandbox.faults.refuse_identify = code
    await sandbox.gateway.close_all(code)
    assert (await served.refusal()).key == FINAL[code]


async def test_a_revoked_token(sandbox: Sandbox, served: Served) -> None:
    await served.start()
    await sandbox.wait_for_bot()
    await sandbox.gateway.revoke_token()
    assert (await served.refusal()).key == "error.token_revoked"


async def test_whatever_else_comes_is_one_sentence(
    served: Served, monkeypatch: pytest.MonkeyPatch, catalogues: Catalogues
) -> None:
    async def fail(_: EmpreinteBot) -> None:
        raise KeyError("a secret")

    monkeypatch.setattr(EmpreinteBot, "load_commands", fail)
    await served.start()
    refusal = await served.refusal()
    assert (refusal.key, refusal.values) == ("error.ended", {"kind": "KeyError"})
    assert "secret" not in catalogues.translator("fr").error(refusal)


@pytest.mark.parametrize("answer", ["[]", '{"url": 5}', '{"url": "ws://x", "shards": 0, "session_start_limit": {}}'])
async def test_a_gateway_nobody_documents(sandbox: Sandbox, served: Served, answer: str) -> None:
    sandbox.faults.add(path="/gateway/bot$", status=200, html=answer, times=None)
    await served.start()
    assert (await served.refusal()).key == "error.not_discord"
