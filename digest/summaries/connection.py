"""Connections to providers: the library that both SDKs talk through, its proxy, and its errors in words."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from digest.errors import ModelSettingsError

if TYPE_CHECKING:
    import httpx2

_CHECK_PROXY = "check [network] proxy and HTTPS_PROXY"


def require(package: str, extra: str) -> None:
    """See that a package is installed, without loading it.

    Raises:
        ModelSettingsError: it isn't; the text is the command that installs it.
    """
    parent, _, _ = package.partition(".")
    try:
        found = importlib.util.find_spec(parent) and importlib.util.find_spec(package)
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise ModelSettingsError(f"{package} isn't installed. Add it: pip install 'paperround[{extra}]'.")


def open_connections(proxy: str) -> httpx2.AsyncClient:
    """Open what requests go through.

    Args:
        proxy: an http, https, socks5 or socks5h URL; empty: the environment's.

    Raises:
        ModelSettingsError: a proxy of the environment can't be used.
    """
    import httpx2

    try:
        # It would hand a key on to wherever it's redirected, so it isn't.
        return httpx2.AsyncClient(proxy=proxy or None, trust_env=not proxy, follow_redirects=False)
    except ValueError:
        # The cause would quote the proxy's password.
        raise ModelSettingsError(f"The address of a proxy can't be used; {_CHECK_PROXY}.") from None


def describe(error: BaseException | None) -> str:
    """Say why no answer came, as a clause.

    Args:
        error: the library's, or a time-out of ours; what it was raised from isn't looked at.
    """
    import httpx2

    match error:
        case TimeoutError() | httpx2.TimeoutException():
            return "it didn't answer in time"
        case httpx2.ProxyError():
            return f"the proxy refused; {_CHECK_PROXY}"
        case httpx2.ConnectError() if "CERTIFICATE" in str(error).upper():
            return "its certificate can't be trusted"
        case httpx2.ConnectError():
            return "no connection"
        case httpx2.RemoteProtocolError() | httpx2.ReadError() | httpx2.DecodingError():
            return "the connection broke"
        case _:
            return "no connection"
