"""Which proxy leads to an address: ours, the usual variables', or none."""

import os

import pytest

from bot.client.proxy import proxy_for, shown
from bot.errors import UserError

DISCORD = "https://discord.com/api/v10"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variables", "address", "proxy"),
    [
        ({}, DISCORD, None),
        ({"HTTPS_PROXY": "http://p.example:3128"}, DISCORD, "http://p.example:3128"),
        ({"https_proxy": "p.example:3128"}, DISCORD, "http://p.example:3128"),
        ({"HTTP_PROXY": "http://p.example:3128"}, DISCORD, None),
        ({"HTTP_PROXY": "http://p.example:3128"}, "http://other.example/api", "http://p.example:3128"),
        ({"ALL_PROXY": "http://p.example:3128"}, DISCORD, "http://p.example:3128"),
        ({"HTTPS_PROXY": "http://p.example:3128", "NO_PROXY": "discord.com"}, DISCORD, None),
        ({"HTTPS_PROXY": "http://p.example:3128", "NO_PROXY": "*"}, DISCORD, None),
        ({"HTTPS_PROXY": "http://p.example:3128", "NO_PROXY": "gouv.fr"}, DISCORD, "http://p.example:3128"),
    ],
)
def test_variables(variables: dict[str, str], address: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(address, None) == proxy


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.8.8.8"])
def test_never_for_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://p.example:3128")
    assert proxy_for(f"http://{host}:8765/api/v10", "http://p.example:3128") is None


def test_the_setting_goes_first_and_its_password_isnt_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example:1")
    monkeypatch.setenv("NO_PROXY", "discord.com")
    proxy = proxy_for(DISCORD, "http://user:secret@p.example:3128")
    assert proxy == "http://user:secret@p.example:3128"
    assert shown(proxy) == "p.example:3128"


@pytest.mark.parametrize("wrong", ["socks5://p.example:1080", "http://", "http://p.example:port", "http://p:99999"])
def test_what_isnt_an_http_proxy(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError) as caught:
        proxy_for(DISCORD, wrong)
    assert caught.value.values == {"name": "EMPREINTE_PROXY"}
    monkeypatch.setenv("HTTPS_PROXY", wrong)
    with pytest.raises(UserError):
        proxy_for(DISCORD, None)
