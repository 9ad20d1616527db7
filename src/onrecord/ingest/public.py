"""Connections to the open internet alone, for addresses that come from somebody else.

A server that fetches what a visitor names could be led to machines that only it can reach: to itself, to the printer,
to the cloud's own services. Here every connection, also one that a redirect leads to, goes to an address that was
looked at before: the name is resolved once, each address it stands for must be public, and that very address is called.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from typing import TypeAlias
from urllib import request

from onrecord.errors import InputError

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Does this address, IPv4 or IPv6, belong to the open internet? One that carries another one counts as that."""
    found: _Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found.teredo is not None:
            return False
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def connect(host: str, port: int, timeout_s: float | None) -> socket.socket:
    """A connection to `host`, if all that its name stands for is public.

    Raises:
        InputError: OR-108, some of it is not.
        OSError: The name is unknown, or nobody answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, place in found:
        if not is_public(str(place[0])):
            raise InputError(
                "OR-108",
                f"{host} leads to {place[0]}, which is not on the open internet",
                hint="Such pages can be read with `onrecord add`, or saved and given as a file.",
            )
    last: OSError | None = None
    for family, kind, protocol, _, place in found:
        made = socket.socket(family, kind, protocol)
        made.settimeout(timeout_s)
        try:
            made.connect(place)
        except OSError as error:
            made.close()
            last = error
        else:
            return made
    raise last or OSError(f"{host} has no address")


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = connect(self.host, self.port, self.timeout)


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        plain = connect(self.host, self.port, self.timeout)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class _PlainHandler(request.HTTPHandler):
    def http_open(self, req: request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)


class _SecureHandler(request.HTTPSHandler):
    def https_open(self, req: request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Secure, req)


def public_opener() -> request.OpenerDirector:
    """An opener for http and https on the open internet. A proxy is not asked: it would resolve names by itself."""
    opener = request.OpenerDirector()
    for handler in (
        request.UnknownHandler(),
        _PlainHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPRedirectHandler(),
        _SecureHandler(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
