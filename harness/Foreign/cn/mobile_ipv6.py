"""Messages of Mobile IPv6 (RFC 6275, 6) with several care-of addresses (RFC 5648, 4) as octets, for who answers mobile nodes.

Offsets are counted from the start of the Mobility Header, addresses are 16 octets, times are seconds.
"""

import dataclasses
import enum
import hashlib
import hmac
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lma"))

import foreign_stack as stack
from foreign_mobility import Options, Unreadable, mobility_header
from foreign_stack import Packet, Protocol

REFRESH_REQUEST, HOME_TEST_INIT, CARE_OF_TEST_INIT, HOME_TEST, CARE_OF_TEST, UPDATE, ACKNOWLEDGEMENT, ERROR = range(8)

# Flags of an update (RFC 6275, 6.1.7; RFC 3963, 4.1; RFC 5648, 4.2).
A, H, L, K, R, O = 0x8000, 0x4000, 0x2000, 0x1000, 0x0400, 0x0040

LIFETIME_UNIT = 4
UPDATE_OPTIONS, TEST_OPTIONS = 12, 16

PAD_1, PAD_N, REFRESH_ADVICE, ALTERNATE_CARE_OF, NONCE_INDICES, AUTHORIZATION, NETWORK_PREFIX, LINK_LAYER = range(8)
BINDING_IDENTIFIER = 35
AUTHENTICATOR = 12


class Status(enum.IntEnum):
    """RFC 6275, 6.1.8; RFC 3963, 4.2; RFC 5648, 4.4."""

    ACCEPTED = 0
    NOT_COMPLETE = 4
    RETURN_HOME_WITHOUT_NDP = 5
    REASON_UNSPECIFIED = 128
    PROHIBITED = 129
    INSUFFICIENT_RESOURCES = 130
    HOME_REGISTRATION_NOT_SUPPORTED = 131
    NOT_HOME_SUBNET = 132
    NOT_HOME_AGENT = 133
    DUPLICATE_ADDRESS = 134
    SEQUENCE_NUMBER_OUT_OF_WINDOW = 135
    EXPIRED_HOME_NONCE_INDEX = 136
    EXPIRED_CARE_OF_NONCE_INDEX = 137
    EXPIRED_NONCES = 138
    REGISTRATION_TYPE_CHANGE = 139
    INVALID_PREFIX = 141
    NOT_AUTHORIZED_FOR_PREFIX = 142
    MALFORMED = 164
    OTHER_BINDING_EXISTS = 165
    MULTIPLE_PROHIBITED = 166
    UNKNOWN_CARE_OF = 167
    BULK_PROHIBITED = 168
    SIMULTANEOUS_PROHIBITED = 169


def is_routable(octets):
    """Whether this is a unicast address that packets can be routed to (RFC 6275, 2.1)."""
    return stack.is_forwardable_source(octets)


def is_later(number, last):
    """RFC 6275, 9.5.1: modulo 65536."""
    return 0 < (number - last) % 0x10000 < 0x8000


# --- options -------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Identifier:
    """A Binding Identifier option (RFC 5648, 4.3) as it came: also one of a wrong length."""

    bid: int | None
    flags: int
    address: bytes
    length: int

    @property
    def is_home(self):
        return bool(self.flags & 0x80)


def read_identifier(data):
    bid = struct.unpack("!H", data[:2])[0] if len(data) >= 2 else None
    return Identifier(bid, data[3] if len(data) >= 4 else 0, data[4:], len(data))


def identifier_octets(bid, status=0, flags=0):
    """The data of the option without a care-of address."""
    return struct.pack("!HBB", bid, status, flags)


def options_of(octets, start):
    """The options of a whole Mobility Header behind the given offset, without padding: type, data, offset."""
    found, at = [], start
    while at < len(octets):
        if octets[at] == PAD_1:
            at += 1
            continue
        if at + 2 > len(octets) or at + 2 + octets[at + 1] > len(octets):
            raise Unreadable
        if octets[at] != PAD_N:
            found.append((octets[at], octets[at + 2 : at + 2 + octets[at + 1]], at))
        at += 2 + octets[at + 1]
    return found


