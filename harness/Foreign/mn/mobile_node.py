#!/usr/bin/env python3
"""A mobile node with several care-of addresses (RFC 6275 and RFC 5648) on one Ethernet interface, all in user space.

The tests use it as an independent implementation: it shares no code with the reference, and was written from the two RFCs alone,
with hmac and hashlib of the standard library. It registers its care-of addresses with one peer, gets data over each of them, removes
one and gets nothing over it any more, and removes the rest.

    mobile_octets.py    messages and options as octets
    mobile_node.py      this file: the exchanges, the link, and the command line

    mobile_node.py --interface core --role ha --peer 2001:db8:200::1 --next-hop 2001:db8:100::1 --home 2001:db8:200::5e00:1
        --care-of 2001:db8:100::5e1:1 --care-of 2001:db8:100::5e2:1 --correspondent 2001:db8:100::c9
    mobile_node.py --interface core --role cn --peer 2001:db8:100::c1 --router 2001:db8:100::ff --home 2001:db8:200::5e00:1
        --care-of 2001:db8:100::5e1:1 --care-of 2001:db8:100::5e2:1

With a home agent, it also plays the correspondent of the data, on the same link. With a correspondent node, it also plays the router
behind which the home agent is: a Home Test goes to the home address by that router (RFC 6275, Section 5.2.5). The kernel must not
answer in its place: IPv6 is switched off on the interface (net.ipv6.conf.NAME.disable_ipv6=1), best in a network namespace. It needs
root, for a packet socket.

Each step is a line of JSON on standard output. The return routability procedure is one with all that its results were computed from.
The program ends with 0 if all went as the RFCs have it, with 1 if not, and says what was wrong on standard error.
"""

import argparse
import fcntl
import json
import os
import select
import socket
import struct
import sys
import time

from mobile_octets import (
    ACKNOWLEDGEMENT,
    ADVERTISEMENT,
    CARE_OF_TEST,
    CARE_OF_TEST_INIT,
    DESTINATION_OPTIONS,
    ECHO_REPLY,
    ECHO_REQUEST,
    ERROR,
    HOME_TEST,
    HOME_TEST_INIT,
    ICMPV6,
    IPV6,
    MOBILITY,
    SOLICITATION,
    Identifier,
    Tokens,
    address,
    correspondent_registration,
    echo,
    home_registration,
    is_authentic,
    neighbor,
    packet,
    read_acknowledgement,
    read_packet,
    test_init,
    with_home_address,
    words,
)

ETHERTYPE_IPV6 = 0x86DD
# RFC 6275, Sections 12 and 13.
FIRST_TIMEOUT, LONGEST_TIMEOUT = 1.5, 8
UNIT = 4


class Failed(Exception):
    """What the peer does is not what the RFCs have it do."""


