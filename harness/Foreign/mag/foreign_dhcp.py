"""DHCPv4 on access links (RFC 5844 3.4): a server without addresses of its own, and a relay agent (RFC 2131, RFC 3046).

Which of them a mobile node has, the anchor says.  The only address for a node is its IPv4 home address, whatever
the client calls itself: the link tells who it is (RFC 5844 3.4.3).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Optional

from foreign_ipv4 import BROADCAST, EVERYONE, Header4, build_udp4, is_udp_to, read_udp4
from foreign_mag_octets import UNSPECIFIED, Malformed, decode_options, is_host
from foreign_routes import Route

# ---------------------------------------------------------------------------
# 1. Messages (RFC 2131 2, RFC 2132)
# ---------------------------------------------------------------------------

MAGIC = bytes.fromhex("63825363")
DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM = range(1, 9)
MASK, ROUTER, MTU, WANTED, LEASE, OVERLOAD, KIND, SERVER = 1, 3, 26, 50, 51, 52, 53, 54
RENEWAL, REBINDING, CLIENT, AGENT, END = 58, 59, 61, 82, 255
REMOTE_ID = 2                           # RFC 3046 3.2
SHORTEST = 300                          # RFC 1542 2.1
MOST_HOPS = 16
ANY = bytes(4)


@dataclass(frozen=True)
class Message:
    """The fixed fields as octets, the options in their order.  Those in file and sname are read, and left there."""
    fixed: bytes
    own: list[tuple[int, bytes]]
    options: dict[int, bytes]

    @staticmethod
    def read(octets: bytes) -> "Message":
        if len(octets) < 240 or octets[236:240] != MAGIC or octets[0] not in (1, 2):
            raise Malformed("DHCP message")
        own = decode_options(octets[240:], END)
        overload = next((data for kind, data in own if kind == OVERLOAD), b"\0")[:1] or b"\0"
        more = [octets[108:236]] if overload[0] & 1 else []
        more += [octets[44:108]] if overload[0] & 2 else []
        options: dict[int, bytes] = {}
        for kind, data in own + [option for part in more for option in decode_options(part, END)]:
            options[kind] = options.get(kind, b"") + data       # RFC 3396
        return Message(octets[:236], own, options)

    @property
    def octets(self) -> bytes:
        out = self.fixed + MAGIC + b"".join(bytes([kind, len(data)]) + data for kind, data in self.own) + bytes([END])
        return out + bytes(max(0, SHORTEST - len(out)))

    @property
    def kind(self) -> int:
        return (self.options.get(KIND) or b"\0")[0]

    @property
    def hops(self) -> int:
        return self.fixed[3]

    @property
    def wants_broadcast(self) -> bool:
        return bool(self.fixed[10] & 0x80)

    @property
    def ciaddr(self) -> bytes:
        return self.fixed[12:16]

    @property
    def yiaddr(self) -> bytes:
        return self.fixed[16:20]

    @property
    def giaddr(self) -> bytes:
        return self.fixed[24:28]

    @property
    def chaddr(self) -> bytes:
        return self.fixed[28:34]

    @property
    def wanted(self) -> Optional[bytes]:
        """The address that the message is about: that of a client that has one, else the requested one."""
        return self.ciaddr if any(self.ciaddr) else self.options.get(WANTED)

    def changed(self, own: list[tuple[int, bytes]], hops: int, giaddr: bytes) -> "Message":
        return Message(self.fixed[:3] + bytes([hops]) + self.fixed[4:24] + giaddr + self.fixed[28:], own, self.options)


def answer_to(message: Message, yiaddr: bytes, ciaddr: bytes, options: list[tuple[int, bytes]]) -> Message:
    """RFC 2131 4.3.1, table 3."""
    fixed = b"\2" + message.fixed[1:3] + b"\0" + message.fixed[4:8] + b"\0\0" + message.fixed[10:12]
    fixed += ciaddr + yiaddr + ANY + message.giaddr + message.fixed[28:44] + bytes(192)
    return Message(fixed, options, dict(options))


# ---------------------------------------------------------------------------
# 2. Server and relay
# ---------------------------------------------------------------------------

class Dhcp4:
    def __init__(self, gw) -> None:
        self.gw, self.cfg = gw, gw.cfg

    # -- what comes from the node --

    def from_client(self, link, mac: bytes, head: Header4, octets: bytes) -> None:
        """RFC 5844 3.4.3: a client without an address is what the signalling begins for.

        There is no other relay agent on the link: what claims to come from one is discarded (RFC 3046 2.1).
        """
        message = Message.read(octets)
        if message.fixed[0] != 1 or any(message.giaddr) or AGENT in message.options or not message.kind:
            return
        if message.kind in (DISCOVER, REQUEST):
            self.gw.attachment.noticed(link, mac, UNSPECIFIED, "dhcp")
        binding = link.binding
        if binding is None or link.node.mac != mac:
            return
        if self.gw.ipv4.routes.active(link):
            self._serve(binding, head.dst, message)
        elif message.kind in (DISCOVER, REQUEST):
            if message.kind == DISCOVER and self.cfg.faulty("early-offer"):
                self._answer(binding, message, OFFER, bytes([100, 64, 0, 2 + mac[-1] % 200]), bytes([100, 64, 0, 1]))
            link.asked4 = head.dst, message
            if not self.gw.signalling.ask_for_home4(binding):
                self.settle(binding)

    def settle(self, binding) -> None:
        """The signalling has ended: the message that has waited for it is answered."""
        link = binding.link
        if link.binding is not binding or link.asked4 is None:
            return
        (dst, message), link.asked4 = link.asked4, None
        if self.gw.ipv4.routes.active(link):
            self._serve(binding, dst, message)
        elif message.kind == REQUEST and is_host(dst) and not self.cfg.dhcp4_server:
            # RFC 5844 3.4.1: the client, which asks the server at another gateway, has no address here
            self._refuse(binding, message, dst)

    def _serve(self, binding, dst: bytes, message: Message) -> None:
        if binding.router4 is None:
            return
        if binding.dhcp_server or self.cfg.faulty("always-server"):
            self._as_server(binding, message)
        elif self.cfg.dhcp4_server:
            self._to_server(binding, message)

    # -- the server (RFC 2131 4.3) --

    def _as_server(self, binding, message: Message) -> None:
        own, server = binding.home4.address, self.cfg.dhcp4_address or binding.router4
        kind, named = message.kind, message.options.get(SERVER, server)
        self.gw.log("dhcp", link=binding.link.name, kind=kind)
        if kind == DISCOVER:
            self._answer(binding, message, OFFER, own, server)
        elif named != server:
            return                              # another server was chosen, or is meant
        elif kind == REQUEST and message.wanted == own:
            self._answer(binding, message, ACK, own, server)
        elif kind == REQUEST and message.wanted:
            self._refuse(binding, message, server)
        elif kind in (RELEASE, DECLINE) and message.wanted == own:
            self.gw.signalling.release_home4(binding)
        elif kind == INFORM and message.ciaddr == own:
            self._answer(binding, message, ACK, ANY, server)

    def _answer(self, binding, message: Message, kind: int, yiaddr: bytes, server: bytes) -> None:
        home = binding.home4
        mask = BROADCAST if home is None or self.cfg.faulty("mask-of-host") else home.mask
        options = [(KIND, bytes([kind])), (SERVER, server)]
        if any(yiaddr):
            asked = int.from_bytes(message.options.get(LEASE, b""), "big")
            lease = min(asked or self.cfg.lease, self.cfg.lease)
            options += [(number, struct.pack("!I", lease * share // 8))
                        for number, share in ((RENEWAL, 4), (REBINDING, 7), (LEASE, 8))]
        if not self.cfg.faulty("offer-without-mtu"):
            mtu = min(binding.link.mtu, self.gw.path.tunnel_mtu(binding))
            options.append((MTU, struct.pack("!H", min(mtu, 65535))))
        options += [(MASK, mask), (ROUTER, binding.router4 or server)]
        options += [(CLIENT, message.options[CLIENT])] if CLIENT in message.options else []     # RFC 6842
        ciaddr = message.ciaddr if kind == ACK else ANY
        self._send(binding.link, answer_to(message, yiaddr, ciaddr, options), server)

    def _refuse(self, binding, message: Message, server: bytes) -> None:
        if self.cfg.faulty("no-nak"):
            return
        options = [(KIND, bytes([NAK])), (SERVER, server)]
        options += [(CLIENT, message.options[CLIENT])] if CLIENT in message.options else []
        self._send(binding.link, answer_to(message, ANY, ANY, options), server)

    def _send(self, link, answer: Message, src: bytes, relayed: bool = False) -> None:
        """RFC 2131 4.1, RFC 1542 4.1.2: to the address of the client, to the offered one, or to everyone."""
        addr = answer.ciaddr if any(answer.ciaddr) else answer.yiaddr
        asked = answer.wants_broadcast and (relayed or not any(answer.ciaddr))
        everyone = asked or not any(addr)
        packet = build_udp4(src, BROADCAST if everyone else addr, 67, 68, answer.octets, self.gw.ipv4.ident())
        self.gw.ipv4.deliver(link, packet, EVERYONE if everyone else None)

    # -- the relay (RFC 1542 4.1, RFC 3046 2.1) --

    def _is_of_another(self, binding, message: Message) -> bool:
        """RFC 5844 3.4.2: a request for an address that the anchor has not assigned."""
        if message.kind != REQUEST or message.wanted in (None, binding.home4.address):
            return False
        self.gw.log("dhcp-dropped", link=binding.link.name, why="another address is requested")
        return True

    def _to_server(self, binding, message: Message) -> None:
        if message.hops >= MOST_HOPS or self._is_of_another(binding, message):
            return
        hint = b"" if self.cfg.faulty("no-remote-id") else bytes([REMOTE_ID, 4]) + binding.home4.address
        relayed = message.changed(message.own + [(AGENT, hint or b"\1\1\0")], message.hops + 1, binding.router4)
        packet = build_udp4(binding.router4, self.cfg.dhcp4_server, 67, 67, relayed.octets, self.gw.ipv4.ident())
        self.gw.ipv4.into_tunnel(self.gw.ipv4.routes.active(binding.link), packet, own=True)

    def from_server(self, routes: list[Route], head: Header4, octets: bytes) -> None:
        """The answer of the server to the address of the relay, which is that of the nodes' default router."""
        message = Message.read(octets)
        if head.src != self.cfg.dhcp4_server or message.fixed[0] != 2:
            return
        agent = dict(decode_options(message.options.get(AGENT, b""), END))
        route = next((r for r in routes if r.home.address == agent.get(REMOTE_ID)), None) or \
            next((r for r in routes if r.link.node and r.link.node.mac == message.chaddr), None)
        if route is None or route.binding.dhcp_server:
            return
        if message.kind in (OFFER, ACK) and message.yiaddr not in (ANY, route.home.address) \
                and not self.cfg.faulty("any-offer"):
            self.gw.log("dhcp-dropped", link=route.link.name, why="another address than the anchor's is given", error=1)
            return
        own = [option for option in message.own if option[0] != AGENT]
        stripped = message.changed(own, message.hops, message.giaddr)
        self._send(route.link, stripped, route.router, relayed=True)

    def lets_pass(self, route: Route, head: Header4, packet: bytes) -> bool:
        """RFC 5844 3.4.2: messages to the server itself are in the path, too.  They go on as they are."""
        if route.binding.dhcp_server or head.dst != self.cfg.dhcp4_server or not is_udp_to(head, packet, 67):
            return True
        try:
            message = Message.read(read_udp4(head, packet)[1])
        except Malformed:
            return True
        if self._is_of_another(route.binding, message):
            return False
        if message.kind == RELEASE and message.ciaddr == route.home.address:
            # after the server has been told
            self.gw.timers.after(0, lambda: self._released(route))
        return True

    def _released(self, route: Route) -> None:
        active = self.gw.ipv4.routes.active(route.link)
        if active and active.binding is route.binding:
            self.gw.signalling.release_home4(route.binding)
