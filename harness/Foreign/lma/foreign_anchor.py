"""The Binding Cache of a local mobility anchor and the rules of its signalling: RFC 5213, 5.1 to 5.5.

Nothing here reads a clock or a socket. The caller passes monotonic seconds, and functions that send, that open a tunnel, and that
tell the time of day. The numbers in comments are sections and items of RFC 5213 unless another RFC is named.
"""

import dataclasses
import fnmatch
import ipaddress
import secrets
import sys

from foreign_ipv4 import HomeNetwork, is_host, number_of_reply
from foreign_mobility import LIFETIME_UNIT, NO_PREFIX, Answer, Handoff, HomeAddress, Option, Prefix, Reply, Request, Status, Style, time_of_day, write_acknowledgement
from foreign_stack import LINK_LOCAL, UNSPECIFIED, is_forwardable_source, text_of
from foreign_transport import End, Ipv4Transport

NO_INTERFACE = bytes(2)
ORDERINGS = ("timestamp", "mobile-node-timestamp", "sequence")

MISSING = (
    Status.MISSING_MN_IDENTIFIER_OPTION,
    Status.MISSING_HOME_NETWORK_PREFIX_OPTION,
    Status.MISSING_HANDOFF_INDICATOR_OPTION,
    Status.MISSING_ACCESS_TECH_TYPE_OPTION,
)

# An odd number: its multiples visit every prefix of the pool once, in an order that is not theirs.
SCATTER = 0x9E3779B1

# 32473 is the enterprise number for examples; the octet behind it is the sub-type (RFC 5094, 3).
VENDOR_DATA = (32473).to_bytes(4, "big") + b"\x01lma"

OWN_STYLE = Style(
    order=(
        Option.NAT_DETECTION,
        Option.IPV4_DHCP_SUPPORT_MODE,
        Option.IPV4_DEFAULT_ROUTER_ADDRESS,
        Option.TIMESTAMP,
        Option.LINK_LOCAL_ADDRESS,
        Option.ACCESS_TECHNOLOGY_TYPE,
        Option.HOME_NETWORK_PREFIX,
        Option.IPV4_HOME_ADDRESS_REPLY,
        Option.LINK_LAYER_IDENTIFIER,
        Option.HANDOFF_INDICATOR,
        Option.MOBILE_NODE_IDENTIFIER,
    ),
    vendor_data=VENDOR_DATA,
    padding=7,
)


@dataclasses.dataclass(frozen=True)
class Policy:
    """What mobile nodes may have: static groups of prefixes, one group for each session, or a number of prefixes of the pool."""

    groups: tuple = ()
    count: int = 1
    is_enabled: bool = True


@dataclasses.dataclass
class Settings:
    """The configuration of the signalling (9.1, 9.3, and the policy store). Delays are in milliseconds, lifetimes in seconds.

    Without an IPv4 home network, the options of RFC 5844 are not understood.
    """

    address: bytes
    gateways: dict
    mobile_nodes: list
    pool: ipaddress.IPv6Network | None = None
    assigned_length: int = 64
    min_delay_before_bce_delete: int = 10000
    max_delay_before_new_bce_assign: int = 1500
    timestamp_validity_window: int = 300
    ordering: str = "timestamp"
    new_bce_at_once: bool = False
    lifetime_share: int = 75
    longest_lifetime: int = 3600
    fixed_link_local: bytes = UNSPECIFIED
    answer_delay: int = 30
    style: Style = OWN_STYLE
    ipv4: HomeNetwork | None = None
    transport: Ipv4Transport | None = None
    fault: str | None = None

    def has_fault(self, name):
        return self.fault == name


@dataclasses.dataclass(eq=False)
class Binding:
    """A Binding Cache entry (5.1). The tunnel is the one to the Proxy-CoA, or over IPv4 to an End (RFC 5844, 4.1.1)."""

    mobile_node: bytes
    prefixes: tuple
    link_local: bytes
    care_of: bytes = UNSPECIFIED
    end: bytes | End = UNSPECIFIED
    link_layer: bytes = NO_INTERFACE
    access: int = 0
    timestamp: int = 0
    sequence: int | None = None
    expires: float = 0.0
    deletes: float | None = None
    home_address: bytes | None = None

    @property
    def is_deregistered(self):
        return self.deletes is not None

    @property
    def ends(self):
        """When the lifetime ends, or the wait after a de-registration (5.3.5, item 2)."""
        return self.deletes if self.is_deregistered else self.expires

    @property
    def has_interface(self):
        return any(self.link_layer)


