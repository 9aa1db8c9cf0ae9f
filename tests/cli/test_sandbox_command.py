"""`python -m bot sandbox`, and `run` without a token: the page is this bot's own."""

import aiohttp

from bot.cli.sandbox import start_sandbox


async def test_the_page_names_this_bot_and_its_first_command() -> None:
    async with start_sandbox(0) as sandbox, aiohttp.ClientSession() as http:
        identity = sandbox.world.identity
        assert (identity.name, identity.first_command) == ("Empreinte", "footprint")
        assert identity.api_variable == "EMPREINTE_DISCORD_API"
        async with http.get(sandbox.page_url) as answer:
            assert answer.status == 200