class Link:
    """A packet socket on an interface: sends packets of some addresses, for which it answers Neighbor Solicitations."""

    def __init__(self, interface, addresses):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETHERTYPE_IPV6))
        self.socket.bind((interface, 0))
        self.mac = fcntl.ioctl(self.socket, 0x8927, struct.pack("16s16x", interface.encode()))[18:24]
        self.addresses, self.neighbors = set(addresses), {}

    def send(self, octets, next_hop, source):
        if next_hop not in self.neighbors:
            self.resolve(next_hop, source)
        self.socket.send(self.neighbors[next_hop] + self.mac + struct.pack("!H", ETHERTYPE_IPV6) + octets)

    def resolve(self, target, source):
        group = address("ff02::1:ff00:0")[:13] + target[13:]
        for _ in range(3):
            ask = neighbor(SOLICITATION, target, self.mac, source, group)
            frame = b"\x33\x33" + group[12:] + self.mac + struct.pack("!H", ETHERTYPE_IPV6) + packet(source, group, ICMPV6, ask, 255)
            self.socket.send(frame)
            self.receive(1, lambda _: target in self.neighbors)
            if target in self.neighbors:
                return
        raise Failed(f"nobody answers for {words(target)}")

    def receive(self, seconds, take):
        """The first packet that `take` accepts; None if there is none within the time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.socket], [], [], left)[0]:
                break
            frame, origin = self.socket.recvfrom(65535)
            if origin[2] == socket.PACKET_OUTGOING or (got := read_packet(frame[14:])) is None:
                continue
            if got.protocol == ICMPV6 and got.payload[:1] in (bytes([SOLICITATION]), bytes([ADVERTISEMENT])):
                self.discover(got, frame[6:12])
                if take(None):
                    return None
            elif take(got):
                return got
        return None

    def discover(self, got, link_layer):
        target = got.payload[8:24]
        if got.payload[0] == ADVERTISEMENT:
            at = got.payload.find(b"\x02\x01", 24)
            self.neighbors[target] = got.payload[at + 2 : at + 8] if at >= 0 else link_layer
        elif target in self.addresses and any(got.source):
            answer = neighbor(ADVERTISEMENT, target, self.mac, target, got.source, 0x60000000)
            frame = link_layer + self.mac + struct.pack("!H", ETHERTYPE_IPV6) + packet(target, got.source, ICMPV6, answer, 255)
            self.socket.send(frame)


class MobileNode:
    """A home address with care-of addresses, of which the one at place k has the BID k."""

    def __init__(self, options, say=None):
        self.role, self.lifetime, self.patience = options.role, options.lifetime // UNIT, options.patience
        self.peer, self.home = address(options.peer), address(options.home)
        self.care_of = {bid: address(text) for bid, text in enumerate(options.care_of, 1)}
        self.correspondent = address(options.correspondent) if options.correspondent else None
        self.router = address(options.router) if options.router else None
        self.next_hop = address(options.next_hop) if options.next_hop else self.peer
        own = [*self.care_of.values(), *(one for one in (self.correspondent, self.router) if one)]
        self.link, self.say = Link(options.interface, own), say or (lambda **line: print(json.dumps(line), flush=True))
        self.number = int.from_bytes(os.urandom(2), "big")
        self.echoes = 0

    def run(self):
        registered = sorted(self.care_of)
        for bid in registered:
            self.register([bid], self.care_of[bid])
        self.exchange_data(registered)
        removed = registered[1 % len(registered)]
        self.register([removed], self.care_of[removed], remove=True)
        kept = [bid for bid in registered if bid != removed]
        self.exchange_data(kept)
        self.find_gone(removed)
        if self.role == "ha":
            self.register(registered, self.care_of[removed])
            self.exchange_data(registered)
        self.register([], self.care_of[kept[0]], remove=True)
        for bid in registered:
            self.find_gone(bid)

    # Registration: RFC 6275, Sections 11.7.1 and 11.7.2; RFC 5648, Sections 5.2 to 5.4.

    def register(self, bids, source, remove=False):
        """An update for some BIDs, several of them in bulk; without BIDs it removes all bindings."""
        identifiers = [Identifier(bid, b"" if remove else self.care_of[bid]) for bid in bids]
        lifetime = 0 if remove else self.lifetime
        tokens = self.test(source, remove) if self.role == "cn" else None

        def update():
            # A retransmission has a number of its own (RFC 6275, Section 11.8).
            self.number = (self.number + 1) & 0xFFFF
            if tokens is None:
                return home_registration(self.home, self.peer, self.number, lifetime, identifiers)
            made = correspondent_registration(self.home, source, self.peer, self.number, lifetime, identifiers, tokens)
            self.say(step="authenticator", kbm=made.key.hex(), mobilityData=made.data.hex(), authenticator=made.authenticator.hex())
            return made.octets

        def sent():
            return packet(source, self.peer, DESTINATION_OPTIONS, with_home_address(MOBILITY, self.home, update()))

        answer = self.ask(sent, source, self.is_answer, "a Binding Acknowledgement")
        self.check_answer(answer, bids, source, lifetime, tokens.key() if tokens else None)
        self.say(step="removed" if remove else "registered", bids=bids, source=words(source), sequenceNumber=self.number)

    def is_answer(self, got):
        return (
            got.protocol == MOBILITY
            and got.payload[2] == ACKNOWLEDGEMENT
            and got.source == self.peer
            and read_acknowledgement(got.payload).number == self.number
        )

    def check_answer(self, got, bids, source, lifetime, key):
        read = read_acknowledgement(got.payload)
        self.require(got.routed_to == self.home, "the acknowledgement has no type 2 routing header with the home address")
        self.require(got.destination == source, f"the acknowledgement went to {words(got.destination)}, not {words(source)}")
        self.require(read.status < 128, f"the update was refused with status {read.status}")
        self.require(read.lifetime <= lifetime and (read.lifetime > 0) == (lifetime > 0), f"the lifetime granted is {read.lifetime} units")
        self.require(sorted(one.bid for one in read.options.identifiers) == sorted(bids), f"the BIDs answered are {read.options.identifiers}")
        for one in read.options.identifiers:
            self.require(one.status < 128, f"BID {one.bid} has status {one.status}")
            self.require(not one.care_of, f"the option of BID {one.bid} has a care-of address")
        if key is not None:
            about = source if lifetime else self.home
            self.require(is_authentic(got.payload, key, about, self.peer), "the acknowledgement is not authentic")

    def test(self, source, remove):
        """The return routability procedure, RFC 6275, Sections 5.2.5 and 11.6; a removal needs its first half."""
        index, token = self.tested(HOME_TEST_INIT, HOME_TEST, self.home, self.router, "a Home Test")
        if remove:
            return Tokens(index, token)
        return Tokens(index, token, *self.tested(CARE_OF_TEST_INIT, CARE_OF_TEST, source, source, "a Care-of Test"))

    def tested(self, kind, answer, tested, on_link, name):
        """The nonce index and the token for an address; on_link is whose Neighbor Solicitations ask for the peer."""
        cookie = b""

        def sent():
            # Each retransmission has a cookie of its own (RFC 6275, Section 11.8).
            nonlocal cookie
            cookie = os.urandom(8)
            return packet(tested, self.peer, MOBILITY, test_init(kind, cookie, tested, self.peer))

        def take(got):
            return (
                got.protocol == MOBILITY and got.payload[2] == answer and got.payload[8:16] == cookie and got.destination == tested
            )

        got = self.ask(sent, on_link, take, name)
        self.require(got.source == self.peer, f"{name} came from {words(got.source)}")
        self.require(len(got.payload) == 24, f"{name} has {len(got.payload)} octets")
        index, token = struct.unpack("!H", got.payload[6:8])[0], got.payload[16:24]
        self.say(step=name.split(" ", 1)[1], address=words(tested), cookie=cookie.hex(), nonceIndex=index, token=token.hex())
        return index, token

    # Data: RFC 6275, Sections 11.3.1 and 11.3.2.

    def exchange_data(self, bids):
        """An echo over each care-of address, and its answer over the same one."""
        for bid in bids:
            self.echoes += 1
            identifier = 0x4D00 + self.echoes
            got = None
            for number in range(3):
                self.send_echo(bid, identifier, number)
                got = self.link.receive(self.patience, lambda got: got is not None and self.is_echo_reply(got, identifier))
                if got:
                    break
            if got is None:
                raise Failed(f"no echo reply for a request from {words(self.care_of[bid])}")
            self.require(got.destination == self.care_of[bid], f"data came to {words(got.destination)}, not {words(self.care_of[bid])}")
            self.say(step="data", bid=bid, careOfAddress=words(self.care_of[bid]))

    def send_echo(self, bid, identifier, number):
        care_of, to = self.care_of[bid], self.correspondent or self.peer
        request = echo(ECHO_REQUEST, identifier, number, self.home, to)
        if self.role == "ha":
            self.link.send(packet(care_of, self.peer, IPV6, packet(self.home, to, ICMPV6, request)), self.next_hop, care_of)
        else:
            self.link.send(packet(care_of, to, DESTINATION_OPTIONS, with_home_address(ICMPV6, self.home, request)), self.next_hop, care_of)

    def is_echo_reply(self, got, identifier):
        """With a home agent, the request comes to the correspondent first, which answers it."""
        if self.role == "cn":
            return self.is_reply(got, identifier) and self.has_right_route(got)
        if got.protocol == ICMPV6 and got.payload[0] == ECHO_REQUEST and got.destination == self.correspondent:
            self.require(got.is_sound() and got.source == self.home, "the home agent has changed the packet out of the tunnel")
            _, _, _, named, number = struct.unpack("!BBHHH", got.payload[:8])
            answer = echo(ECHO_REPLY, named, number, self.correspondent, self.home, got.payload[8:])
            self.link.send(packet(self.correspondent, self.home, ICMPV6, answer), self.next_hop, self.correspondent)
            return False
        inner = read_packet(got.payload) if got.protocol == IPV6 and got.source == self.peer else None
        return inner is not None and inner.destination == self.home and self.is_reply(inner, identifier)

    def is_reply(self, got, identifier):
        return (
            got.protocol == ICMPV6 and got.payload[0] == ECHO_REPLY and got.payload[4:6] == struct.pack("!H", identifier) and got.is_sound()
        )

    def has_right_route(self, got):
        self.require(got.routed_to == self.home, "data has no type 2 routing header with the home address")
        return True

    def find_gone(self, bid):
        """Nothing comes over a care-of address that is registered no longer; a correspondent node says so (RFC 6275, Section 9.3.3)."""
        self.echoes += 1
        identifier = 0x4D00 + self.echoes
        self.send_echo(bid, identifier, 0)

        def take(got):
            if got is None:
                return False
            if got.protocol == MOBILITY and got.payload[2] == ERROR and got.destination == self.care_of[bid]:
                return True
            return self.is_echo_reply(got, identifier)

        got = self.link.receive(1, take)
        if self.role == "cn":
            self.require(got is not None and got.protocol == MOBILITY, "data with an unverified home address was not answered by an error")
            self.require(got.payload[6] == 1 and got.payload[8:24] == self.home, "the Binding Error has another status or home address")
        else:
            self.require(got is None, f"data came over {words(self.care_of[bid])}, which is not registered")
        self.say(step="gone", bid=bid, careOfAddress=words(self.care_of[bid]))

    def ask(self, make, source, take, name):
        """Sends until there is an answer, with a longer time limit each time (RFC 6275, Section 11.8)."""
        timeout = FIRST_TIMEOUT
        while timeout <= LONGEST_TIMEOUT:
            self.link.send(make(), self.next_hop, source)
            got = self.link.receive(timeout, lambda got: got is not None and take(got))
            if got is not None:
                self.require(got.is_sound(), f"the checksum of {name} is wrong")
                return got
            timeout *= 2
        raise Failed(f"{name} did not come")

    @staticmethod
    def require(holds, otherwise):
        if not holds:
            raise Failed(otherwise)


def arguments(words_of=None):
    reader = argparse.ArgumentParser(description="A mobile node with several care-of addresses.")
    reader.add_argument("--interface", required=True)
    reader.add_argument("--role", choices=("ha", "cn"), required=True, help="the role of the peer")
    reader.add_argument("--peer", required=True, help="the address of the home agent, or of the correspondent node")
    reader.add_argument("--next-hop", help="the neighbor by which the peer is reached, if it is not on the link itself")
    reader.add_argument("--home", required=True)
    reader.add_argument("--care-of", action="append", required=True)
    reader.add_argument("--correspondent", help="role ha: the address of the correspondent that this program plays")
    reader.add_argument("--router", help="role cn: the address of the router to the home network that this program plays")
    reader.add_argument("--lifetime", type=int, default=60, help="in seconds")
    reader.add_argument("--patience", type=float, default=3, help="how long data may take, in seconds")
    options = reader.parse_args(words_of)
    if (options.role == "ha") != (options.correspondent is not None) or (options.role == "cn") != (options.router is not None):
        reader.error("role ha needs --correspondent, and role cn --router")
    if len(options.care_of) < 2:
        reader.error("two care-of addresses are needed at least")
    return options


def main():
    node = MobileNode(arguments())
    try:
        node.run()
    except Failed as wrong:
        print(wrong, file=sys.stderr)
        return 1
    node.say(step="done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
