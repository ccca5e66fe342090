#!/usr/bin/env python3
"""A correspondent node of Mobile IPv6 (RFC 6275, Section 9) that keeps several bindings of a mobile node (RFC 5648), in user space.

The tests of the conformance suite use it as an independent implementation: it shares no code with the reference, and was written
from the RFCs alone. The numbers in comments are sections of RFC 6275, unless another RFC is named. Where the RFCs leave a choice, it
makes another one than is usual. An option makes it show one fault: see FAULTS below.

    foreign_cn.py             this file: the data path (9.3) and the command line
    foreign_correspondent.py  return routability and the Binding Cache (5.2, 9.4, 9.5)
    foreign_host.py           a host: extension headers, ICMPv6, errors, Neighbor Discovery
    mobile_ipv6.py            messages of Mobile IPv6 as octets (6)
    ../lma/foreign_stack.py   Ethernet, IPv6, ICMPv6, Neighbor Discovery, packet sockets

The device opens a packet socket on its interface and does everything itself; it switches IPv6 of the kernel off there. It answers echo
requests and the UDP echo service (port 7). It says "ready" on standard output when its address is usable. Its log has the inputs of
each token and authenticator beside the results.

    foreign_cn.py --link c0 --address 2001:db8:100::c1/64 --router 2001:db8:100::ff

Choices, all of them legal. Those with an option can be changed.

 1. Nonces are made when a token needs one, with a key each, and an index from a random first one (5.2.7). After a binding has ended, the
    next token has a new nonce.
 2. The care-of address that proves an update with a BID is the one that it registers: that of the option, the registered one for an
    option without address, otherwise that of the Alternate Care-of Address option or the source (6.2.7; RFC 5648 is silent).
 3. 136 to 138 come before the authenticator is verified, 135 after it (9.5.1).
 4. From 20 seconds on a lifetime is granted that is one unit of 4 seconds less than what was asked for (9.5.2), at most 420 seconds.
 5. An update with H is answered by 139 if there is a binding, and by 131 otherwise, without authenticator (9.5.1, 10.3.1).
 6. The nonces of a binding that has ended are refused with 138 for its addresses as long as they are valid (9.5.3).
 7. A deletion without a binding gets 128 (9.5.4), one of an unknown BID 133 (RFC 5648, 6.2).
 8. Rejections are sent although A is clear (9.5.4).
 9. Acknowledgements have the BID options without care-of address (RFC 5648, 4.3 and 6.2), also rejections.
10. Packets to a mobile node take the binding that was verified last, by a packet or an update (RFC 5648, 3).
11. A binding in use is asked to be renewed once, 6 seconds before its end (9.5.5; --refresh-before), with its BID (RFC 5648, 6.4).
12. A Care-of Test repeats the BID option of its request with status 0 (RFC 5648, 4.3). The BID has no part in the token.
13. Binding Errors share their rate with ICMPv6 errors: 20 in a second (9.3.3).
14. ICMPv6 errors go to the source on the wire, not to the home address, and change no binding (9.3.4).
15. --plain knows RFC 6275 alone: it skips BID options. --forbid-several rejects them with 166 (RFC 5648, 4.4).
"""

import argparse
import ipaddress
import signal
import sys

import mobile_ipv6 as mip
import foreign_mobility as mobility
import foreign_stack as stack
from foreign_correspondent import Correspondent, Settings
from foreign_host import Host, HostInterface, Runner

