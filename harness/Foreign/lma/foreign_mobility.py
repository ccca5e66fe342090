"""Mobility Headers as octets: Proxy Binding Updates and Acknowledgements with their options.

RFC 6275, 6.1 and 6.2 (RFC 3775 has the same numbers); RFC 4283; RFC 5213, 8; RFC 5844, 3.3 and 4; RFC 5555, 3. Both ends of the protocol are here: the local
mobility anchor reads updates and writes acknowledgements, the mobile access gateway does the reverse.
"""

import dataclasses
import enum
import ipaddress
import struct
import time

from foreign_stack import Protocol, UNSPECIFIED, checksum, with_checksum

# Mobility Header types, and the shortest header of each in octets (RFC 6275, 6.1).
BINDING_UPDATE, BINDING_ACKNOWLEDGEMENT, BINDING_ERROR = 5, 6, 7
SHORTEST = {0: 8, 1: 16, 2: 16, 3: 24, 4: 24, 5: 12, 6: 12, 7: 24}

ACKNOWLEDGE, HOME_REGISTRATION, UPDATE_IS_PROXY = 0x8000, 0x4000, 0x0200
ACKNOWLEDGEMENT_IS_PROXY = 0x20

# RFC 5555, 3.1.3; RFC 5845, 6.3 and 6.4.
UPDATE_FORCES_UDP, UPDATE_WANTS_TLV, ACKNOWLEDGEMENT_HAS_TLV = 0x0100, 0x0080, 0x10

# Status values of Binding Errors (RFC 6275, 6.1.9).
UNKNOWN_BINDING, UNRECOGNIZED_MH_TYPE = 1, 2

# Seconds (RFC 6275, 6.1.7).
LIFETIME_UNIT = 4


class Option(enum.IntEnum):
    """Mobility options: RFC 6275, 6.2; RFC 4283; RFC 5094; RFC 5213, 8.3 to 8.8; RFC 5555, 3; RFC 5844, 3.3."""

    PAD_1 = 0
    PAD_N = 1
    ALTERNATE_CARE_OF_ADDRESS = 3
    MOBILE_NODE_IDENTIFIER = 8
    VENDOR_SPECIFIC = 19
    HOME_NETWORK_PREFIX = 22
    HANDOFF_INDICATOR = 23
    ACCESS_TECHNOLOGY_TYPE = 24
    LINK_LAYER_IDENTIFIER = 25
    LINK_LOCAL_ADDRESS = 26
    TIMESTAMP = 27
    IPV4_HOME_ADDRESS = 29
    IPV4_ADDRESS_ACKNOWLEDGEMENT = 30
    NAT_DETECTION = 31
    IPV4_CARE_OF_ADDRESS = 32
    IPV4_HOME_ADDRESS_REQUEST = 36
    IPV4_HOME_ADDRESS_REPLY = 37
    IPV4_DEFAULT_ROUTER_ADDRESS = 38
    IPV4_DHCP_SUPPORT_MODE = 39


# The smallest and the largest length of the option data in octets. An option of another length is skipped as not understood.
LENGTHS = {
    Option.ALTERNATE_CARE_OF_ADDRESS: (16, 16),
    Option.MOBILE_NODE_IDENTIFIER: (1, 255),
    Option.HOME_NETWORK_PREFIX: (18, 18),
    Option.HANDOFF_INDICATOR: (2, 2),
    Option.ACCESS_TECHNOLOGY_TYPE: (2, 2),
    Option.LINK_LAYER_IDENTIFIER: (2, 255),
    Option.LINK_LOCAL_ADDRESS: (16, 16),
    Option.TIMESTAMP: (8, 8),
    Option.IPV4_HOME_ADDRESS: (6, 6),
    Option.IPV4_ADDRESS_ACKNOWLEDGEMENT: (6, 6),
    Option.NAT_DETECTION: (6, 6),
    Option.IPV4_CARE_OF_ADDRESS: (6, 6),
    Option.IPV4_HOME_ADDRESS_REQUEST: (6, 6),
    Option.IPV4_HOME_ADDRESS_REPLY: (6, 6),
    Option.IPV4_DEFAULT_ROUTER_ADDRESS: (6, 6),
    Option.IPV4_DHCP_SUPPORT_MODE: (2, 2),
}

