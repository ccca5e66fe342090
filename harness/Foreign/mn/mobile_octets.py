"""The messages of RFC 6275 and RFC 5648 in octets, written from the two texts alone. Nothing of the project is used.

Addresses are 16 octets inside this module; `address()` makes them of a text.
"""

import hashlib
import hmac
import ipaddress
import struct
from typing import NamedTuple

ICMPV6, NO_NEXT, DESTINATION_OPTIONS, ROUTING, MOBILITY, IPV6 = 58, 59, 60, 43, 135, 41
REFRESH_REQUEST, HOME_TEST_INIT, CARE_OF_TEST_INIT, HOME_TEST, CARE_OF_TEST, UPDATE, ACKNOWLEDGEMENT, ERROR = range(8)
PAD1, PADN, REFRESH_ADVICE, ALTERNATE_CARE_OF, NONCE_INDICES, AUTHORIZATION, LINK_LAYER, BINDING_IDENTIFIER = 0, 1, 2, 3, 4, 5, 7, 35
# RFC 5568, Section 6.4.4: the link-layer address is that of the mobile node.
OF_MOBILE_NODE = 2
ECHO_REQUEST, ECHO_REPLY, SOLICITATION, ADVERTISEMENT = 128, 129, 135, 136
HOME_ADDRESS_OPTION = 0xC9


def address(text):
    return ipaddress.IPv6Address(text).packed


def words(octets):
    return str(ipaddress.IPv6Address(octets))


def checksum(source, destination, protocol, octets):
    """The checksum of RFC 8200, Section 8.1. With a Home Address option, the source is the home address; with a routing header, the
    destination is the last one (RFC 6275, Section 6.1.1)."""
    summed = source + destination + struct.pack("!IHBB", len(octets), 0, 0, protocol) + octets + b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(summed) // 2}H", summed))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def padded(octets, offset=0):
    """With PadN or Pad1 up to a multiple of 8; offset is where the octets begin."""
    missing = -(len(octets) + offset) % 8
    return octets + (b"" if missing == 0 else b"\0" if missing == 1 else bytes([PADN, missing - 2]) + bytes(missing - 2))


def aligned(octets, option, multiple, rest, offset):
    """The octets with an option behind them that begins at multiple * n + rest, counted from the beginning of the header."""
    missing = (rest - len(octets) - offset) % multiple
    filler = b"" if missing == 0 else b"\0" if missing == 1 else bytes([PADN, missing - 2]) + bytes(missing - 2)
    return octets + filler + option


class Identifier(NamedTuple):
    """A Binding Identifier option, RFC 5648, Section 4.3."""

    bid: int
    care_of: bytes = b""
    status: int = 0
    home: bool = False

    def octets(self):
        body = struct.pack("!HBB", self.bid, self.status, 0x80 if self.home else 0) + self.care_of
        return bytes([BINDING_IDENTIFIER, len(body)]) + body


