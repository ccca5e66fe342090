"""The home agent's part of Mobile IPv6: its Binding Cache (RFC 6275, 10.3; RFC 5648, 5 and 6; RFC 3963, 6).

It is free of sockets: it is told the time, and the node that it belongs to sends, tests and defends addresses.
"""

import dataclasses
import sys

import mobile_ipv6 as mip
import foreign_mobility as mobility
import foreign_stack as stack
from mobile_ipv6 import Status

DUPLICATE_TEST = 1.0
SEQUENCE_MEMORY = 8.0
FLOW_MEMORY = 300.0
MOBILE_LINK_LAYER = 2


def log(text):
    print(text, file=sys.stderr, flush=True)


@dataclasses.dataclass
class Settings:
    """Times in seconds. The network is that of a mobile router by its number, the last 16 bits of its home address."""

    address: bytes
    home_prefix: mobility.Prefix
    has_identifiers: bool = True
    allows_several: bool = True
    allows_bulk: bool = True
    allows_home_binding: bool = True
    has_other_routers: bool = False
    longest_lifetime: int = 3600
    refresh_before: float | None = 6.0
    networks: bytes | None = None
    fault: str | None = None

    def has_fault(self, name):
        return self.fault == name


@dataclasses.dataclass
class Binding:
    """is_home: the binding of the home link (RFC 5648, 5.6.3), whose care-of address is the home address."""

    bid: int | None
    care_of: bytes
    expires: float
    granted: int
    is_home: bool = False
    verified: int = 0
    is_asked: bool = False


@dataclasses.dataclass
class Entry:
    """What is known of a home address. The home link is in use until an update without H comes (RFC 5648, 5.6.5)."""

    sequence: int
    link_local: bytes | None
    bindings: dict = dataclasses.field(default_factory=dict)
    networks: set = dataclasses.field(default_factory=set)
    is_home_link_used: bool = False
    link_layer: bytes | None = None
    flows: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Pending:
    """An update that waits for the end of a test for duplicates."""

    update: mip.Update
    arrival: object
    ends: float


