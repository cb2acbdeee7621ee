"""What is unsafe about the way to a server: it leads over a network, and nobody checks who answers there."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import psycopg

    from plantrack.model.views.workspace import StoragePlace

#: How libpq is told to check that a server is the one that was meant.
_CHECKED: Final = "verify-full"


def far_place(driver: "psycopg.Connection[tuple[object, ...]]", name: str) -> "StoragePlace | None":
    """Return what others on the way to a server may do; None on this machine itself, and where all is checked."""
    info = driver.info
    if _is_here(driver):
        return None
    is_encrypted = driver.pgconn.ssl_in_use
    if is_encrypted and info.get_parameters().get("sslmode") == _CHECKED:
        return None
    from plantrack.model.views.workspace import StoragePlace

    return StoragePlace("server-unchecked" if is_encrypted else "server-in-clear", info.host, name)


def line_to(driver: "psycopg.Connection[tuple[object, ...]]") -> str:
    """Return whether what is sent to a server is `encrypted`, `local`, or in `clear`."""
    if driver.pgconn.ssl_in_use:
        return "encrypted"
    return "local" if _is_here(driver) else "clear"


def _is_here(driver: "psycopg.Connection[tuple[object, ...]]") -> bool:
    """Return whether a server is on this machine."""
    address = driver.info.hostaddr
    return not address or ip_address(address.partition("%")[0]).is_loopback