def mobility(kind, data, source, destination):
    """A whole Mobility Header, RFC 6275, Section 6.1.1; data is a multiple of 8 octets, less 6."""
    assert (6 + len(data)) % 8 == 0
    header = struct.pack("!BBBBH", NO_NEXT, (6 + len(data)) // 8 - 1, kind, 0, 0) + data
    return header[:4] + struct.pack("!H", checksum(source, destination, MOBILITY, header)) + header[6:]


def test_init(kind, cookie, source, destination):
    """A Home Test Init or Care-of Test Init, RFC 6275, Sections 6.1.3 and 6.1.4."""
    return mobility(kind, bytes(2) + cookie, source, destination)


class Tokens(NamedTuple):
    """What the two tests of return routability gave; the care-of part is None for a de-registration."""

    home_index: int
    home: bytes
    care_of_index: int = 0
    care_of: bytes | None = None

    def key(self):
        """Kbm, RFC 6275, Section 5.2.5."""
        return hashlib.sha1(self.home + (self.care_of or b"")).digest()


class Authorized(NamedTuple):
    """An update to a correspondent node, with what its authenticator is computed of (RFC 6275, Section 6.2.7)."""

    octets: bytes
    key: bytes
    data: bytes
    authenticator: bytes


def flags(acknowledge=True, home=False, link_local=False, key_management=False, overwrite=False):
    """A, H, L, K of RFC 6275, Section 6.1.7, and O of RFC 5648, Section 4.2, behind M, R, P, F and T."""
    bits = (acknowledge, home, link_local, key_management, False, False, False, False, False, overwrite)
    return sum(0x8000 >> place for place, bit in enumerate(bits) if bit)


# Where the options of an update begin, counted from the beginning of the Mobility Header.
OPTIONS_OF_UPDATE = 12


def options_of(identifiers):
    options = b""
    for identifier in identifiers:
        alignment = (8, 2) if identifier.care_of else (2, 0)
        options = aligned(options, identifier.octets(), *alignment, OPTIONS_OF_UPDATE)
    return options


def home_registration(home, agent, number, lifetime, identifiers, overwrite=False, alternate=None, link_layer=None):
    """An update to a home agent; lifetime in units of 4 s. With an Alternate Care-of Address option (RFC 6275, Section 6.2.5) and a
    Mobility Header Link-Layer Address option, if there is an address for it."""
    options = options_of(identifiers)
    if alternate:
        options = aligned(options, bytes([ALTERNATE_CARE_OF, 16]) + alternate, 8, 6, OPTIONS_OF_UPDATE)
    if link_layer:
        options = aligned(options, bytes([LINK_LAYER, 1 + len(link_layer), OF_MOBILE_NODE]) + link_layer, 1, 0, OPTIONS_OF_UPDATE)
    fixed = struct.pack("!HHH", number, flags(home=True, overwrite=overwrite), lifetime)
    return mobility(UPDATE, fixed + padded(options, OPTIONS_OF_UPDATE), home, agent)


def correspondent_registration(home, care_of, correspondent, number, lifetime, identifiers, tokens, overwrite=False):
    """An update to a correspondent node. The authenticator is over the care-of address, or the home address in a de-registration."""
    options = options_of(identifiers)
    indices = struct.pack("!BBHH", NONCE_INDICES, 4, tokens.home_index, tokens.care_of_index)
    options = aligned(options, indices, 2, 0, OPTIONS_OF_UPDATE)
    options = aligned(options, bytes([AUTHORIZATION, 12]), 8, 2, OPTIONS_OF_UPDATE)
    fixed = struct.pack("!HHH", number, flags(overwrite=overwrite), lifetime)
    length = (6 + len(fixed) + len(options) + 12) // 8 - 1
    before = struct.pack("!BBBBH", NO_NEXT, length, UPDATE, 0, 0) + fixed + options
    data = (care_of if lifetime else home) + correspondent + before
    authenticator = hmac.new(tokens.key(), data, hashlib.sha1).digest()[:12]
    return Authorized(mobility(UPDATE, fixed + options + authenticator, home, correspondent), tokens.key(), data, authenticator)


def is_authentic(message, key, care_of, correspondent):
    """Whether the Binding Authorization Data option of an acknowledgement, its last option, is right."""
    if len(message) < 26 or message[-14:-12] != bytes([AUTHORIZATION, 12]):
        return False
    data = care_of + correspondent + message[:4] + b"\0\0" + message[6:-12]
    return hmac.compare_digest(hmac.new(key, data, hashlib.sha1).digest()[:12], message[-12:])


class Options(NamedTuple):
    identifiers: tuple
    others: tuple


def read_options(octets):
    """The mobility options of a message, from behind its fixed fields."""
    identifiers, others, place = [], [], 0
    while place < len(octets):
        if octets[place] == PAD1:
            place += 1
            continue
        kind, length = octets[place], octets[place + 1]
        body = octets[place + 2 : place + 2 + length]
        if len(body) < length:
            raise ValueError("an option is longer than its message")
        if kind == BINDING_IDENTIFIER:
            if length not in (4, 8, 20):
                raise ValueError(f"a Binding Identifier option of {length} octets")
            bid, status, bits = struct.unpack("!HBB", body[:4])
            identifiers.append(Identifier(bid, body[4:], status, bool(bits & 0x80)))
        elif kind != PADN:
            others.append((kind, body))
        place += 2 + length
    return Options(tuple(identifiers), tuple(others))


class Acknowledgement(NamedTuple):
    status: int
    number: int
    lifetime: int
    options: Options


def read_acknowledgement(message):
    status, _, number, lifetime = struct.unpack("!BBHH", message[6:12])
    return Acknowledgement(status, number, lifetime, read_options(message[12:]))


def packet(source, destination, protocol, payload, hops=64):
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, hops) + source + destination + payload