# Where an option begins: a multiple of the first number plus the second, counted from the start of the Mobility Header.
ALIGNMENTS = {
    Option.ALTERNATE_CARE_OF_ADDRESS: (8, 6),
    Option.VENDOR_SPECIFIC: (4, 2),
    Option.HOME_NETWORK_PREFIX: (8, 4),
    Option.LINK_LOCAL_ADDRESS: (8, 6),
    Option.TIMESTAMP: (8, 2),
    Option.IPV4_HOME_ADDRESS: (4, 0),
    Option.IPV4_ADDRESS_ACKNOWLEDGEMENT: (4, 0),
    Option.NAT_DETECTION: (4, 0),
    Option.IPV4_CARE_OF_ADDRESS: (4, 0),
    Option.IPV4_HOME_ADDRESS_REQUEST: (4, 0),
    Option.IPV4_HOME_ADDRESS_REPLY: (4, 0),
    Option.IPV4_DEFAULT_ROUTER_ADDRESS: (4, 0),
}


class Status(enum.IntEnum):
    """RFC 5213, 8.9; RFC 6275, 6.1.8; RFC 5555, 3.2.3; RFC 5844, 3.3.5."""

    ACCEPTED = 0
    REASON_UNSPECIFIED = 128
    ADMINISTRATIVELY_PROHIBITED = 129
    INSUFFICIENT_RESOURCES = 130
    SEQUENCE_NUMBER_OUT_OF_WINDOW = 135
    CANNOT_FORCE_UDP_ENCAPSULATION = 144
    PROXY_REG_NOT_ENABLED = 152
    NOT_LMA_FOR_THIS_MOBILE_NODE = 153
    MAG_NOT_AUTHORIZED_FOR_PROXY_REG = 154
    NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX = 155
    TIMESTAMP_MISMATCH = 156
    TIMESTAMP_LOWER_THAN_PREV_ACCEPTED = 157
    MISSING_HOME_NETWORK_PREFIX_OPTION = 158
    BCE_PBU_PREFIX_SET_DO_NOT_MATCH = 159
    MISSING_MN_IDENTIFIER_OPTION = 160
    MISSING_HANDOFF_INDICATOR_OPTION = 161
    MISSING_ACCESS_TECH_TYPE_OPTION = 162
    NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE = 170
    NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS = 171
    NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE = 172
    MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED = 173


class Handoff(enum.IntEnum):
    """RFC 5213, 8.4."""

    NEW_INTERFACE = 1
    BETWEEN_INTERFACES = 2
    BETWEEN_GATEWAYS = 3
    UNKNOWN = 4
    NOT_CHANGED = 5


class Unreadable(Exception):
    """A Mobility Header that is discarded. The pointer is that of the Parameter Problem; None if none is sent."""

    def __init__(self, pointer=None):
        super().__init__(pointer)
        self.pointer = pointer


class UnknownType(Exception):
    """A Mobility Header of an unknown type, which is answered by a Binding Error."""


# --- the header ----------------------------------------------------------------------------------------------------------


