"""The proxy that leads out of where the bot runs, if there is one: a setting of ours, or the usual variables."""

import ipaddress
import urllib.request

import yarl

from bot.settings import checked_proxy


def proxy_for(address: str, setting: str | None) -> str | None:
    """Return the proxy by which an address is reached, such as `http://user:word@proxy.example:3128`; None for none.

    Never one for this machine itself. `setting` goes before `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (also in
    lower case). Raises `UserError` when it isn't the address of an HTTP proxy.
    """
    url = yarl.URL(address)
    if is_loopback(url.host or ""):
        return None
    if setting:
        return checked_proxy(setting, "EMPREINTE_PROXY")
    if urllib.request.proxy_bypass_environment(url.host or ""):  # pyright: ignore[reportAttributeAccessIssue]
        return None
    scheme = "http" if url.scheme in ("http", "ws") else "https"
    found = urllib.request.getproxies_environment()
    proxy = found.get(scheme) or found.get("all")
    return checked_proxy(proxy, f"{scheme.upper()}_PROXY") if proxy else None


def shown(proxy: str) -> str:
    """Return the proxy's address without user and password."""
    url = yarl.URL(proxy)
    return f"{url.host}:{url.port}"


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