def with_home_address(protocol, home, payload):
    """A destination options header with the Home Address option, at 8n + 6, before a payload (RFC 6275, Section 6.3)."""
    header = aligned(b"", bytes([HOME_ADDRESS_OPTION, 16]) + home, 8, 6, 2)
    return bytes([protocol, (len(header) + 2) // 8 - 1]) + header + payload


def echo(kind, identifier, number, source, destination, data=b"from the mobile node"):
    octets = struct.pack("!BBHHH", kind, 0, 0, identifier, number) + data
    return octets[:2] + struct.pack("!H", checksum(source, destination, ICMPV6, octets)) + octets[4:]


def neighbor(kind, target, link_layer, source, destination, bits=0):
    """A Neighbor Solicitation or Advertisement with a link-layer address (RFC 4861, Sections 4.3 and 4.4)."""
    octets = struct.pack("!BBHI", kind, 0, 0, bits) + target + bytes([1 if kind == SOLICITATION else 2, 1]) + link_layer
    return octets[:2] + struct.pack("!H", checksum(source, destination, ICMPV6, octets)) + octets[4:]


class Received(NamedTuple):
    """An IPv6 packet behind its extension headers."""

    source: bytes
    destination: bytes
    protocol: int
    payload: bytes
    home: bytes | None
    """The home address in a Home Address option."""
    routed_to: bytes | None
    """The home address in a type 2 routing header."""

    def is_sound(self):
        """Whether the checksum of a Mobility Header or an ICMPv6 message is right."""
        if self.protocol not in (ICMPV6, MOBILITY):
            return True
        place = 2 if self.protocol == ICMPV6 else 4
        zeroed = self.payload[:place] + b"\0\0" + self.payload[place + 2 :]
        right = checksum(self.home or self.source, self.routed_to or self.destination, self.protocol, zeroed)
        return struct.pack("!H", right) == self.payload[place : place + 2]


def read_packet(octets):
    """The packet in the octets; None if it is none, or is cut."""
    if len(octets) < 40 or octets[0] >> 4 != 6:
        return None
    length, protocol = struct.unpack("!HB", octets[4:7])
    source, destination, rest = octets[8:24], octets[24:40], octets[40 : 40 + length]
    home = routed_to = None
    if len(rest) < length:
        return None
    while protocol in (DESTINATION_OPTIONS, ROUTING):
        size = 8 * (rest[1] + 1) if len(rest) >= 8 else len(rest) + 1
        if size > len(rest):
            return None
        if protocol == ROUTING and rest[2:4] == bytes([2, 1]) and size == 24:
            routed_to = rest[8:24]
        elif protocol == DESTINATION_OPTIONS:
            place = rest[:size].find(bytes([HOME_ADDRESS_OPTION, 16]), 2)
            home = rest[place + 2 : place + 18] if place >= 0 else home
        protocol, rest = rest[0], rest[size:]
    return Received(source, destination, protocol, rest, home, routed_to)