def mobility_header(message_type, data, source, destination):
    """A complete Mobility Header with the given message data, whose length makes the header a multiple of 8 octets.

    Without addresses the checksum is zero (RFC 5844, 4.1.3.2).
    """
    octets = struct.pack("!BBBBH", Protocol.NO_NEXT_HEADER, (6 + len(data)) // 8 - 1, message_type, 0, 0) + data
    return octets if source is None else with_checksum(source, destination, Protocol.MOBILITY, octets, 4)


def message_data(source, destination, octets):
    """The type and the message data of a Mobility Header, checked in the order of RFC 6275, 9.2.

    Without addresses the checksum is ignored (RFC 5844, 4.1.3.1).
    """
    if len(octets) < 8 or (source is not None and checksum(source, destination, Protocol.MOBILITY, octets) != 0):
        raise Unreadable
    payload_proto, header_length, message_type = octets[:3]
    if message_type not in SHORTEST:
        raise UnknownType
    if payload_proto != Protocol.NO_NEXT_HEADER:
        raise Unreadable(pointer=0)
    length = (header_length + 1) * 8
    if length < SHORTEST[message_type]:
        raise Unreadable(pointer=1)
    if length > len(octets):
        raise Unreadable
    return message_type, octets[6:length]


def binding_error(status, home_address, source, destination):
    return mobility_header(BINDING_ERROR, struct.pack("!BB", status, 0) + home_address, source, destination)


# --- options -------------------------------------------------------------------------------------------------------------


def read_options(octets, takes_cut=False):
    """The data of options by type, in their order, without padding and without options that are not understood.

    takes_cut: an option that does not fit is completed with zeros instead (only for a fault).
    """
    found, at = {}, 0
    while at < len(octets):
        if octets[at] == Option.PAD_1:
            at += 1
            continue
        if at + 2 > len(octets) or at + 2 + octets[at + 1] > len(octets):
            if not takes_cut or at + 2 > len(octets):
                raise Unreadable
            octets += bytes(at + 2 + octets[at + 1] - len(octets))
        option, data = octets[at], octets[at + 2 : at + 2 + octets[at + 1]]
        smallest, largest = LENGTHS.get(option, (0, 255))
        if option != Option.PAD_N and smallest <= len(data) <= largest:
            found.setdefault(option, []).append(data)
        at += 2 + len(data)
    return found


def alignment_of(option, data):
    """RFC 5213, 8.6: a link-layer identifier is aligned by its size; it begins four octets after the start of its option."""
    if option != Option.LINK_LAYER_IDENTIFIER:
        return ALIGNMENTS.get(option, (1, 0))
    size = len(data) - 2
    return (8, 4) if size % 8 == 0 else (4, 0) if size % 4 == 0 else (2, 0)


class Options:
    """Writes options, each at its required alignment. Offsets are from the start of the Mobility Header."""

    def __init__(self, start, filler=b"\x00"):
        self.start, self.filler = start, filler
        self.octets = b""

    def add(self, option, data, alignment=None, length=None):
        multiple, offset = alignment or alignment_of(option, data)
        self.pad((offset - self.start - len(self.octets)) % multiple)
        self.octets += struct.pack("!BB", option, len(data) if length is None else length) + data

    def end(self):
        self.pad(-(self.start + len(self.octets)) % 8)
        return self.octets

    def pad(self, octets):
        """RFC 6275, 6.2.2 and 6.2.3."""
        if octets == 1:
            self.octets += bytes([Option.PAD_1])
        elif octets > 1:
            self.octets += struct.pack("!BB", Option.PAD_N, octets - 2) + self.filler * (octets - 2)


# --- updates -------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Prefix:
    """A prefix: the 16 octets as they were sent, and its length."""

    octets: bytes
    length: int

    @property
    def is_zero(self):
        return self.octets == UNSPECIFIED

    @property
    def is_possible(self):
        return self.length <= 128

    @property
    def masked(self):
        """The same prefix without the bits behind its length, which do not belong to it."""
        if not self.is_possible:
            return self
        behind = 128 - self.length
        return Prefix((int.from_bytes(self.octets, "big") >> behind << behind).to_bytes(16, "big"), self.length)

    def holds(self, octets):
        behind = 128 - self.length
        return int.from_bytes(self.octets, "big") >> behind == int.from_bytes(octets, "big") >> behind

    @property
    def network(self):
        return ipaddress.IPv6Network((self.octets, self.length), strict=False)

    def __str__(self):
        return str(self.network) if self.is_possible else f"{self.octets.hex()}/{self.length}"


def prefix(text):
    network = ipaddress.IPv6Network(text)
    return Prefix(network.network_address.packed, network.prefixlen)


NO_PREFIX = Prefix(UNSPECIFIED, 0)


@dataclasses.dataclass(frozen=True)
class HomeAddress:
    """An IPv4 home address: 4 octets, and the prefix length of its network, 0 to 63."""

    octets: bytes
    length: int

    @property
    def is_zero(self):
        return not any(self.octets)


@dataclasses.dataclass(frozen=True)
class Reply:
    """What an acknowledgement says of an IPv4 home address (RFC 5844, 3.3.2)."""

    status: int
    home_address: HomeAddress


@dataclasses.dataclass(frozen=True)
class Request:
    """A Proxy Binding Update; the value of a missing option is None. It arrived at a time of day in units of 1/65536 s.

    One that came over IPv4 has a way (foreign_transport). Its source is the IPv4 address of the gateway if it was no IPv6 packet.
    """

    source: bytes
    destination: bytes
    sequence: int = 0
    lifetime: int = 0
    mobile_node: bytes | None = None
    prefixes: tuple = ()
    handoff: int | None = None
    access: int | None = None
    link_layer: bytes | None = None
    link_local: bytes | None = None
    timestamp: int | None = None
    alternate_care_of: bytes | None = None
    home_addresses: tuple = ()
    arrived: int = 0
    way: object = None
    forces_udp: bool = False
    wants_tlv: bool = False
    ipv4_care_of: bytes | None = None

    @property
    def care_of(self):
        """RFC 5844, 4.1.1: over IPv4 it is the source."""
        return self.source if self.way else self.alternate_care_of or self.source

    @property
    def has_prefix(self):
        return any(not prefix.is_zero for prefix in self.prefixes)

    @property
    def home_address(self):
        """The requested IPv4 home address: the first one; None if there is no such option."""
        return self.home_addresses[0] if self.home_addresses else None

    @property
    def has_home_address(self):
        return self.home_address is not None and not self.home_address.is_zero

    @property
    def interface(self):
        """The link-layer identifier for the look-up; None if the option is missing or has the value ALL_ZERO (Figure 8)."""
        return self.link_layer if self.link_layer and any(self.link_layer) else None

    @property
    def name(self):
        return (self.mobile_node or b"")[1:].decode("utf-8", "replace")


def read_update(source, destination, data, arrived=0, takes_cut=False, way=None, request_option=Option.IPV4_HOME_ADDRESS_REQUEST):
    """None for a Binding Update that is not a Proxy Binding Update (RFC 5213, 8.1). The option asks for IPv4 home addresses."""
    sequence, flags, lifetime = struct.unpack("!HHH", data[:6])
    if not flags & UPDATE_IS_PROXY:
        return None
    found = read_options(data[6:], takes_cut)

    def first(option, reserved=0):
        return found[option][0][reserved:] if option in found else None

    def value(option):
        return first(option)[1] if option in found else None

    timestamp = first(Option.TIMESTAMP)
    return Request(
        source=source,
        destination=destination,
        sequence=sequence,
        lifetime=lifetime,
        mobile_node=first(Option.MOBILE_NODE_IDENTIFIER),
        prefixes=tuple(Prefix(data[2:], data[1]) for data in found.get(Option.HOME_NETWORK_PREFIX, [])),
        handoff=value(Option.HANDOFF_INDICATOR),
        access=value(Option.ACCESS_TECHNOLOGY_TYPE),
        link_layer=first(Option.LINK_LAYER_IDENTIFIER, reserved=2),
        link_local=first(Option.LINK_LOCAL_ADDRESS),
        timestamp=None if timestamp is None else int.from_bytes(timestamp, "big"),
        alternate_care_of=first(Option.ALTERNATE_CARE_OF_ADDRESS),
        home_addresses=tuple(HomeAddress(data[2:], data[0] >> 2) for data in found.get(request_option, [])),
        arrived=arrived,
        way=way,
        forces_udp=bool(flags & UPDATE_FORCES_UDP),
        wants_tlv=bool(flags & UPDATE_WANTS_TLV),
        ipv4_care_of=first(Option.IPV4_CARE_OF_ADDRESS, reserved=2),
    )


def write_update(request, flags=ACKNOWLEDGE | UPDATE_IS_PROXY, request_option=Option.IPV4_HOME_ADDRESS_REQUEST):
    """The message data of a Proxy Binding Update, in the order of RFC 5213, 6.9.1.5."""
    written = Options(start=12)
    flags |= UPDATE_FORCES_UDP * request.forces_udp | UPDATE_WANTS_TLV * request.wants_tlv
    for option, data in options_of(request):
        written.add(option, data)
    for asked in request.home_addresses:
        written.add(request_option, bytes([asked.length << 2, 0]) + asked.octets)
    if request.ipv4_care_of is not None:
        written.add(Option.IPV4_CARE_OF_ADDRESS, bytes(2) + request.ipv4_care_of)
    if request.alternate_care_of is not None:
        written.add(Option.ALTERNATE_CARE_OF_ADDRESS, request.alternate_care_of)
    return struct.pack("!HHH", request.sequence, flags, request.lifetime) + written.end()


def options_of(request):
    """The options that updates and acknowledgements have in common, without those that are None."""
    made = []
    if request.mobile_node is not None:
        made.append((Option.MOBILE_NODE_IDENTIFIER, request.mobile_node))
    made += [(Option.HOME_NETWORK_PREFIX, bytes([0, prefix.length]) + prefix.octets) for prefix in request.prefixes]
    if request.handoff is not None:
        made.append((Option.HANDOFF_INDICATOR, bytes([0, request.handoff])))
    if request.access is not None:
        made.append((Option.ACCESS_TECHNOLOGY_TYPE, bytes([0, request.access])))
    if request.timestamp is not None:
        made.append((Option.TIMESTAMP, request.timestamp.to_bytes(8, "big")))
    if request.link_layer is not None:
        made.append((Option.LINK_LAYER_IDENTIFIER, bytes(2) + request.link_layer))
    if request.link_local is not None:
        made.append((Option.LINK_LOCAL_ADDRESS, request.link_local))
    return made


# --- acknowledgements ----------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Answer:
    """A Proxy Binding Acknowledgement; the value of a missing option is None. DHCP mode: 0 relay, 1 server.

    The NAT Detection option is the flag F and the refresh time in seconds.
    """

    status: int
    sequence: int
    lifetime: int
    mobile_node: bytes | None
    prefixes: tuple
    handoff: int | None
    access: int | None
    timestamp: int | None
    link_layer: bytes | None
    link_local: bytes | None
    is_proxy: bool = True
    replies: tuple = ()
    router: bytes | None = None
    dhcp_mode: int | None = None
    nat_detection: tuple | None = None
    has_tlv: bool = False


@dataclasses.dataclass(frozen=True)
class Style:
    """How acknowledgements are written where the RFC leaves it open: the order of options, and what is added."""

    order: tuple = (
        Option.MOBILE_NODE_IDENTIFIER,
        Option.HOME_NETWORK_PREFIX,
        Option.HANDOFF_INDICATOR,
        Option.ACCESS_TECHNOLOGY_TYPE,
        Option.TIMESTAMP,
        Option.LINK_LAYER_IDENTIFIER,
        Option.LINK_LOCAL_ADDRESS,
        Option.IPV4_HOME_ADDRESS_REPLY,
        Option.IPV4_DEFAULT_ROUTER_ADDRESS,
        Option.IPV4_DHCP_SUPPORT_MODE,
        Option.NAT_DETECTION,
    )
    vendor_data: bytes | None = None
    padding: int = 0


def write_acknowledgement(answer, style=Style(), fault=None, numbers=None):
    """The message data of a Proxy Binding Acknowledgement (RFC 5213, 5.3.6).

    numbers: options that have another number (None: are left out) in an edition of RFC 5844.
    """
    flags = ACKNOWLEDGEMENT_IS_PROXY if answer.is_proxy and fault != "no-p-flag" else 0
    flags |= ACKNOWLEDGEMENT_HAS_TLV * answer.has_tlv
    written = Options(start=12, filler=b"\xa5" if fault == "stale-padding" else b"\x00")
    made = options_of(answer) + ipv4_options_of(answer)
    for option, data in sorted(made, key=lambda one: style.order.index(one[0])):
        if option == Option.HOME_NETWORK_PREFIX and fault == "misaligned-hnp":
            written.add(option, data, alignment=(8, 0))
        elif option == Option.HOME_NETWORK_PREFIX and fault == "length-counts-header":
            written.add(option, data, length=len(data) + 2)
        elif option == Option.IPV4_HOME_ADDRESS_REPLY and fault == "misaligned-reply":
            written.add(option, data, alignment=(4, 2))
        elif (number := (numbers or {}).get(option, option)) is not None:
            written.add(number, data)
    if style.vendor_data is not None:
        written.add(Option.VENDOR_SPECIFIC, style.vendor_data)
    written.pad(style.padding)
    return struct.pack("!BBHH", answer.status, flags, answer.sequence, answer.lifetime) + written.end()


def ipv4_options_of(answer):
    """RFC 5844, 3.3.2 to 3.3.4; RFC 5555, 3.2.2."""
    made = []
    for reply in answer.replies:
        data = bytes([reply.status, reply.home_address.length << 2]) + reply.home_address.octets
        made.append((Option.IPV4_HOME_ADDRESS_REPLY, data))
    if answer.router is not None:
        made.append((Option.IPV4_DEFAULT_ROUTER_ADDRESS, bytes(2) + answer.router))
    if answer.dhcp_mode is not None:
        made.append((Option.IPV4_DHCP_SUPPORT_MODE, bytes([0, answer.dhcp_mode])))
    if answer.nat_detection is not None:
        is_forced, refresh_time = answer.nat_detection
        made.append((Option.NAT_DETECTION, struct.pack("!HI", is_forced << 15, refresh_time)))
    return made


def read_acknowledgement(data, reply_option=Option.IPV4_HOME_ADDRESS_REPLY):
    status, flags, sequence, lifetime = struct.unpack("!BBHH", data[:6])
    found = read_options(data[6:])

    def first(option, reserved=0):
        return found[option][0][reserved:] if option in found else None

    def number(option, reserved=0):
        return int.from_bytes(first(option, reserved), "big") if option in found else None

    return Answer(
        status=status,
        sequence=sequence,
        lifetime=lifetime,
        mobile_node=first(Option.MOBILE_NODE_IDENTIFIER),
        prefixes=tuple(Prefix(data[2:], data[1]) for data in found.get(Option.HOME_NETWORK_PREFIX, [])),
        handoff=number(Option.HANDOFF_INDICATOR, reserved=1),
        access=number(Option.ACCESS_TECHNOLOGY_TYPE, reserved=1),
        timestamp=number(Option.TIMESTAMP),
        link_layer=first(Option.LINK_LAYER_IDENTIFIER, reserved=2),
        link_local=first(Option.LINK_LOCAL_ADDRESS),
        is_proxy=bool(flags & ACKNOWLEDGEMENT_IS_PROXY),
        replies=tuple(Reply(data[0], HomeAddress(data[2:], data[1] >> 2)) for data in found.get(reply_option, [])),
        router=first(Option.IPV4_DEFAULT_ROUTER_ADDRESS, reserved=2),
        dhcp_mode=number(Option.IPV4_DHCP_SUPPORT_MODE, reserved=1),
        nat_detection=None if (told := first(Option.NAT_DETECTION)) is None else (bool(told[0] & 0x80), int.from_bytes(told[2:], "big")),
        has_tlv=bool(flags & ACKNOWLEDGEMENT_HAS_TLV),
    )


# --- time ----------------------------------------------------------------------------------------------------------------


def timestamp_of(nanoseconds):
    """RFC 5213, 8.8: seconds since 1970 in 48 bits, 1/65536 seconds in 16."""
    return (nanoseconds << 16) // 1_000_000_000


def time_of_day():
    return timestamp_of(time.time_ns())