class Rejected(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class HomeAgent:
    """The node: acknowledge(update, octets, link_layer), defend(addresses, announces), test(addresses), duplicates(), ask(...)."""

    def __init__(self, settings, node):
        self.settings, self.node = settings, node
        self.entries, self.pending, self.remembered = {}, {}, {}
        self.clock = 0

    # --- what the data path asks

    def usable(self, entry):
        """The bindings that packets may take, the one that was verified last first."""
        found = [binding for binding in entry.bindings.values() if not binding.is_home or entry.is_home_link_used]
        return sorted(found or entry.bindings.values(), key=lambda binding: -binding.verified)

    def path(self, entry, flow, now):
        """RFC 5648, 3: a flow stays on its binding; a new one takes that which was verified last."""
        usable = self.usable(entry)
        bid, _ = entry.flows.get(flow, (None, 0))
        kept = [binding for binding in usable if flow in entry.flows and binding.bid == bid]
        chosen = kept[0] if kept and not self.settings.has_fault("flows-move") else usable[0]
        entry.flows[flow] = chosen.bid, now
        return chosen

    def of_network(self, address):
        """The entry of the mobile router whose network has the address."""
        return next((entry for entry in self.entries.values() if any(network.holds(address) for network in entry.networks)), None)

    def accepts(self, home, care_of):
        """Whether a packet of the home address may come from the care-of address; it verifies the binding then."""
        entry = self.entries.get(home)
        found = [binding for binding in self.usable(entry) if binding.care_of == care_of] if entry else []
        if found:
            self.verify(found[0])
        return found[0] if found else None

    def verify(self, binding):
        self.clock += 1
        binding.verified = self.clock

    def defended(self):
        """The addresses for which the home agent answers on the home link, which it does not if the mobile node does."""
        found = set()
        for home, entry in self.entries.items():
            is_at_home = any(binding.is_home for binding in entry.bindings.values()) and entry.is_home_link_used
            if not is_at_home or self.settings.has_other_routers:
                found |= {home} | ({entry.link_local} if entry.link_local else set())
        return found

    # --- updates

    def receive(self, packet, home, octets, arrival, now):
        try:
            update = mip.read_update(packet, home, octets)
        except mobility.Unreadable:
            return
        self.update(update, arrival, now)

    def update(self, update, arrival, now, is_tested=False):
        entry = self.entries.get(update.home)
        if not mip.is_routable(update.home) or not mip.is_routable(update.source):
            return
        if not update.has(mip.H):
            if entry:
                self.answer(update, Status.REGISTRATION_TYPE_CHANGE, 0, (), arrival)
            return
        if update.data(mip.NONCE_INDICES) is not None:
            return
        identifiers = update.identifiers if self.settings.has_identifiers else ()
        care_of = update.alternate or update.source
        if not identifiers and update.lifetime and not mip.is_routable(care_of):
            return
        if not update.has_home_option and update.lifetime and not any(one.is_home for one in identifiers):
            return
        try:
            self.check(update, entry)
            if identifiers:
                self.check_identifiers(update, identifiers, entry)
            if update.lifetime == 0 or (not identifiers and care_of == update.home):
                self.delete(update, identifiers, entry, arrival, now)
                return
            if not entry and not is_tested and not self.settings.has_fault("untested"):
                self.test(update, arrival, now)
                return
            networks = self.networks(update)
            statuses = self.register(update, identifiers, networks, arrival, now)
        except Rejected as rejected:
            self.answer(update, rejected.status, 0, [(one, 0) for one in identifiers], arrival)
            return
        self.conclude(update, identifiers, statuses, arrival)

    def check(self, update, entry):
        """9.5.1 and 10.3.1."""
        if not self.settings.home_prefix.holds(update.home) or update.home == self.settings.address:
            raise Rejected(Status.NOT_HOME_SUBNET)
        last = entry.sequence if entry else self.remembered.get(update.home, (None, 0))[0]
        is_later = update.sequence > (last or 0) if self.settings.has_fault("sequence-bare") else last is None or mip.is_later(update.sequence, last)
        if last is not None and not is_later:
            raise Rejected(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW)
        if entry:
            entry.sequence = update.sequence

    def check_identifiers(self, update, identifiers, entry):
        """RFC 5648, 6.2: what rejects the whole update."""
        if not self.settings.allows_several:
            raise Rejected(Status.MULTIPLE_PROHIBITED)
        if any(one.length not in (4, 20) for one in identifiers) and not self.settings.has_fault("length-unchecked"):
            raise Rejected(Status.MALFORMED)
        if len(identifiers) > 1 and not self.settings.allows_bulk:
            raise Rejected(Status.BULK_PROHIBITED)
        if entry and None in entry.bindings and update.lifetime and not update.has(mip.O) and not self.settings.has_fault("beside-plain-binding"):
            raise Rejected(Status.OTHER_BINDING_EXISTS)

    def test(self, update, arrival, now):
        """10.3.1: nobody else on the home link may have the addresses."""
        known = self.pending.get(update.home)
        if known is None:
            self.node.test(self.addresses(update))
        self.pending[update.home] = Pending(update, arrival, known.ends if known else now + DUPLICATE_TEST)

    @staticmethod
    def addresses(update):
        """Those that the L flag names."""
        return [update.home] + ([stack.LINK_LOCAL + update.home[8:]] if update.has(mip.L) else [])

    def networks(self, update):
        """RFC 3963, 6.1: the networks of explicit mode."""
        found = set()
        if not update.has(mip.R):
            return found
        for kind, data, _ in update.options:
            if kind != mip.NETWORK_PREFIX:
                continue
            if len(data) != 18 or data[1] > 128:
                raise Rejected(Status.INVALID_PREFIX)
            network = mobility.Prefix(data[2:], data[1])
            own = mobility.Prefix(self.settings.networks + update.home[14:] + bytes(8), 64) if self.settings.networks else None
            if own is None or network.length < 64 or not own.holds(data[2:]):
                raise Rejected(Status.NOT_AUTHORIZED_FOR_PREFIX)
            found.add(network)
        return found

    # --- bindings

    def register(self, update, identifiers, networks, arrival, now):
        """The status of each BID; of an update without one, a single status."""
        entry = self.entries.get(update.home)
        granted = self.grant(update.lifetime * mip.LIFETIME_UNIT)
        has_fault = self.settings.has_fault
        if not identifiers:
            made = {None: Binding(None, update.alternate or update.source, now + granted, granted)}
            statuses = [Status.ACCEPTED]
            replaces = not has_fault("others-kept")
        else:
            made, statuses = {}, []
            for one in identifiers[-1:] if has_fault("bulk-last-alone") else identifiers:
                status, care_of = self.examine(update, one, entry)
                statuses.append(status)
                if status < 128:
                    made[one.bid] = Binding(one.bid, care_of, now + granted, granted, one.is_home)
            replaces = bool(made) and (update.has(mip.O) and not has_fault("overwrite-ignored") or has_fault("second-replaces-first"))
        if not made:
            return statuses
        if entry is None:
            link_local = stack.LINK_LOCAL + update.home[8:] if update.has(mip.L) else None
            entry = self.entries[update.home] = Entry(update.sequence, link_local)
            self.remembered.pop(update.home, None)
        if replaces:
            entry.bindings.clear()
        for bid, binding in made.items():
            entry.bindings[bid] = binding
        # RFC 5648, 3: the update verifies the binding that it came by; otherwise the last one that it names.
        for binding in sorted(made.values(), key=lambda binding: binding.care_of == update.source):
            self.verify(binding)
        entry.networks |= networks
        entry.is_home_link_used = any(binding.is_home for binding in made.values())
        if entry.is_home_link_used:
            entry.link_layer = self.link_layer_of(update, arrival)
        self.defend()
        return statuses

    def examine(self, update, one, entry):
        """The status of one BID, and its care-of address."""
        known = entry.bindings if entry else {}
        if one.length == 20 and not mip.is_routable(one.address):
            return Status.MALFORMED, None
        if one.is_home:
            if not self.settings.allows_home_binding:
                return Status.SIMULTANEOUS_PROHIBITED, None
            return Status.RETURN_HOME_WITHOUT_NDP if self.settings.has_other_routers else Status.ACCEPTED, update.home
        if one.length == 20:
            return Status.ACCEPTED, one.address
        if one.bid in known:
            return Status.ACCEPTED, known[one.bid].care_of
        if self.settings.has_fault("unknown-registered"):
            return Status.ACCEPTED, update.source
        return Status.UNKNOWN_CARE_OF, None

    def grant(self, wanted):
        """It may be less than asked for: from 20 seconds on it is a unit less."""
        if self.settings.has_fault("lifetime-longer"):
            return wanted + mip.LIFETIME_UNIT
        longest = min(wanted, self.settings.longest_lifetime)
        return longest - mip.LIFETIME_UNIT if longest >= 5 * mip.LIFETIME_UNIT else longest

    def delete(self, update, identifiers, entry, arrival, now):
        """10.3.2; RFC 5648, 6.2. Without BID, all bindings end."""
        known = entry.bindings if entry else {}
        if not known or any(one.bid not in known for one in identifiers):
            raise Rejected(Status.NOT_HOME_AGENT)
        gone = [one.bid for one in identifiers] if identifiers and not self.settings.has_fault("removal-ends-all") else list(known)
        for bid in dict.fromkeys(gone):
            del known[bid]
        if not known:
            del self.entries[update.home]
            if update.source == update.home:
                self.remembered[update.home] = update.sequence, now + SEQUENCE_MEMORY
        self.defend()
        self.answer(update, Status.ACCEPTED, 0, [(one, 0) for one in identifiers], arrival)

    def defend(self):
        self.node.defend(set() if self.settings.has_fault("undefended") else self.defended())

    # --- answers

    def conclude(self, update, identifiers, statuses, arrival):
        """RFC 5648, 6.2: one status for all, or each in its option, with 4."""
        entry = self.entries.get(update.home)
        granted = next((binding.granted for binding in entry.bindings.values() if binding.verified == self.clock), 0) if entry and min(statuses) < 128 else 0
        if len(statuses) != len(identifiers):
            statuses = statuses * max(1, len(identifiers))
        options = list(zip(identifiers, (0 for _ in identifiers)))
        if len(set(statuses)) == 1:
            if statuses[0] == Status.RETURN_HOME_WITHOUT_NDP:
                options = list(zip(identifiers, statuses))
            self.answer(update, statuses[0], granted, options, arrival)
            return
        is_complete = max(statuses) < 128 or self.settings.has_fault("complete-always")
        self.answer(update, Status.ACCEPTED if is_complete else Status.NOT_COMPLETE, granted, list(zip(identifiers, statuses)), arrival)

    def answer(self, update, status, lifetime, options, arrival):
        entry = self.entries.get(update.home)
        last = entry.sequence if entry else self.remembered.get(update.home, (update.sequence, 0))[0]
        is_old = status == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW and not self.settings.has_fault("own-sequence-in-135")
        written = [
            (mip.BINDING_IDENTIFIER, mip.identifier_octets(one.bid, own, one.flags & 0x80), (2, 0))
            for one, own in ([] if self.settings.has_fault("identifier-left-out") else options)
            if one.bid is not None
        ]
        # RFC 3963, 6.3: R tells that the network is forwarded.
        flags = 0x40 if update.has(mip.R) and status < 128 else 0
        octets = mip.acknowledgement(status, last if is_old else update.sequence, lifetime, written, flags, None, update.destination, update.home)
        self.node.acknowledge(update, octets, self.link_layer_of(update, arrival), arrival)

    @staticmethod
    def link_layer_of(update, arrival):
        """That of the mobile node on the home link, named by the update (RFC 5568, 6.4.4) or its own; None if it came from elsewhere."""
        told = update.data(mip.LINK_LAYER, 7)
        if told and told[0] == MOBILE_LINK_LAYER:
            return told[1:]
        return arrival.link_layer if update.source == update.home else None

    # --- time

    def pass_time(self, now):
        for home, waiting in list(self.pending.items()):
            duplicates = self.node.duplicates() & set(self.addresses(waiting.update))
            if duplicates or now >= waiting.ends:
                del self.pending[home]
                self.node.end_test(self.addresses(waiting.update))
                if duplicates:
                    options = [(one, 0) for one in waiting.update.identifiers] if self.settings.has_identifiers else []
                    self.answer(waiting.update, Status.DUPLICATE_ADDRESS, 0, options, waiting.arrival)
                else:
                    self.update(waiting.update, waiting.arrival, now, is_tested=True)
        self.remembered = {home: known for home, known in self.remembered.items() if now < known[1]}
        has_ended = False
        for home, entry in list(self.entries.items()):
            entry.flows = {flow: known for flow, known in entry.flows.items() if now < known[1] + FLOW_MEMORY}
            due = [binding for binding in entry.bindings.values() if self.asks_at(binding) is not None and now >= self.asks_at(binding)]
            for binding in due:
                binding.is_asked = True
                self.node.ask(home, binding)
            for bid, binding in list(entry.bindings.items()):
                if now >= binding.expires and not self.settings.has_fault("bindings-stay"):
                    del entry.bindings[bid]
                    has_ended = True
            if not entry.bindings:
                del self.entries[home]
        if has_ended:
            self.defend()

    def asks_at(self, binding):
        before = self.settings.refresh_before
        return None if before is None or binding.is_asked or binding.granted <= 2 * before else binding.expires - before

    def next_time(self):
        times = [waiting.ends for waiting in self.pending.values()]
        for entry in self.entries.values():
            for binding in entry.bindings.values():
                times += [at for at in (self.asks_at(binding), None if self.settings.has_fault("bindings-stay") else binding.expires) if at is not None]
        return min(times, default=None)