# The name, what the device does wrong then, and the section that says otherwise. Everything else stays as it is.
FAULTS = {
    # Return routability
    "cookie-lost": ("answers a test with a cookie of zero", "RFC 6275, 9.4.3 and 9.4.4"),
    "test-routed": ("sends a Home Test by the Binding Cache", "RFC 6275, 6.1"),
    "nonces-stay": ("accepts nonces for ever", "RFC 6275, 5.2.7"),
    "statuses-swapped": ("answers an old home nonce with 137 and an old care-of nonce with 136", "RFC 6275, 9.5.1"),
    # Updates
    "authenticator-unchecked": ("verifies no authenticator", "RFC 6275, 9.5.1"),
    "source-proved": ("verifies the token of the source, whatever address is registered", "RFC 6275, 9.5.1"),
    "sequence-bare": ("compares Sequence Numbers without modulo", "RFC 6275, 9.5.1"),
    "lifetime-longer": ("grants a unit more than was asked for", "RFC 6275, 9.5.2"),
    "bindings-stay": ("keeps bindings whose lifetime has ended", "RFC 6275, 9.5.2"),
    # Acknowledgements
    "own-sequence-in-135": ("answers an old Sequence Number with that number instead of the last one", "RFC 6275, 9.5.1"),
    "authenticator-always": ("adds an authenticator to answers about nonces", "RFC 6275, 9.5.4"),
    "routing-header-left-out": ("sends acknowledgements to the care-of address without routing header", "RFC 6275, 9.5.4"),
    # Packets
    "any-care-of": ("accepts packets with a Home Address option from any address if there is a binding", "RFC 6275, 9.3.1"),
    "errors-left-out": ("sends no Binding Error about a Home Address option", "RFC 6275, 9.3.1"),
    "home-path-kept": ("sends packets for a mobile node to its home address in spite of a binding", "RFC 6275, 9.3.2"),
    # Several care-of addresses
    "second-replaces-first": ("replaces the other bindings by one with a new BID", "RFC 5648, 6.2"),
    "others-kept": ("keeps the bindings with BIDs at an update without BID", "RFC 5648, 6.2"),
    "overwrite-ignored": ("does not heed the O flag", "RFC 5648, 6.2"),
    "beside-plain-binding": ("registers a BID beside a binding without one", "RFC 5648, 6.2"),
    "unknown-registered": ("registers the source for an unknown BID without care-of address", "RFC 5648, 6.2"),
    "bulk-accepted": ("registers the first of several BID options", "RFC 5648, 6.2"),
    "length-unchecked": ("takes a BID option of any length", "RFC 5648, 6.2"),
    "removal-ends-all": ("ends all bindings when one BID is removed", "RFC 5648, 6.2"),
    "prohibition-ignored": ("registers BIDs although that is forbidden", "RFC 5648, 4.4"),
    "identifier-left-out": ("sends acknowledgements without BID options", "RFC 5648, 6.2"),
    "status-in-option": ("gives the result in the Status of BID options, too", "RFC 5648, 6.2"),
    "request-without-identifier": ("asks for an update of a binding without naming its BID", "RFC 5648, 6.4"),
}


class Device(Host):
    def __init__(self, settings, interface, prefix):
        super().__init__([interface], [(interface, prefix)])
        self.settings = settings
        self.correspondent = Correspondent(settings, self.send_plain)

    def accepts_home_address(self, home, packet):
        return self.correspondent.accepts(home, packet.source)

    def handle_message(self, packet, home, kind, octets, arrival):
        if packet.destination == self.settings.address:
            self.correspondent.receive(packet, home, kind, octets, self.now)

    def binding_error(self, status, home, packet):
        if not (status == mobility.UNKNOWN_BINDING and self.settings.has_fault("errors-left-out")):
            super().binding_error(status, home, packet)

    def lead(self, packet):
        care_of = self.correspondent.route(packet.destination)
        return packet if care_of is None or self.settings.has_fault("home-path-kept") else mip.routed(packet, care_of)

    def receive(self, interface, frame, now):
        self.correspondent.pass_time(now)
        super().receive(interface, frame, now)

    def pass_time(self, now):
        super().pass_time(now)
        self.correspondent.pass_time(now)

    def next_time(self):
        return min([due for due in (super().next_time(), self.correspondent.next_time()) if due is not None], default=None)


def read_arguments(arguments=None):
    faults = "\n".join(f"{name:28} {text} ({section})" for name, (text, section) in FAULTS.items())
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="Faults:\n" + faults, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--link", required=True, metavar="INTERFACE")
    parser.add_argument("--address", required=True, type=ipaddress.IPv6Interface, metavar="ADDRESS/LENGTH")
    parser.add_argument("--router", required=True, type=stack.address, metavar="ADDRESS")
    parser.add_argument("--plain", action="store_true", help="knows no BIDs")
    parser.add_argument("--forbid-several", action="store_true")
    parser.add_argument("--longest-lifetime", type=int, default=420, metavar="S", help="MAX_RR_BINDING_LIFETIME")
    parser.add_argument("--nonce-lifetime", type=float, default=240.0, metavar="S", help="MAX_NONCE_LIFETIME")
    parser.add_argument("--nonce-use", type=float, default=30.0, metavar="S", help="how long a nonce is given out")
    parser.add_argument("--refresh-before", type=float, default=6.0, metavar="S", help="0: asks for no updates")
    parser.add_argument("--exit-with-stdin", action="store_true", help="exits at the end of standard input")
    parser.add_argument("--fault", choices=FAULTS, metavar="NAME")
    return parser.parse_args(arguments)


def settings_of(given):
    return Settings(
        address=given.address.ip.packed,
        has_identifiers=not given.plain,
        allows_several=not given.forbid_several,
        longest_lifetime=given.longest_lifetime,
        nonce_lifetime=given.nonce_lifetime,
        nonce_use=given.nonce_use,
        refresh_before=given.refresh_before or None,
        fault=given.fault,
    )


def main():
    given = read_arguments()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    stack.silence_kernel(given.link)
    port = stack.Port(given.link)
    interface = HostInterface(given.link, port.link_layer, port.mtu, port.transmit, [given.address.ip.packed], router=given.router)
    runner = Runner(Device(settings_of(given), interface, mobility.prefix(str(given.address.network))), [port])
    if not runner.start():
        sys.exit(1)
    print("ready", flush=True)
    runner.run(sys.stdin if given.exit_with_stdin else None)


if __name__ == "__main__":
    main()