# --- updates and answers -------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Update:
    """A Binding Update. The source is that on the wire; the home address is that of the Home Address option, or the source."""

    source: bytes
    destination: bytes
    home: bytes
    has_home_option: bool
    octets: bytes
    sequence: int
    flags: int
    lifetime: int
    options: tuple

    def has(self, flag):
        return bool(self.flags & flag)

    def data(self, kind, length=None):
        """The data of the first option of the kind; of another length it is not understood."""
        return next((data for other, data, _ in self.options if other == kind and length in (None, len(data))), None)

    @property
    def alternate(self):
        return self.data(ALTERNATE_CARE_OF, 16)

    @property
    def identifiers(self):
        return tuple(read_identifier(data) for kind, data, _ in self.options if kind == BINDING_IDENTIFIER)

    @property
    def ends_with_authorization(self):
        """RFC 6275, 9.5.1: the option is there, is the last one, and nothing follows it."""
        places = [(len(data), at) for kind, data, at in self.options if kind == AUTHORIZATION]
        return places == [(AUTHENTICATOR, len(self.octets) - AUTHENTICATOR - 2)]


def read_update(packet, home, octets):
    """Octets are those of the Mobility Header, whose form was checked. Unreadable if an option does not fit."""
    if len(octets) < UPDATE_OPTIONS:
        raise Unreadable
    sequence, flags, lifetime = struct.unpack("!HHH", octets[6:12])
    options = tuple(options_of(octets, UPDATE_OPTIONS))
    own = packet.source if home is None else home
    return Update(packet.source, packet.destination, own, home is not None, octets, sequence, flags, lifetime, options)


def acknowledgement(status, sequence, lifetime, options=(), flags=0, authorize=None, source=None, destination=None):
    """A Binding Acknowledgement with its checksum. Options are (type, data, alignment).

    authorize: makes the authenticator from the message without it, whose checksum is zero (RFC 6275, 6.2.7).
    """
    written = Options(UPDATE_OPTIONS)
    for kind, data, alignment in options:
        written.add(kind, data, alignment)
    data = struct.pack("!BBHH", status, flags, sequence, lifetime // LIFETIME_UNIT) + written.octets
    if authorize is None:
        rest = Options(6 + len(data))
        data += rest.end()
    else:
        rest = Options(6 + len(data))
        rest.pad((2 - 6 - len(data)) % 8)
        data += rest.octets + struct.pack("!BB", AUTHORIZATION, AUTHENTICATOR)
        header = struct.pack("!BBBBH", Protocol.NO_NEXT_HEADER, (6 + len(data) + AUTHENTICATOR) // 8 - 1, ACKNOWLEDGEMENT, 0, 0)
        data += authorize(header + data)
    return mobility_header(ACKNOWLEDGEMENT, data, source, destination)


def refresh_request(identifiers, source, destination):
    """RFC 6275, 6.1.2; RFC 5648, 6.4."""
    written = Options(8)
    for bid in identifiers:
        written.add(BINDING_IDENTIFIER, identifier_octets(bid), (2, 0))
    return mobility_header(REFRESH_REQUEST, bytes(2) + written.end(), source, destination)


# --- return routability (RFC 6275, 5.2) ------------------------------------------------------------------------------------


def keygen_token(key, address, nonce, kind):
    """First (64, HMAC_SHA1 (Kcn, (address | nonce | kind))); the kind is 0 for home and 1 for care-of tokens."""
    return hmac.new(key, address + nonce + bytes([kind]), hashlib.sha1).digest()[:8]


def management_key(home_token, care_of_token=b""):
    return hashlib.sha1(home_token + care_of_token).digest()


def authenticator(key, care_of, correspondent, octets):
    """First (96, HMAC_SHA1 (Kbm, (care-of address | correspondent | MH Data))); the octets are without authenticator and checksum."""
    return hmac.new(key, care_of + correspondent + octets, hashlib.sha1).digest()[:AUTHENTICATOR]


def covered(octets):
    """What the authenticator of a whole message at its end covers: all before it, with a checksum of zero."""
    return octets[:4] + bytes(2) + octets[6:-AUTHENTICATOR]


# --- packets -------------------------------------------------------------------------------------------------------------


def routed(packet, care_of):
    """The packet to a home address by way of a care-of address, with a type 2 routing header (RFC 6275, 6.4)."""
    header = struct.pack("!BBBBI", packet.next_header, 2, 2, 1, 0) + packet.destination
    return packet.changed(destination=care_of, next_header=Protocol.ROUTING, payload=header + packet.payload)


def message(source, destination, octets):
    return Packet(source, destination, Protocol.MOBILITY, octets)
