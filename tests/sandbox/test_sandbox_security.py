"""The sandbox serves this machine only, and never what a browser would run."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import pytest
import yarl

from sandbox import Sandbox, Upload

PAGE_PATHS = ("/", "/page/main.js", "/sandbox/api/state", "/sandbox/api/live", "/gateway", "/api/v10/gateway")


def port_of(sandbox: Sandbox) -> int:
    return yarl.URL(sandbox.page_url).port or 0


async def status(sandbox: Sandbox, path: str, method: str = "GET", **more: object) -> int:
    url = yarl.URL(sandbox.page_url.rstrip("/") + path, encoded=True)
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, **more) as answer,  # type: ignore[arg-type]
    ):
        return answer.status


async def raw(sandbox: Sandbox, head: str) -> str:
    """The status line of an answer to a request written by hand."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(sandbox))
    writer.write(head.encode("latin-1"))
    line = (await asyncio.wait_for(reader.readline(), 60)).decode()
    writer.close()
    return line


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
async def test_this_machine_is_let_in_by_its_names(sandbox: Sandbox, name: str) -> None:
    assert await status(sandbox, "/", headers={"Host": f"{name}:{port_of(sandbox)}"}) == 200


@pytest.mark.parametrize("path", PAGE_PATHS)
async def test_a_rebound_name_is_misdirected(sandbox: Sandbox, path: str) -> None:
    port = port_of(sandbox)
    foreign = (f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", f"127.0.0.1:{port + 1}", "127.0.0.1", "")
    foreign += (f"localhost.:{port}", f"127.0.0.1.:{port}", f"[::ffff:127.0.0.1]:{port}", f"127.1:{port}")
    for host in foreign:
        assert await status(sandbox, path, headers={"Host": host}) == 421, host
    rebound = {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"}
    assert await status(sandbox, path, headers=rebound) == 421


async def test_a_request_without_a_host_is_misdirected(sandbox: Sandbox) -> None:
    assert " 421 " in await raw(sandbox, "GET /sandbox/api/state HTTP/1.0\r\n\r\n")


async def test_other_origins_and_other_sites_are_refused(sandbox: Sandbox) -> None:
    port = port_of(sandbox)
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{port}", f"http://localhost:{port}"):
        assert await status(sandbox, "/sandbox/api/state", headers={"Origin": origin}) == 403, origin
    assert await status(sandbox, "/sandbox/api/state", headers={"Origin": f"http://127.0.0.1:{port}"}) == 200
    for site in ("cross-site", "same-site"):
        assert await status(sandbox, "/sandbox/api/state", headers={"Sec-Fetch-Site": site}) == 403
    for site in ("same-origin", "none"):
        assert await status(sandbox, "/sandbox/api/state", headers={"Sec-Fetch-Site": site}) == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
async def test_bodies_that_a_form_could_send_are_refused(sandbox: Sandbox, kind: str) -> None:
    body = b'{"action": "clear"}'
    headers = {"Content-Type": kind}
    assert await status(sandbox, "/sandbox/api/faults", "POST", data=body, headers=headers) == 415
    headers = {"Content-Type": "application/json"}
    assert await status(sandbox, "/sandbox/api/faults", "POST", data=body, headers=headers) == 200


async def test_the_rest_api_takes_json_and_files_only(sandbox: Sandbox) -> None:
    path = f"/api/v10/channels/{sandbox.world.channel('général').id}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        wrong = {**headers, "Content-Type": kind}
        assert await status(sandbox, path, "POST", data=b'{"content": "x"}', headers=wrong) == 415
    assert await status(sandbox, path, "POST", json={"content": "x"}, headers=headers) == 200
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"content": "y"}', content_type="application/json")
    form.add_field("files[0]", b"abc", filename="a.txt")
    assert await status(sandbox, path, "POST", data=form, headers=headers) == 200


@pytest.mark.parametrize(
    ("name", "kind", "picture"),
    [
        ("a.png", "image/png", True),
        ("a.webp", "image/webp", True),
        ("a.svg", "image/svg+xml", False),
        ("a.html", "text/html", False),
        ("a.xml", "application/xml", False),
        ("a.js", "text/javascript", False),
        ("a.pdf", "application/pdf", False),
        ("a.html", None, False),
    ],
)
async def test_uploads_are_never_active(sandbox: Sandbox, name: str, kind: str | None, picture: bool) -> None:
    upload = Upload("files[0]", name, b"<script>alert(1)</script>", kind)
    message = await sandbox.post_message("leo", "général", "un fichier", [upload])
    async with aiohttp.ClientSession() as session, session.get(message["attachments"][0]["url"]) as answer:
        assert answer.status == 200
        assert answer.content_type == (kind if picture else "application/octet-stream")
        assert answer.headers["Content-Disposition"] == ("inline" if picture else "attachment")
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/page/%00",
        "/page/..%2f..%2fserver.py",
        "/page/../server.py",
        "/page/" + "a" * 5000,
        "/page/%ff%fe",
        "/page/static",
        "/page/",
        "/attachments/1/" + "9" * 5000 + "/a",
        "/attachments/1/%00/a",
        "/attachments/%C2%B2/%C2%B2/a",
        "/attachments/1/-1/a",
        "/api/v10/" + "9" * 5000,
        "/api/v10/%00",
        "/api/v9/users/@me",
        "/api/v10//users/@me",
        "/sandbox/api/%00",
        "/%00",
        "//",
        "/nowhere",
    ],
)
async def test_odd_paths_are_not_found(sandbox: Sandbox, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert await status(sandbox, path, headers={"Authorization": f"Bot {sandbox.token}"}) == 404
    assert caplog.records == []


@pytest.mark.parametrize("number", ["9" * 5000, "18446744073709551616", "²", "-1", "x", "%00"])
async def test_odd_numbers_are_bad_requests(sandbox: Sandbox, number: str, caplog: pytest.LogCaptureFixture) -> None:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    place = sandbox.world.channel("général").id
    guild = sandbox.world.guild("Atelier IA").id
    with caplog.at_level(logging.ERROR):
        for path in (
            f"/api/v10/channels/{number}",
            f"/api/v10/channels/{place}/messages?before={number}",
            f"/api/v10/channels/{place}/messages?limit={number}",
            f"/api/v10/guilds/{guild}/members?after={number}",
            f"/sandbox/api/messages?user=leo&channel=g%C3%A9n%C3%A9ral&before={number}",
            f"/sandbox/api/messages?user=leo&channel=g%C3%A9n%C3%A9ral&limit={number}",
        ):
            quoted = path if number.isascii() else yarl.URL(path).raw_path_qs
            assert await status(sandbox, quoted, headers=headers) == 400, path
        for path in (f"/sandbox/api/state?user={number}", f"/sandbox/api/live?user={number}"):
            quoted = path if number.isascii() else yarl.URL(path).raw_path_qs
            assert await status(sandbox, quoted) == 404, path
    assert caplog.records == []


async def test_odd_identifies_are_closed(sandbox: Sandbox) -> None:
    for more in ({"intents": "x"}, {"shard": "01"}, {"shard": [0]}, {"shard": ["a", "b"]}):
        async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway.url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 2, "d": {"token": sandbox.token, "intents": 1, **more}})
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
            assert socket.close_code == 4002


async def test_only_loopback_is_served() -> None:
    for host in ("0.0.0.0", "", "192.168.0.1", "::"):
        with pytest.raises(ValueError, match="this machine only"):
            await Sandbox.start(host)