@dataclasses.dataclass(eq=False)
class Held:
    """A request with unknown handoff state, held until the previous gateway de-registers (5.4.1.2, item 4; 5.4.1.3, item 3)."""

    request: Request
    binding: Binding
    until: float


@dataclasses.dataclass(frozen=True)
class Found:
    """The result of the look-up: a session, a session to wait for its de-registration, no session, or a reason to reject."""

    binding: Binding | None = None
    waits: bool = False
    status: Status = Status.ACCEPTED


class Anchor:
    """The Binding Cache with its routes and tunnels.

    send(request, data) sends an acknowledgement; open_tunnel(end) makes a tunnel. A tunnel lives as long as a session uses it,
    and is shared by all sessions with the same end (5.6.1). Routes lead from prefixes to tunnels.
    """

    def __init__(self, settings, send, open_tunnel=lambda end: end, clock=time_of_day):
        self.settings, self.send, self.open_tunnel, self.clock = settings, send, open_tunnel, clock
        self.cache = []
        self.routes = {}
        self.host_routes = {}
        self.tunnels = {}
        self.held = []
        self.outbox = []
        self.greatest = {}
        self.next_prefix = self.next_home_address = 0
        self.retired = set()
        self.reserved = [prefix for _, policy in settings.mobile_nodes for group in policy.groups for prefix in group]

    # --- 5.3.1: processing

    def handle(self, request, now):
        """The checks of items 4 to 12 in their order, and the look-up and the operations of item 13."""
        self.pass_time(now)
        if self.settings.ipv4 is None and request.home_addresses:
            request = dataclasses.replace(request, home_addresses=())
        if not self.is_usable(request):
            log(f"{text_of(request.source)} {request.name}: unusable care-of address")
            return
        status = self.check(request)
        if status == Status.ACCEPTED:
            self.decide(request, now)
        else:
            self.reject(request, status, now)

    def is_usable(self, request):
        """RFC 6275, 6.1.7: a unicast routable address. RFC 2473, 4.1.2: not the other end of the tunnel."""
        care_of = request.care_of
        if request.way and not is_host(request.way.source):
            return False
        return request.way.source == care_of if len(care_of) == 4 else is_forwardable_source(care_of) and care_of != self.settings.address

    def check(self, request):
        if request.mobile_node is None:
            return Status.MISSING_MN_IDENTIFIER_OPTION
        if not self.is_authorized(request):
            return Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG
        policy = self.policy_of(request)
        if policy is None:
            return Status.NOT_LMA_FOR_THIS_MOBILE_NODE
        if not policy.is_enabled:
            return Status.PROXY_REG_NOT_ENABLED
        if (status := self.check_order(request)) != Status.ACCEPTED:
            return status
        has_family = request.prefixes or (request.home_addresses and not self.settings.has_fault("ipv4-only-refused"))
        if not has_family:
            return Status.MISSING_HOME_NETWORK_PREFIX_OPTION
        if request.handoff is None and not self.settings.has_fault("handoff-optional"):
            return Status.MISSING_HANDOFF_INDICATOR_OPTION
        if request.access is None:
            return Status.MISSING_ACCESS_TECH_TYPE_OPTION
        if self.settings.ipv4 and (status := self.settings.ipv4.check(request, self.settings.has_fault)) != Status.ACCEPTED:
            return status
        return self.settings.transport.check(request, self.settings.has_fault) if self.settings.transport else Status.ACCEPTED

    def is_authorized(self, request):
        """Section 4: the gateway, for this mobile node."""
        patterns = self.settings.gateways.get(request.source)
        return patterns is not None and (not patterns or any(fnmatch.fnmatchcase(request.name, pattern) for pattern in patterns))

    def policy_of(self, request):
        """Mobile nodes are identified by network access identifiers (RFC 4283, 3.1)."""
        if request.mobile_node[:1] != b"\x01" or not request.name:
            return None
        return next((policy for pattern, policy in self.settings.mobile_nodes if fnmatch.fnmatchcase(request.name, pattern)), None)

    def decide(self, request, now, until=None):
        """Item 13. Until: when the wait of a request that was held before ends."""
        found = self.look_up(request)
        if found.status != Status.ACCEPTED:
            self.reject(request, found.status, now)
        elif request.lifetime == 0:
            if found.binding and not found.waits and self.shares_family(found.binding, request):
                self.deregister(found.binding, request, now)
        elif found.waits:
            self.hold(request, found.binding, until or now + self.settings.max_delay_before_new_bce_assign / 1000)
        elif found.binding:
            self.update(found.binding, request, now)
        else:
            self.create(request, now)

    # --- 5.5: message ordering

    def check_order(self, request):
        if request.timestamp is None or self.settings.ordering == "sequence":
            return self.check_sequence(request)
        return self.check_timestamp(request)

    def check_timestamp(self, request):
        """Items 6, 8 and 9: lower than that of the session is 157, everything else that is not valid 156."""
        if self.settings.has_fault("no-timestamp-check"):
            return Status.ACCEPTED
        binding = self.look_up(request).binding
        if binding and request.timestamp < binding.timestamp:
            return Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
        if request.timestamp <= self.greatest.get(request.mobile_node, 0) or not self.is_timely(request):
            return Status.TIMESTAMP_MISMATCH
        return Status.ACCEPTED

    def is_timely(self, request):
        """Item 6: close enough to the time at which the request arrived, unless mobile nodes generate timestamps."""
        if self.settings.ordering == "mobile-node-timestamp":
            return True
        return abs(request.timestamp - request.arrived) * 1000 <= self.settings.timestamp_validity_window * 0x10000

    def check_sequence(self, request):
        """RFC 6275, 9.5.1: modulo 65536, and the 32768 numbers up to the last one are not greater."""
        binding = self.look_up(request).binding
        if binding is None or binding.sequence is None:
            return Status.ACCEPTED
        ahead = (request.sequence - binding.sequence) % 0x10000
        return Status.ACCEPTED if 0 < ahead < 0x8000 else Status.SEQUENCE_NUMBER_OUT_OF_WINDOW

    def note_order(self, binding, request):
        """The number of a request with a timestamp is ignored (timestamps, item 5), and not compared with later ones."""
        if request.timestamp is None or self.settings.ordering == "sequence":
            binding.sequence = request.sequence
            binding.timestamp = 0
            return
        binding.sequence = None
        if self.settings.has_fault("first-timestamp-only") and request.mobile_node in self.greatest:
            return
        binding.timestamp = max(request.timestamp, binding.timestamp)
        self.greatest[request.mobile_node] = max(request.timestamp, self.greatest.get(request.mobile_node, 0))

    # --- 5.4.1: look-up

    def look_up(self, request):
        if request.has_prefix:
            return self.look_up_by_prefix(request)
        if request.has_home_address:
            return self.look_up_by_home_address(request)
        if request.interface is not None:
            return self.look_up_by_interface(request)
        return self.look_up_by_mobile_node(request)

    def sessions_of(self, mobile_node):
        return [binding for binding in self.cache if binding.mobile_node == mobile_node]

    def look_up_by_prefix(self, request):
        """5.4.1.1."""
        asked = [prefix.masked for prefix in request.prefixes]
        matching = [binding for binding in self.cache if any(prefix in asked for prefix in binding.prefixes)]
        if not matching:
            return Found()
        if any(binding.mobile_node != request.mobile_node for binding in matching):
            return Found(status=Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX)
        binding = matching[0]
        if len(asked) != len(binding.prefixes) or set(asked) != set(binding.prefixes):
            return Found(binding, status=Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH)
        return Found(binding) if self.is_same_session(binding, request) else Found()

    def look_up_by_home_address(self, request):
        """RFC 5844, 3.1.2.7: 5.4.1.1 with the IPv4 home address as the key."""
        binding = self.session_at(request.home_address.octets)
        if binding is None or self.settings.has_fault("home-address-no-key"):
            return Found()
        if binding.mobile_node != request.mobile_node:
            return Found(status=Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS)
        return Found(binding) if self.is_same_session(binding, request) else Found()

    @staticmethod
    def is_same_session(binding, request):
        """5.4.1.1, item 5: its four conditions."""
        same_access = request.access == binding.access
        no_interface = request.interface is None and not binding.has_interface
        return (
            (request.interface is not None and request.interface == binding.link_layer and same_access)
            or request.handoff == Handoff.BETWEEN_INTERFACES
            or (no_interface and same_access and request.handoff == Handoff.BETWEEN_GATEWAYS)
            or (request.care_of == binding.care_of and same_access)
        )

    def look_up_by_interface(self, request):
        """5.4.1.2."""
        own = self.sessions_of(request.mobile_node)
        if self.settings.has_fault("key-identifier-only") and own:
            return Found(own[0])
        for binding in self.cache:
            same_node = binding.mobile_node == request.mobile_node and binding.access == request.access
            if (same_node or self.settings.has_fault("key-link-layer-only")) and binding.link_layer == request.interface:
                return Found(binding)
        if len(own) == 1 and request.handoff == Handoff.BETWEEN_INTERFACES:
            return Found(own[0])
        if len(own) == 1 and request.handoff == Handoff.UNKNOWN:
            return self.once_let_go(own[0])
        return Found()

    def look_up_by_mobile_node(self, request):
        """5.4.1.3."""
        own = self.sessions_of(request.mobile_node)
        if self.settings.has_fault("key-identifier-only") and own:
            return Found(own[0])
        if len(own) != 1:
            return Found()
        if request.handoff in (Handoff.BETWEEN_INTERFACES, Handoff.BETWEEN_GATEWAYS):
            return Found(own[0])
        if request.handoff == Handoff.UNKNOWN:
            is_the_awaited = request.lifetime == 0 and request.care_of == own[0].care_of
            return Found(own[0]) if is_the_awaited else self.once_let_go(own[0])
        return Found()

    def once_let_go(self, binding):
        if binding.is_deregistered:
            return Found(binding)
        return Found() if self.settings.new_bce_at_once else Found(binding, waits=True)

    # --- the wait of 5.4.1.2, item 4, and 5.4.1.3, item 3

    def hold(self, request, binding, until):
        """A repeated request replaces the earlier one without extending its wait."""
        for held in self.held:
            if held.binding is binding and held.request.care_of == request.care_of:
                held.request = request
                return
        self.held.append(Held(request, binding, until))
        log(f"{text_of(request.source)} {request.name}: waits for a de-registration")

    def let_go(self, binding, now):
        """The session was de-registered: the held requests are looked up again, in the order of their arrival."""
        for held in [held for held in self.held if held.binding is binding]:
            if held in self.held:
                self.held.remove(held)
                self.decide(held.request, now, held.until)

    def end_wait(self, held, now):
        """No de-registration came: the request creates a session."""
        self.held.remove(held)
        self.create(held.request, now)

    def supersede(self, binding, request, now):
        """The session was registered: what the same gateway asked for is done, and what others asked for before is too old."""
        for held in [held for held in self.held if held.binding is binding]:
            is_older = None not in (held.request.timestamp, request.timestamp) and held.request.timestamp < request.timestamp
            if held.request.care_of == request.care_of:
                self.held.remove(held)
            elif is_older:
                self.held.remove(held)
                self.reject(held.request, Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED, now)

    # --- 5.3.2: initial registration

    def create(self, request, now):
        prefixes, status = self.prefixes_for(request)
        echoed = None
        if status == Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX and self.settings.has_fault("echo-prefix"):
            prefixes, echoed = self.assign(self.policy_of(request)), request.prefixes
            status = Status.ACCEPTED if prefixes else Status.INSUFFICIENT_RESOURCES
        home_address = None
        if status == Status.ACCEPTED and request.home_address is not None:
            home_address, status = self.home_address_for(request)
        if status != Status.ACCEPTED:
            self.reject(request, status, now)
            return
        if self.settings.has_fault("second-deletes-first"):
            for other in self.sessions_of(request.mobile_node):
                self.delete(other)
        binding = Binding(request.mobile_node, prefixes, self.new_link_local(), home_address=home_address)
        self.cache.append(binding)
        self.update(binding, request, now, echoed)

    def prefixes_for(self, request):
        """Items 1 to 3: the prefixes of a new session, or the reason why it gets none."""
        policy = self.policy_of(request)
        if any(prefix.is_zero for prefix in request.prefixes):
            prefixes = self.assign(policy)
            return prefixes, Status.ACCEPTED if prefixes else Status.INSUFFICIENT_RESOURCES
        asked = tuple(prefix.masked for prefix in request.prefixes)
        if len(set(asked)) == len(asked) and all(self.may_use(policy, prefix) for prefix in asked):
            return asked, Status.ACCEPTED
        return None, Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX

    def assign(self, policy):
        """The first static group of which nothing is in use; for mobile nodes without such groups, prefixes of the pool."""
        if policy.groups:
            return next((group for group in policy.groups if not any(self.is_in_use(prefix) for prefix in group)), None)
        return self.allocate(policy.count)

    def may_use(self, policy, prefix):
        """Item 3: the prefix belongs to this anchor, and the mobile node may use it."""
        if not prefix.is_possible or self.is_in_use(prefix):
            return False
        if policy.groups:
            return any(prefix in group for group in policy.groups)
        pool = self.settings.pool
        is_of_pool = pool is not None and prefix.length == self.settings.assigned_length and prefix.network.subnet_of(pool)
        return is_of_pool and not any(overlap(prefix, other) for other in self.reserved)

    def is_in_use(self, prefix):
        return prefix in self.retired or any(overlap(prefix, other) for binding in self.cache for other in binding.prefixes)

    def allocate(self, count):
        """None if too few prefixes are free. A prefix that was given back is assigned again as late as possible."""
        pool, length = self.settings.pool, self.settings.assigned_length
        if pool is None or count < 1:
            return None
        size, allocated = 1 << (length - pool.prefixlen), []
        for _ in range(size):
            number = self.next_prefix * SCATTER % size
            self.next_prefix = (self.next_prefix + 1) % size
            prefix = Prefix((int(pool.network_address) + (number << (128 - length))).to_bytes(16, "big"), length)
            if not self.is_in_use(prefix) and not any(overlap(prefix, other) for other in self.reserved):
                allocated.append(prefix)
            if len(allocated) == count:
                return tuple(allocated)
        return None

    def home_address_for(self, request):
        """RFC 5844, 3.1.2.2: the IPv4 home address for a session that has none, or the reason why it gets none."""
        network, asked = self.settings.ipv4, request.home_address
        allowed = network.entitlement(request.name).addresses
        if asked.is_zero:
            home_address = self.allocate_home_address(network, allowed)
            return home_address, Status.ACCEPTED if home_address else Status.INSUFFICIENT_RESOURCES
        may_use = asked.octets in allowed if allowed else network.may_be_asked(asked.octets)
        if self.session_at(asked.octets) is None and (may_use or self.settings.has_fault("any-home-address")):
            return asked.octets, Status.ACCEPTED
        return None, Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS

    def allocate_home_address(self, network, allowed):
        """None if all are in use. An address that was given back is assigned again as late as possible."""
        if allowed:
            return next((octets for octets in allowed if self.session_at(octets) is None), None)
        for _ in range(network.size):
            number = self.next_home_address * SCATTER % network.size
            self.next_home_address = (self.next_home_address + 1) % network.size
            octets = network.at(number)
            if network.is_assignable(octets) and self.session_at(octets) is None:
                return octets
        return None

    def new_link_local(self):
        """5.3.6: generated when the session is created; the fixed address of the domain if there is one (9.3)."""
        if self.settings.fixed_link_local != UNSPECIFIED:
            return self.settings.fixed_link_local
        return LINK_LOCAL + bytes([secrets.randbits(8) & 0xFD]) + secrets.token_bytes(7)

    # --- 5.3.3 and 5.3.4: lifetime extension without and after handoff, and the end of 5.3.2

    def update(self, binding, request, now, echoed=None):
        if (status := self.complete(binding, request)) != Status.ACCEPTED:
            self.reject(request, status, now)
            return
        granted = self.grant(request.lifetime)
        self.remove_routes(binding)
        if request.care_of != binding.care_of:
            self.keep_only_asked(binding, request)
        binding.end = self.end_for(binding, request)
        binding.care_of = request.care_of
        binding.access = request.access
        binding.link_layer = request.interface or NO_INTERFACE
        if request.link_local not in (None, UNSPECIFIED):
            binding.link_local = request.link_local
        binding.expires = now + granted * LIFETIME_UNIT
        binding.deletes = None
        self.note_order(binding, request)
        self.adjust_tunnels()
        self.add_routes(binding)
        self.accept(binding, request, granted, now, echoed)
        self.supersede(binding, request, now)

    def complete(self, binding, request):
        """RFC 5844, 3.1.2.1: a session gets what it is asked to have, too: an IPv4 home address, or prefixes."""
        prefixes, home_address, status = binding.prefixes, binding.home_address, Status.ACCEPTED
        if request.prefixes and not prefixes:
            prefixes, status = self.prefixes_for(request)
        if status == Status.ACCEPTED and request.home_address is not None and home_address is None:
            home_address, status = self.home_address_for(request)
        if status == Status.ACCEPTED:
            self.remove_routes(binding)
            binding.prefixes, binding.home_address = prefixes, home_address
        return status

    @staticmethod
    def keep_only_asked(binding, request):
        """RFC 5844, 3.1.2.4: a hand-off for one family gives up what the session has of the other one."""
        if not request.prefixes:
            binding.prefixes = ()
        if request.home_address is None:
            binding.home_address = None

    def end_for(self, binding, request):
        """The other end of the tunnel. Over IPv4 it follows each request: a NAT may have another port for the gateway now."""
        if request.way is None:
            return request.care_of
        end = self.settings.transport.end_of(request, self.settings.has_fault)
        keeps = self.settings.has_fault("nat-port-kept") and end.is_same_host(binding.end) and binding.care_of == request.care_of
        return binding.end if keeps else end

    def grant(self, asked):
        """RFC 6275, 10.3.1: never more than was asked for, and less by policy."""
        if self.settings.has_fault("longer-lifetime"):
            return min(asked + 15, 0xFFFF)
        return max(1, min(asked * self.settings.lifetime_share // 100, self.settings.longest_lifetime // LIFETIME_UNIT))

    # --- 5.3.5: de-registration

    @staticmethod
    def shares_family(binding, request):
        """Whether the session has something of what the request is about."""
        return bool(binding.prefixes and request.prefixes) or (binding.home_address is not None and request.home_address is not None)

    @staticmethod
    def is_selective(binding, request):
        """RFC 5844, 3.1.2.5: whether the session keeps what it has of the other family."""
        return bool(binding.prefixes and not request.prefixes) or (binding.home_address is not None and request.home_address is None)

    def deregister(self, binding, request, now):
        if request.care_of != binding.care_of and not self.settings.has_fault("foreign-deregistration"):
            log(f"{text_of(request.source)} {request.name}: de-registration by another gateway ignored")
            return
        self.note_order(binding, request)
        if self.is_selective(binding, request) and not self.settings.has_fault("selective-ends-session"):
            self.accept(binding, request, 0, now)
            self.release(binding, request)
            return
        if not binding.is_deregistered:
            binding.deletes = now + self.settings.min_delay_before_bce_delete / 1000
        self.accept(binding, request, 0, now)
        if self.settings.has_fault("no-delete-delay"):
            self.delete(binding)
        self.let_go(binding, now)

    def release(self, binding, request):
        """RFC 5844, 3.1.2.5: at once, as there is no entry to delete."""
        self.remove_routes(binding)
        if request.prefixes:
            binding.prefixes = ()
        else:
            binding.home_address = None
        self.add_routes(binding)
        log(f"{request.name}: {'prefixes' if request.prefixes else 'IPv4 home address'} given back")

    # --- 6.12: renumbering

    def renumber(self, invalid, now):
        """The prefix is taken from its session and never assigned again. A session without prefixes ends."""
        binding = next((binding for binding in self.cache if invalid in binding.prefixes), None)
        if binding is None:
            raise ValueError(f"{invalid} is in no session")
        self.retired.add(invalid)
        self.remove_routes(binding)
        if self.settings.has_fault("renumbered-routes-stay"):
            self.add_routes(binding)
            return
        binding.prefixes = tuple(prefix for prefix in binding.prefixes if prefix != invalid)
        log(f"{binding.mobile_node[1:].decode('utf-8', 'replace')}: {invalid} has become invalid")
        if binding.prefixes or binding.home_address:
            self.add_routes(binding)
        else:
            self.delete(binding)
            self.pass_time(now)

    def delete(self, binding):
        self.cache.remove(binding)
        if not self.settings.has_fault("routes-outlive-binding"):
            self.remove_routes(binding)
        self.adjust_tunnels()
        log(f"{binding.mobile_node[1:].decode('utf-8', 'replace')}: session with {' '.join(map(str, binding.prefixes))} deleted")

    # --- routes and tunnels (5.3.2, items 5 and 6; 5.3.4, items 2 to 4; 5.6.1)

    def add_routes(self, binding):
        prefixes = binding.prefixes[:1] if self.settings.has_fault("first-prefix-only") else binding.prefixes
        for prefix in prefixes:
            self.routes[prefix] = self.tunnels[binding.end]
        if binding.home_address:
            kept = self.settings.has_fault("host-route-kept") and self.host_routes.get(binding.home_address)
            self.host_routes[binding.home_address] = kept or self.tunnels[binding.end]

    def remove_routes(self, binding):
        for prefix in binding.prefixes:
            self.routes.pop(prefix, None)
        if not self.settings.has_fault("host-route-kept"):
            self.host_routes.pop(binding.home_address, None)

    def adjust_tunnels(self):
        """A tunnel for every gateway that serves a session, and none for any other."""
        needed = {binding.end for binding in self.cache if binding.end != UNSPECIFIED}
        for end in self.tunnels.keys() - needed:
            del self.tunnels[end]
        for end in needed - self.tunnels.keys():
            self.tunnels[end] = self.open_tunnel(end)

    def session_at(self, octets):
        """The session to whose prefixes the address belongs, or that has the IPv4 home address; None if there is none."""
        if len(octets) == 4:
            return next((binding for binding in self.cache if binding.home_address == octets), None)
        return next((binding for binding in self.cache if any(prefix.holds(octets) for prefix in binding.prefixes)), None)

    def tunnel_to(self, octets):
        """5.6.2: the tunnel that leads to the address; None if there is none."""
        if len(octets) == 4:
            return self.host_routes.get(octets)
        return next((tunnel for prefix, tunnel in self.routes.items() if prefix.holds(octets)), None)

    def is_paused(self, octets):
        """5.3.5, item 2: whether the traffic of the address is dropped, because its session waits for its deletion."""
        binding = self.session_at(octets)
        return binding is not None and binding.is_deregistered

    def may_send(self, octets, end):
        """RFC 6275, 10.4.5: whether packets from the address may come through the tunnel with that other end."""
        binding = self.session_at(octets)
        if binding is None or binding.is_deregistered:
            return False
        is_same = binding.end.is_same_host(end) if isinstance(binding.end, End) else binding.end == end
        return is_same or self.settings.has_fault("any-tunnel-source")

    def owns(self, octets):
        """Whether the address belongs to a prefix that this anchor may assign."""
        pool = self.settings.pool
        return (pool is not None and ipaddress.IPv6Address(octets) in pool) or any(prefix.holds(octets) for prefix in self.reserved)

    # --- 5.3.6: acknowledgements

    def accept(self, binding, request, granted, now, echoed=None):
        link_local = None if request.link_local is None else binding.link_local
        prefixes = (echoed or binding.prefixes) if request.prefixes else ()
        self.answer(request, Status.ACCEPTED, request.sequence, granted, prefixes, link_local, now, binding.home_address)

    def reject(self, request, status, now):
        sequence = request.sequence
        if status == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW:
            sequence = self.look_up(request).binding.sequence
        prefixes = request.prefixes if request.prefixes or request.home_addresses else (NO_PREFIX,)
        self.answer(request, status, sequence, 0, prefixes, request.link_local, now)

    def answer(self, request, status, sequence, lifetime, prefixes, link_local, now, home_address=None):
        answer = Answer(
            status=self.told_status(status),
            sequence=sequence,
            lifetime=lifetime,
            mobile_node=b"\x01" if request.mobile_node is None else request.mobile_node,
            prefixes=prefixes,
            handoff=request.handoff or 0,
            access=request.access or 0,
            timestamp=self.timestamp_for(request, status),
            link_layer=request.link_layer,
            link_local=link_local,
            **self.ipv4_answer(request, status, home_address),
            **(transport.additions(request, status, self.settings.has_fault) if (transport := self.settings.transport) else {}),
        )
        data = write_acknowledgement(answer, self.settings.style, self.settings.fault, transport and transport.numbers)
        self.outbox.append((now + self.settings.answer_delay / 1000, request, data))
        if not self.settings.answer_delay:
            self.send_due(now)
        log(f"{text_of(request.source)} {request.name} lifetime {request.lifetime * LIFETIME_UNIT}: {Status(status).name}")

    def ipv4_answer(self, request, status, home_address):
        """RFC 5844, 3.1.2.6: if IPv4 was asked for. A rejection has a reply for each option of the request."""
        network, has_fault = self.settings.ipv4, self.settings.has_fault
        if not request.home_addresses:
            return {}
        if status != Status.ACCEPTED:
            asked = (HomeAddress(bytes(4), 0),) if has_fault("reply-zero") else request.home_addresses
            replies = tuple(Reply(number_of_reply(status), one) for one in asked)
            return {"replies": () if has_fault("reply-left-out") else replies, "router": network.router if has_fault("router-in-rejections") else None}
        if home_address is None:
            # The de-registration of a session that has given its address back already.
            return {"replies": (Reply(0, request.home_address),), "router": network.router}
        length = 32 if has_fault("host-length") else network.length
        return {"replies": (Reply(0, HomeAddress(home_address, length)),), "router": network.router, "dhcp_mode": network.dhcp_mode}

    def told_status(self, status):
        return Status.REASON_UNSPECIFIED if status in MISSING and self.settings.has_fault("vague-status") else status

    def timestamp_for(self, request, status):
        """5.5, items 1 and 7 to 9: the timestamp of the request if it is valid, and otherwise the time of day."""
        if request.timestamp is None:
            return None
        if status in (Status.TIMESTAMP_MISMATCH, Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED):
            return self.clock()
        is_valid = status == Status.ACCEPTED or self.settings.ordering != "timestamp" or self.check_order(request) == Status.ACCEPTED
        return request.timestamp if is_valid else self.clock()

    # --- time

    def pass_time(self, now):
        """Executes everything that is due."""
        self.send_due(now)
        if not self.settings.has_fault("no-expiry"):
            for binding in [binding for binding in self.cache if not binding.is_deregistered and binding.expires <= now]:
                self.delete(binding)
        for binding in [binding for binding in self.cache if binding.is_deregistered and binding.deletes <= now]:
            self.delete(binding)
        for held in [held for held in self.held if held.until <= now or held.binding not in self.cache]:
            self.end_wait(held, now)
        self.send_due(now)

    def send_due(self, now):
        due = [entry for entry in self.outbox if entry[0] <= now]
        self.outbox = [entry for entry in self.outbox if entry[0] > now]
        for _, request, data in due:
            self.send(request, data)

    def next_time(self):
        """The next time at which something is due; None if nothing is."""
        ends = [binding.ends for binding in self.cache if binding.is_deregistered or not self.settings.has_fault("no-expiry")]
        return min(ends + [held.until for held in self.held] + [entry[0] for entry in self.outbox], default=None)


def overlap(first, second):
    """Whether the prefixes have an address in common."""
    return first.holds(second.octets) if first.length <= second.length else second.holds(first.octets)


def log(line):
    print(line, file=sys.stderr, flush=True)
