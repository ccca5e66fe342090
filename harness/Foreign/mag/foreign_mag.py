#!/usr/bin/env python3
"""A mobile access gateway of Proxy Mobile IPv6 (RFC 5213 section 6, RFC 5844 3.2, 3.4 and 4.2).

The whole gateway runs in user space: every interface is an AF_PACKET socket,
and Neighbor Discovery, ARP, DHCP, echo, forwarding, tunnels and fragmentation
are done here (IPv4 in foreign_ipv4.py, DHCPv4 in foreign_dhcp.py, IPv4 transport
in foreign_transport.py).  THE KERNEL
OF THE NETWORK NAMESPACE MUST NOT ANSWER IN ITS PLACE: switch IPv6 off on the core
interface and on all access interfaces (net.ipv6.conf.<interface>.disable_ipv6=1)
before the start, and give them no IPv4 addresses.  Peers
that use a kernel stack over veth should have checksum and segmentation offload
switched off, since unfinished checksums would be tunnelled as they are.

The process ends when its standard input is closed (without farewell messages,
unless --deregister-at-exit).  SIGHUP is the "administrative action" of 6.9.1.2.
It prints one line per event to standard error; text that came from the wire
is escaped.  "ready" on standard output says that it listens.

Section numbers without a document are those of RFC 5213.

Example, with two access links, identities made from link-layer addresses:

    foreign_mag.py --core eth0 --core-address 2001:db8:c::10/64 --lma 2001:db8:c::1 \\
        --access eth1 --access eth2,att=4 --identity-pattern 'mn-{mac}@example.net' \\
        --notice carrier,rs,dad --fault no-p-flag

NOT IMPLEMENTED
---------------
4 (IPsec, also RFC 5844 4.3), GRE (RFC 5845), several IPv4 home addresses in a session
(draft -04 3.2.3.1), IPCP, RFC 4821 path MTU discovery,
context transfer between gateways (the last sequence number of 5.5 is known only
for sessions of this gateway),
Multicast Listener reports, Time
Exceeded for incomplete reassembly.

CHOICES WHERE THE TEXT LEAVES ONE
---------------------------------
Updates
 1. 8.1 (options in any order): access technology, handoff indicator, link-layer
    identifier, link-local address, prefixes, PadN, timestamp, MN identifier last.
 2. RFC 6275 6.2.3: one PadN of four octets is inserted that alignment does not
    ask for (--extra-padding; 0 takes it away).
 3. 6.9.1.5 Figure 12: only A and P are set.  H, L, K, M and R stay 0.
 4. 6.9.1.1 (3): a prefix is requested only if the profile names one; otherwise
    one option with ALL_ZERO.  After expiry, after a move between two links of
    this gateway and after a quick return the prefixes known from before are
    asked for.
 5. 6.9.1.1 (4): handoff indicator 4 unless the link or the profile gives a hint.
 6. 6.9.1.1 (6): the per-gateway counter starts at random and grows in random
    steps of 1 to 7.  In sequence-number mode each session has its own counter
    of the same kind, kept after the session ended.
 7. 6.9.1.1 (7) and 6.9.1.3: an identifier learned after the first update is not
    added later, because later updates carry "the same set of options".
 8. 6.9.1.3: an odd lifetime is asked for (1404 s); the extension is due at a
    random point between 75 and 85 per cent of the granted one; a Binding Refresh
    Advice (RFC 6275 6.2.4) brings it forward.
 9. 6.9.4 (1): the gateway "is not required" to use the longer time-out for the
    first registration, but it does: 1.5 s (InitialBindackTimeoutFirstReg), then
    3, 6, 12, 24, 32 s.  Extensions begin with INITIAL_BINDACK_TIMEOUT.
10. 6.9.4 (3): repetition ends when the interval has reached MAX_BINDACK_TIMEOUT
    (continuing is a MAY; --persist does so).  A solicitation starts it anew.
11. 6.9.1.4: de-registration is not repeated; the state goes with the answer or
    after INITIAL_BINDACK_TIMEOUT.  A node that leaves before its first
    acknowledgement is forgotten without an update: no assigned prefix is known
    which the message would have to carry.  An answer with a refusal does not
    end the wait.
12. 6.9.1.4 (4), tearing the link down: a last advertisement with all lifetimes
    zero if the carrier is still there (--teardown carrier takes the interface
    down and up instead).
Acknowledgements
13. 6.9.1.2 (5): matched by identifier and sequence number together, over all
    unanswered transmissions.  Without an identifier the number must be unique.
14. 6.9.1.2 (6): only options that the request carried are compared.
15. 5.5 (7): an accepting answer whose timestamp is not the one sent is ignored;
    repetition goes on.  An answer without timestamp is taken.
16. 8.2: status values 1 to 127 count as accepted.
17. 5.3.6: an accepting answer without a usable prefix (none, ALL_ZERO, length 0)
    is ignored, repetition goes on.  A lifetime above the requested one is cut.
    A granted lifetime of 0 ends the session.
18. 6.9.1.2 (10): after 155 one more try with ALL_ZERO, if prefixes were asked for.
19. 6.9.1.2 (8): after 157 a new try after the current retransmission interval,
    which goes on doubling.
20. 6.9.1.2 (9) and all other refusals: no further try until the node attaches
    again or SIGHUP.  152 bars the identity until SIGHUP.
21. 6.12: an extension answered with other prefixes is a renumbering: old ones
    are advertised with lifetime zero three times, their routes go at once.
22. RFC 6275 6.2.1: one malformed option discards the whole message, silently.
Access link
23. 6.3/6.6: attachment is noticed by Router Solicitation and DAD solicitation,
    not by carrier (--notice changes this).  Carrier loss always ends a session.
    With carrier notice and no fixed identity, the first frame identifies the node.
24. 6.13: presence before an extension is tested with a unicast Neighbor
    Solicitation (three, one second apart); any frame of the node is an answer.
    Before a repetition the carrier is the test.  Another link-layer address on
    the link means that the former node left.
25. 6.7: advertisements go to the node's link-local address when it is known;
    all-nodes advertisements are framed to the node's own link-layer address.
26. RFC 4861 6.2.6: the answer to a solicitation is delayed by 0.25 to 0.5 s.  The
    first advertisement after acceptance goes at once if nobody solicited.
27. RFC 4861 4.2: current hop limit 0, no source link-layer address option, MTU
    option first, DNS options none, M and O 0 (--managed, --other).
28. 6.7: prefix lifetimes are tied to the binding, so an advertisement follows each
    extension (--prefix-lifetime fixes them instead).
29. 6.9.2 (3): the MTU option is never below 1280 (RFC 8200 5).
30. 6.8: the fixed addresses of RFC 6543 are the default (--fixed-link-local none
    asks the anchor).  If the anchor gives no address, a random one is made and
    tested with DAD.
31. RFC 4861 7.2.4: an answer to a unicast solicitation has no target link-layer
    address option.  The Subnet-Router anycast address of 6.8 is answered for.
32. 6.10.5 delivery: no address resolution for the node's global addresses if its
    link-layer address is known - there is only one neighbour.
Tunnel
33. RFC 2473 5.1: a Tunnel Encapsulation Limit of 4 is put in (--encap-limit none
    leaves it out); the tunnel MTU is therefore the path MTU minus 48.
34. RFC 2473 6.3-6.5: outer hop limit 32, DSCP 0, flow label 0x05213.
35. RFC 6040 4.1/4.2: normal mode; --ecn rfc3168 follows the words of 5.6.3.
36. 5.6.1: dynamic tunnels.  Without a tunnel, protocol 41 is an unknown next
    header: Parameter Problem code 1 (--closed-tunnel silent drops).
37. 6.10.5: packets from a source outside the node's prefixes are dropped
    silently, as are packets without a binding.
38. RFC 2473 8.2: errors to the node come from the link-local address of the link.
39. RFC 8201 4: Packet Too Big below 1280 is discarded; the estimate grows back
    after ten minutes.  Echo probing (6.9.5) only with --pmtu-probe.
40. RFC 4862 5.1: DupAddrDetectTransmits is 0 for the configured core address.
41. 6.11: DHCPv6 relay only with --dhcp-server; the link-address is the prefix
    with interface identifier 5213:0:0:1; Interface-Id is included.
Operation (--control, --variables)
42. 9.2, 9.3: a variable that is set outlives a restart.  Addresses of an access
    link change with the next attachment, everything else at once.
43. 6.9.1.1 (5): a hint of the access network is for one attachment; when the
    node is registered anew on its link later, the state of handoff is unknown.
44. 5.5 (3), 6.9.4 (4): with MobileNodeGeneratedTimestampInUse the first update
    has the time that the node gave, later ones that time and what has elapsed.
    A node that gives no time gets that of the gateway.
45. 6.12: a prefix that becomes invalid is withdrawn at once, and twice later.  A
    node without a valid prefix keeps its session until the extension is due,
    and is de-registered then.
46. 6.9.2 (2): with --visit-refused a node whose registration failed gets regular
    access in the visited prefix of its link, until a registration succeeds.
IPv4 home addresses (RFC 5844; --node ...,ip=46)
47. 3.2.3.1: one update asks for both families (--ipv4-on-demand: dual nodes get IPv4
    when DHCP begins, 3.4.3).  A certain address is asked for if
    the profile has one, or if the session had one before (after expiry, after a
    move between two links of this gateway); otherwise ALL_ZERO.
48. 3.2.3.2: after 170 or 172 a dual node is registered for the other family at
    once, after 171 once more with ALL_ZERO.  170 and 172 bar the family of the
    identity, 171 bars the address, until SIGHUP.
49. 3.2.3.2: an accepting answer that assigns only one of the families is taken.  One
    without an address for an IPv4-only node ends the registration; the next
    DHCPDISCOVER or DHCPREQUEST begins a new one.  Prefixes for such a node are ignored.
50. 3.2.3.3: a session without IPv4 home address asks for none at an extension, unless
    a DHCPDISCOVER or DHCPREQUEST wants one: this causes an extension at once.  If
    such an extension is refused, the session has ended, as at every other extension.
51. 3.2.3.2: the DHCP support mode and the default router are those of the latest
    accepting answer; without the router option the router stays as it was.
52. 3.4.1 and 3.4.3 differ: the latest DHCPDISCOVER or DHCPREQUEST waits for the end of
    the signalling, and is answered or relayed then.
53. 6.6: a DHCPDISCOVER or DHCPREQUEST shows the attachment of a node, too; other
    IPv4 packets and ARP do not.
54. 3.4.1: the server identifier is the default router's address, unless one is
    configured for the servers of all gateways (--dhcp4-address).  The lease is 25 min
    (--lease), or what the client asks for if it is less, independent of the binding.
    Renewal and rebinding times, and the client identifier (RFC 6842), are included.
55. 3.4.3: the interface MTU is the lower one of tunnel and access link.
56. 3.4.1: a DHCPREQUEST for another address is refused in every state of the client.
    If the registration fails, the DHCPNAK comes from the address that the request
    was sent to; a request to everyone is not answered then.  A gateway with a relay
    leaves that to the server.
57. 3.4.3: DHCPDECLINE gives the address back like DHCPRELEASE.  The update with
    lifetime zero is not repeated.  Who has IPv4 alone is de-registered wholly.
58. 3.4.2: the relay sends from the default router's address, which is also giaddr,
    through the tunnel of the node, with the Agent Remote ID alone.  It discards
    messages of other relays, DHCPOFFER and DHCPACK for another address, and
    DHCPREQUEST for another address, also on the way to the server itself.  Other
    messages to the server are looked at, and forwarded as they are.
59. 3.2.4: Proxy ARP for the whole home network but the node's own address, whatever
    the sender's IPv4 address; gratuitous ARP is ignored.
60. 3.2.4: IPv4 packets from other sources are dropped silently.  Of multicast, only
    packets to the local network block and in broadcast frames are not tunnelled.
61. 3.2.3.2: errors and echo replies to the node come from the default router's
    address, and so do errors to sources beyond the anchor (through the tunnel).
62. 6.13: a node that has shown no IPv6 address is tested by ARP requests.
IPv4 transport (RFC 5844 4.2, drafts -04 and -02 4; --core4, --anchor4, --edition)
63. An anchor whose IPv4 address is known is reached over IPv4, in all messages of a
    session, unless the profile says otherwise (over4=no).
64. The source port of messages is an ephemeral one, another one for each session.  In
    the drafts data have it as well, and are taken at it alone.
65. RFC 5844 4.2.2: the source port of an acknowledgement does not matter; in RFC 5844 it
    must have an UDP checksum.  Data are sent with UDP checksum, and taken with and without.
66. RFC 5844 4.2.2: a NAT Detection option without F changes nothing, its refresh time is
    not heeded, and T is not set.  In the drafts the option means UDP, whatever its F.
67. -04 4.2.2: after F without a NAT Detection option the tunnel is one of IPv4, but what
    the anchor sends is taken in IPv4 and in UDP: its own rule says UDP.
68. -04 5.2: F is set only if RequestIPv4UDPEncapsulationSupport is 1 as well.  -02 has
    no variables; F is an option of the command line there, and so is T in both drafts.
69. -02 4.2.2: the update for the sake of a NAT is an extension, a little before each
    refresh time; also in -04.  0 and all ones ask for none.
70. -02 4.2.2: with T the update has a TLV header.  One in an acknowledgement may be there
    or not.  The TLV header of data is that of -02 in -04 as well.
71. RFC 4213 3.2.2: the tunnel MTU is that of the IPv4 path less the headers.  Don't
    Fragment is set above 1280 octets, and for IPv4 packets that have it.
72. RFC 4213 3.4: errors from inside a tunnel are told to the node as those of IPv6 are.
73. Data in another encapsulation than agreed, from another address than the anchor's, or
    without a session are dropped silently.
74. In the drafts there is no DHCP Support Mode option: --dhcp4-server makes the gateway a
    relay.  In -02 the default router is the first address of the home network.
75. Mobility Headers over IPv4 other than acknowledgements are dropped silently.
"""

from __future__ import annotations

import argparse
import array
import collections
import datetime
import enum
import errno
import fcntl
import fnmatch
import heapq
import ipaddress
import math
import os
import random
import re
import selectors
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass, field, replace
from typing import Callable, Optional

from foreign_dhcp import Dhcp4
from foreign_ipv4 import ETH_ARP, ETH_IPV4, Ipv4
from foreign_mag_octets import (
    ALL_NODES, ALL_ROUTERS, ALL_ZERO_PREFIX, ANY_HOME4, DRAFT_02, DRAFT_04, ECHO_REPLY,
    ECHO_REQUEST, EDITIONS,
    HANDOFF_UNCHANGED, HANDOFF_UNKNOWN, LINK_LAYER_UNKNOWN, MH_ACKNOWLEDGEMENT, MH_ERROR,
    MH_MINIMUM, MINIMUM_MTU, NEIGHBOR_ADVERTISEMENT, NEIGHBOR_SOLICITATION,
    NOT_AUTHORIZED_FOR_HNP, NOT_AUTHORIZED_FOR_HOME4, NOT_AUTHORIZED_FOR_IPV4,
    NOT_AUTHORIZED_FOR_IPV6, NOT_ECT, OPT_HOME4, OPT_HOME4_ACK, OPT_HOME4_REPLY,
    OPT_HOME4_REQUEST, PARAMETER_PROBLEM, PROTO_FRAGMENT, PROTO_ICMPV6,
    PROTO_IPV4, PROTO_IPV6, PROTO_MOBILITY, PROTO_NONE, PROTO_UDP, PROXY_REG_NOT_ENABLED,
    RFC_5844, ROUTER_SOLICITATION, SEQUENCE_OUT_OF_WINDOW, TIMESTAMP_LOWER, TIME_EXCEEDED, TOO_BIG,
    UNREACHABLE, UNSPECIFIED, Acknowledgement, AdvertisedPrefix, Discovery, Header, Home4, Malformed,
    Prefix, Reassembler, Update, Upper, address, build_icmp, build_icmp_error, build_ipv6,
    build_mobility, build_na, build_ns, build_ra, build_update, checksum, contradicts,
    ecn_at_entry, ecn_at_exit, encapsulate, escape, find_encapsulation_limit, find_upper,
    fragment, get_ecn, is_link_local, is_loopback, is_multicast, link_local_from_mac,
    lower_hop_limit, may_report, multicast_mac, parse_acknowledgement, parse_discovery,
    parse_mac, set_ecn, show, show_mac, solicited_node, split_ipv6, timestamp,
    tunnel_header_size, usable_home4, usable_prefixes, with_checksum)
from foreign_neighbors import Neighbors
from foreign_routes import Route, Routes
from foreign_transport import Over4, Way

# ---------------------------------------------------------------------------
# 1. Faults
# ---------------------------------------------------------------------------

#: name -> (what the gateway does wrong, the section it violates)
FAULTS: dict[str, tuple[str, str]] = {
    # construction of updates
    "no-p-flag": ("The P flag is not set in any update.", "6.9.1.5, 8.1"),
    "no-a-flag": ("The A flag is not set in any update.", "6.9.1.5"),
    "no-handoff-indicator": ("Updates have no Handoff Indicator option.", "6.9.1.1 (4)"),
    "no-access-technology": ("Updates have no Access Technology Type option.", "6.9.1.1 (8)"),
    "no-timestamp": ("Updates have no Timestamp option though timestamps are in use.",
                     "6.9.1.1 (6), 9.3"),
    "no-link-layer-id": ("Updates have no Link-layer Identifier option though it is known.",
                         "6.9.1.1 (7)"),
    "zero-link-layer-id": ("The Link-layer Identifier option is sent with ALL_ZERO.",
                           "6.9.1.1 (7)"),
    "option-length": ("The length field of the Home Network Prefix option says 17, not 18.",
                      "8.3"),
    "misaligned-prefix": ("Home Network Prefix options do not begin at 8n+4.", "8.3"),
    "fixed-link-local-option": ("The Link-local Address option is sent in fixed-address mode.",
                                "6.9.1.1 (9)"),
    "home-address-option": ("Updates carry a Home Address destination option.", "6.9.1.5"),
    "extension-handoff": ("Extensions carry handoff indicator 4 in place of 5.", "6.9.1.3 (3)"),
    "extension-zero-prefix": ("Extensions carry ALL_ZERO in place of the assigned prefixes.",
                              "6.9.1.3 (2)"),
    "dereg-handoff": ("De-registrations carry handoff indicator 5 in place of 4.",
                      "6.9.1.4 (3)"),
    "dereg-lifetime": ("De-registrations carry the usual lifetime in place of 0.",
                       "6.9.1.4 (1)"),
    # repetition
    "no-retransmission": ("Unanswered updates are never repeated.", "6.9.4 (2)"),
    "constant-interval": ("The repetition interval is not doubled.", "6.9.4 (3)"),
    "same-sequence": ("A repetition carries the sequence number of the first transmission.",
                      "6.9.4 (4)"),
    "same-timestamp": ("A repetition carries the timestamp of the first transmission.",
                       "6.9.4 (4)"),
    "repeat-after-departure": ("A registration is repeated after the node has left.",
                               "6.9.4 (2)"),
    # acknowledgements
    "status-128-success": ("Status 128 is taken for an acceptance.", "6.9.1.2 (11), 8.2"),
    "accept-other-node": ("An acknowledgement with another node's identifier is accepted.",
                          "6.9.1.2 (6)"),
    "accept-other-sequence": ("An acknowledgement with another sequence number is accepted.",
                              "6.9.1.2 (5)"),
    "repeat-after-mismatch": ("Repetition goes on after an answer with altered options.",
                              "6.9.1.2 (6)"),
    "crash-on-malformed": ("A malformed acknowledgement ends the process.",
                           "6.9.1.2 (2), RFC 6275 6.2.1"),
    "no-checksum": ("The checksum of the Mobility Header is not verified.",
                    "6.9.1.2 (2), RFC 6275 9.2"),
    "ignore-given-link-local": ("The link-local address in the answer is not configured.",
                                "6.9.1.2 (15)"),
    # home network emulation
    "no-prefix": ("Advertisements do not carry the assigned prefixes.", "6.9.1.2 (14)"),
    "prefix-lifetime": ("The preferred lifetime of prefixes exceeds the valid one.",
                        "6.7, RFC 4861 4.6.2"),
    "prefix-off-link": ("Prefixes are advertised without the on-link flag.", "6.9.1.2 (14)"),
    "access-mtu": ("The MTU option shows the MTU of the access link, not of the tunnel.",
                   "6.9.2 (3), 6.9.5"),
    "no-solicited-answer": ("Router Solicitations are not answered.", "6.9.2 (1)"),
    "node-address-taken": ("A link-local address that the node uses is configured, too.",
                           "6.9.1.2 (15)"),
    "smaller-mtu-kept-secret": ("A change of the tunnel MTU is not advertised by itself.",
                                "6.9.5"),
    "renumbered-not-withdrawn": ("A prefix that has become invalid is not withdrawn.", "6.12"),
    "visitor-registered": ("A node without mobility service is registered, too.", "6.14"),
    # departure
    "no-deregistration": ("Nothing is sent when the node leaves.", "6.9.1.4 (1)"),
    "route-outlives-binding": ("Routes stay after the binding has gone.", "6.9.1.4 (2)"),
    "tunnel-never-goes": ("The tunnel stays when its last user has gone.", "6.9.1.4 (3)"),
    "link-stays": ("The link of an ended session is not taken down.", "6.9.1.4 (4)"),
    "extend-without-check": ("Bindings are extended without testing the node's presence.",
                             "6.13"),
    # forwarding
    "foreign-source": ("Packets from sources outside the node's prefixes are tunnelled.",
                       "6.9.1.2 (13), 6.10.5"),
    "link-local-forwarded": ("Packets with a link-local source are tunnelled.", "6.10.5"),
    "ecn-lost": ("The ECN field of the outer header is always zero.", "5.6.3, RFC 6040 4.1"),
    "ecn-lost-at-exit": ("Congestion marks of the outer header are dropped with it.",
                         "5.6.3, RFC 6040 4.2"),
    "path-mtu-ignored": ("Packet Too Big messages change nothing.", "6.9.5, RFC 8201 4"),
    "path-mtu-raised": ("Packet Too Big messages raise the path MTU, too.", "6.9.5, RFC 8201 4"),
    "larger-packets-cut": ("Packets larger than the tunnel MTU are tunnelled in fragments.",
                           "6.10.5, RFC 2473 7.1"),
    "limit-not-lowered": ("The Tunnel Encapsulation Limit of a packet is not lowered.",
                          "6.10.5, RFC 2473 4.1.1"),
    "local-routing-always": ("Packets to local nodes are delivered directly, whatever is set.",
                             "9.2, 6.10.3"),
    "local-routing-never": ("Packets to local nodes are tunnelled, whatever is set.",
                            "9.2, 6.10.3"),
    "local-policy-ignored": ("A node's own policy on local routing is ignored.", "9.2"),
    "renumbered-routes-stay": ("Routes of a prefix that has become invalid stay.", "6.12"),
    "visitor-dropped": ("Packets of nodes without mobility service are dropped.", "6.14"),
    # DHCPv6, profiles, hints, variables
    "dhcp-no-link-address": ("The link-address of relayed messages is unspecified.", "6.11"),
    "profile-anchor-ignored": ("Every node is registered with the default anchor.", "6.2"),
    "hint-ignored": ("Hints of the access network are ignored.", "6.9.1.1 (4)"),
    "hint-sticks": ("A hint holds for later attachments, too.", "6.9.1.1 (4)"),
    "given-time-ignored": ("The time that a node gives is ignored.", "5.5 (3), 9.3"),
    "variables-fixed": ("A variable that is set does not change.", "9.2, 9.3"),
    "variables-forgotten": ("Variables that were set are lost in a restart.", "9.2, 9.3"),
    "no-rate-limit": ("Updates to an anchor are not limited to MAX_UPDATE_RATE.",
                      "6.9.4, RFC 6275 11.8"),
    "hop-limit-twice": ("The inner hop limit is lowered by two at encapsulation.",
                        "RFC 2473 3.1"),
    # IPv4 home addresses
    "no-home-address-request": ("Dual nodes are registered for their prefixes alone.",
                                "RFC 5844 3.2.3.1"),
    "prefixes-for-all": ("Updates for IPv4-only nodes have a Home Network Prefix option.",
                         "RFC 5844 3.2.3.1"),
    "misaligned-home-address": ("IPv4 Home Address Request options begin at 4n+2.",
                                "RFC 5844 3.3.1"),
    "extension-any-home-address": ("Extensions and de-registrations ask for 0.0.0.0.",
                                   "RFC 5844 3.2.3.3"),
    "ipv4-asked-after-170": ("After status 170 IPv4 is asked for once more.",
                             "RFC 5844 3.2.3.2"),
    "reply-status-ignored": ("The status of the IPv4 Home Address Reply option is ignored.",
                             "RFC 5844 3.2.3.2"),
    "unextended-forwarded": ("An IPv4 home address that is not extended stays in service.",
                             "RFC 5844 3.2.3.3"),
    "any-ipv4-source": ("IPv4 packets with another source address are tunnelled.",
                        "RFC 5844 3.2.4"),
    "no-proxy-arp": ("ARP requests are answered for the default router alone.",
                     "RFC 5844 3.2.4"),
    "dont-fragment-ignored": ("IPv4 packets that must not be fragmented are tunnelled in pieces.",
                              "RFC 5844 3.1.4, RFC 2473 7.2"),
    "ipv4-ecn-lost-at-exit": ("Congestion marks of the tunnel do not reach IPv4 packets.",
                              "RFC 5844 3.1.4"),
    # DHCPv4
    "early-offer": ("An address of the gateway's own is offered before the anchor has answered.",
                    "RFC 5844 3.4.1, 3.4.3"),
    "offer-without-mtu": ("DHCP messages have no Interface MTU option.", "RFC 5844 3.4.3"),
    "mask-of-host": ("The Subnet Mask option says 255.255.255.255.", "RFC 5844 3.4.1, 3.4.3"),
    "no-nak": ("A request for another address is not answered.", "RFC 5844 3.4.1"),
    "release-ends-session": ("A DHCPRELEASE de-registers the prefixes, too.", "RFC 5844 3.4.3"),
    "always-server": ("The gateway is a DHCP server, whatever the anchor says.",
                      "RFC 5844 3.2.3.2"),
    "no-remote-id": ("Relayed messages have no Agent Remote ID.", "RFC 5844 3.4.2"),
    "any-offer": ("DHCPOFFERs of another address are passed on.", "RFC 5844 3.4.2"),
    # IPv4 transport
    "no-care-of4": ("Updates over IPv4 have no IPv4 Care-of Address option.",
                    "drafts -04 4.2.2, -02 4.2.2"),
    "care-of4-of-anchor": ("The IPv4 Care-of Address option has the address of the anchor.",
                           "drafts -04 4.2.2, -02 4.2.2"),
    "update-mobility-checksum": ("The checksum of Mobility Headers in datagrams is computed.",
                                 "RFC 5844 4.2.2.1"),
    "update-no-udp-checksum": ("Updates over IPv4 have no UDP checksum.", "RFC 5844 4.2.2.1"),
    "ack-mobility-checksum-verified": ("Mobility Headers in datagrams with a wrong checksum "
                                       "are dropped.", "RFC 5844 4.2.2"),
    "extension-over-ipv6": ("Only the first update of a session is sent over IPv4.",
                            "RFC 5844 4.2.2, draft -04 4.2.2"),
    "force-flag-left-out": ("The F flag is never set.", "RFC 5844 4.2.2.1, draft -04 4.2.2.1"),
    "force-flag-always": ("The F flag is set in every update over IPv4.", "RFC 5844 5.2"),
    "nat-option-ignored": ("The tunnel is one of IPv4 in spite of a NAT Detection option.",
                           "RFC 5844 4.2.2, drafts -04 4.2.2, -02 4.2.2"),
    "udp-for-any-option": ("A NAT Detection option without F makes the tunnel one of UDP.",
                           "RFC 5844 4.2.2"),
    "nat-refresh-ignored": ("No update is sent for the refresh time of a NAT.",
                            "draft -02 4.2.2"),
    "tlv-left-out": ("Data have no TLV header though it was agreed on.",
                     "drafts -04 4.2.2, -02 4.2.2"),
    "transport-ecn-lost": ("Congestion marks of tunnels over IPv4 are dropped with them.",
                           "RFC 5844 4.1.4.2"),
    "transport-errors-kept": ("The node is not told of ICMP errors from inside a tunnel over "
                              "IPv4.", "RFC 5844 4.1.4.2, RFC 4213 3.4"),
}


# ---------------------------------------------------------------------------
# 2. Configuration (6.2, 9.2, 9.3)
# ---------------------------------------------------------------------------

RESERVED_MAC = bytes.fromhex("00005e005213")            # RFC 6543
RESERVED_LINK_LOCAL = address("fe80::200:5eff:fe00:5213")


@dataclass(frozen=True)
class Profile:
    """A mobile node's policy profile (6.2)."""
    identity: bytes
    lma: bytes
    prefixes: tuple[Prefix, ...] = ()
    handoff: int = HANDOFF_UNKNOWN
    local: Optional[bool] = None        # 9.2: routes its packets locally; None: as the variable says
    versions: str = "6"                 # RFC 5844 3.2.2: 4, 6, or 46
    home4: Optional[Home4] = None
    lma4: Optional[bytes] = None        # RFC 5844 4.1.2: the IPv4 address of the anchor
    over4: Optional[bool] = None        # -04 4.1.2; None: if the address is known


@dataclass(frozen=True)
class LinkConfig:
    """An access link as it is configured."""
    name: str
    identity: Optional[bytes] = None    # fixed identity of whoever attaches
    mac: Optional[bytes] = None         # link-layer address known beforehand
    att: Optional[int] = None
    lma: Optional[bytes] = None
    prefixes: tuple[Prefix, ...] = ()
    handoff: Optional[int] = None
    visited: Optional[Prefix] = None    # 6.14: local prefix for other nodes
    mtu: Optional[int] = None           # if lower than that of the interface


@dataclass(frozen=True)
class NodeRule:
    """Profile for link-layer addresses that match a pattern (6.6).

    Prefixes are text, in which {n} are the last two octets of the address.
    """
    pattern: str
    identity: str
    lma: Optional[bytes] = None
    prefixes: tuple[str, ...] = ()
    handoff: Optional[int] = None
    local: Optional[bool] = None
    service: bool = True                # 6.14: entitled to the mobility service
    versions: str = "6"
    home4: Optional[Home4] = None
    lma4: Optional[bytes] = None
    over4: Optional[bool] = None


@dataclass
class Config:
    """Fields that are variables of Section 9 may change while the gateway runs."""
    core: str
    core_address: bytes
    core_length: int
    lma: bytes
    links: tuple[LinkConfig, ...]
    next_hop: Optional[bytes] = None
    rules: tuple[NodeRule, ...] = ()
    identity_pattern: Optional[str] = None
    att: int = 3
    notice: frozenset = frozenset({"rs", "dad", "dhcp"})
    timestamps: bool = True                     # TimestampBasedApproachInUse
    node_timestamps: bool = False               # MobileNodeGeneratedTimestampInUse
    fixed_link_local: Optional[bytes] = RESERVED_LINK_LOCAL
    fixed_mac: Optional[bytes] = RESERVED_MAC
    local_routing: bool = False                 # EnableMAGLocalRouting
    lifetime: int = 351                         # units of four seconds
    initial_timeout: float = 1.0                # INITIAL_BINDACK_TIMEOUT
    first_timeout: float = 1.5                  # InitialBindackTimeoutFirstReg
    max_timeout: float = 32.0                   # MAX_BINDACK_TIMEOUT
    update_rate: int = 3                        # MAX_UPDATE_RATE
    persist: bool = False
    extra_padding: int = 4
    verify: str = "nud"                         # presence test before an extension
    presence_interval: float = 0.0              # periodic presence test, 0: none
    retrans_timer: float = 1.0                  # RetransTimer
    teardown: str = "withdraw"
    ra_interval: float = 120.0                  # MaxRtrAdvInterval
    prefix_lifetime: Optional[int] = None
    managed: bool = False
    other: bool = False
    ra_link_layer: bool = False
    path_mtu: Optional[int] = None              # administratively configured default
    pmtu_probe: bool = False
    tunnel_hop_limit: int = 32
    flow_label: int = 0x05213
    encap_limit: Optional[int] = 4
    ecn: str = "rfc6040"
    closed_tunnel: str = "problem"
    dhcp_server: Optional[bytes] = None
    dhcp4_server: Optional[bytes] = None        # where the relay sends to
    dhcp4_address: Optional[bytes] = None       # RFC 5844 3.4: the same for the servers of all gateways
    lease: int = 1500                           # seconds
    ipv4_on_demand: bool = False
    visit_refused: bool = False
    edition: str = RFC_5844
    core4: Optional[Home4] = None               # IPv4-Proxy-CoA, with the network of the core
    core4_router: Optional[bytes] = None
    anchors4: dict = field(default_factory=dict)        # the IPv4 addresses of anchors
    force_udp: bool = False                     # ForceIPv4UDPEncapsulationSupport
    request_udp: bool = False                   # RequestIPv4UDPEncapsulationSupport
    tlv: bool = False
    deregister_at_exit: bool = False
    faults: frozenset = frozenset()

    def faulty(self, name: str) -> bool:
        assert name in FAULTS, name
        return name in self.faults


def fill_identity(pattern: str, mac: bytes, link: str) -> bytes:
    """6.6: the identity that belongs to a link-layer address; {mac:2=07} has another third octet."""
    for place, octet in set(re.findall(r"\{mac:(\d)=([0-9a-f]{2})\}", pattern)):
        other = mac[:int(place)] + bytes.fromhex(octet) + mac[int(place) + 1:]
        pattern = pattern.replace(f"{{mac:{place}={octet}}}", other.hex())
    text = (pattern.replace("{mac}", mac.hex()).replace("{mac-colon}", show_mac(mac))
            .replace("{mac-dash}", show_mac(mac).replace(":", "-"))
            .replace("{last}", str(mac[-1])).replace("{link}", link))
    return text.encode()


class Policy:
    """The policy store (6.2, 6.6, 6.14)."""

    def __init__(self, cfg: Config) -> None:
        self.cfg = cfg

    def needs_mac(self, link: LinkConfig) -> bool:
        return link.identity is None

    def profile(self, link: LinkConfig, mac: Optional[bytes]) -> Optional[Profile]:
        """None: this node is not entitled to the service."""
        if link.identity is not None:
            return self._profile(link, link.identity, None)
        if mac is None:
            return None
        for rule in self.cfg.rules:
            if fnmatch.fnmatchcase(show_mac(mac), rule.pattern.lower()):
                if not rule.service and not self.cfg.faulty("visitor-registered"):
                    return None
                return self._profile(link, fill_identity(rule.identity, mac, link.name), rule,
                                     f"{int.from_bytes(mac[4:], 'big'):x}")
        if self.cfg.identity_pattern is None:
            return None
        return self._profile(link, fill_identity(self.cfg.identity_pattern, mac, link.name), None)

    def _profile(self, link: LinkConfig, identity: bytes, rule: Optional[NodeRule],
                 number: str = "") -> Profile:
        source = [rule, link] if rule else [link]
        lma = next((s.lma for s in source if s.lma), self.cfg.lma)
        if self.cfg.faulty("profile-anchor-ignored"):
            lma = self.cfg.lma
        own = tuple(Prefix.parse(p.replace("{n}", number)) for p in rule.prefixes) if rule else ()
        prefixes = own or link.prefixes
        handoff = next((s.handoff for s in source if s.handoff is not None), HANDOFF_UNKNOWN)
        if rule is None:
            return Profile(identity, lma, prefixes, handoff)
        return Profile(identity, lma, prefixes, handoff, rule.local, rule.versions, rule.home4, rule.lma4, rule.over4)


# ---------------------------------------------------------------------------
# 3. Conceptual data structures (6.1)
# ---------------------------------------------------------------------------

class State(enum.Enum):
    REGISTERING = "registering"         # the first update is unanswered
    BOUND = "bound"                     # accepted, routes and tunnel stand
    LEAVING = "leaving"                 # lifetime 0 was sent, its answer is awaited
    REFUSED = "refused"                 # rejected; no service
    SILENCED = "silenced"               # 6.9.1.2 (6): nothing more until SIGHUP
    HALTED = "halted"                   # repetition has ended without an answer
    GONE = "gone"


class Kind(enum.Enum):
    REGISTRATION = "registration"
    EXTENSION = "extension"
    DEREGISTRATION = "de-registration"
    RELEASE = "release"                 # RFC 5844 3.2.3.3: of the IPv4 home address alone


@dataclass
class Node:
    """What is known of the one neighbour on an access link."""
    mac: Optional[bytes] = None
    link_local: Optional[bytes] = None          # the source address it uses
    claimed: set = field(default_factory=set)   # addresses it uses or tests by DAD


class AccessLink:
    """A point-to-point link to one node (6.3)."""

    def __init__(self, cfg: LinkConfig, fixed_link_local: Optional[bytes]) -> None:
        self.cfg = cfg
        self.name = cfg.name
        self.mac = self.own_mac = bytes(6)
        self.mtu = 1500
        self.carrier = False
        self.awaiting_node = False      # carrier came, the node is not identified yet
        self.link_local = fixed_link_local
        self.tentative: Optional[bytes] = None
        self.node: Optional[Node] = None
        self.binding: Optional[Binding] = None
        self.visited = False            # 6.14: regular access
        self.pending: dict[bytes, list[bytes]] = {}
        # what the access network tells of the next attachment
        self.hint: Optional[int] = None
        self.given_time: Optional[int] = None
        # the address that the latest DHCP message was sent to that waits for signalling, and the message
        self.asked4: Optional[tuple] = None
        # timers and counters of the advertisements
        self.solicited_at: Optional[float] = None
        self.answer_timer: Optional[Timer] = None
        self.periodic_timer: Optional[Timer] = None
        self.initial_left = 0
        self.last_multicast = -math.inf
        # presence test
        self.probe_timer: Optional[Timer] = None
        self.probe_done: Optional[Callable[[bool], None]] = None


@dataclass
class Request:
    """One transmitted update, kept until it is answered."""
    update: Update
    kind: Kind
    lma: bytes
    sent_at: float


@dataclass
class Exchange:
    """A request with its repetitions (6.9.4)."""
    kind: Kind
    interval: float
    released: Optional[Home4] = None
    requests: list[Request] = field(default_factory=list)
    timer: Optional["Timer"] = None


@dataclass(eq=False)
class Binding:
    """A Binding Update List entry."""
    identity: bytes
    link_layer_id: Optional[bytes]
    link: AccessLink                    # if-id
    lma: bytes
    att: int
    handoff: int
    requested: tuple[Prefix, ...]
    prefixes: tuple[Prefix, ...] = ()
    link_local: Optional[bytes] = None  # None: not known yet
    state: State = State.REGISTERING
    expires: float = 0.0
    exchange: Optional[Exchange] = None
    refresh_timer: Optional["Timer"] = None
    expiry_timer: Optional["Timer"] = None
    node: Optional[Node] = None
    local: Optional[bool] = None        # 9.2: the node's own policy on local routing
    given_time: Optional[int] = None    # 5.5: the time that the node gave
    given_at: Optional[float] = None    # when it was sent first
    invalid: tuple[Prefix, ...] = ()    # 6.12: the prefixes of a session that has no others
    withdrawn: dict[Prefix, int] = field(default_factory=dict)
    refused_prefixes: bool = False      # 155 was answered once
    silenced: bool = False              # 6.9.1.2 (6) was applied to an extension
    versions: str = "6"                 # RFC 5844 3.2.2: those of the profile
    ipv4: bool = False                  # what the registration asked for
    ipv6: bool = True
    requested4: Optional[Home4] = None
    home4: Optional[Home4] = None
    router4: Optional[bytes] = None
    dhcp_server: bool = False           # RFC 5844 3.3.4: S = 1
    wants_home4: bool = False           # an extension is to ask for an IPv4 home address
    without_home4: bool = False         # accepted, but the node has IPv4 alone and got no address
    way: Optional[Way] = None           # RFC 5844 4.2: over IPv4

    @property
    def path(self) -> bytes:
        """The address of the anchor to which the path leads."""
        return self.way.lma if self.way else self.lma


class Timer:
    """A callback at a time; can be taken back."""

    def __init__(self, when: float, action: Callable[[], None]) -> None:
        self.when, self.action, self.live = when, action, True

    def cancel(self) -> None:
        self.live = False


def cancel(timer: Optional[Timer]) -> None:
    if timer:
        timer.cancel()


class Timers:
    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self._heap: list[tuple[float, int, Timer]] = []
        self._count = 0

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        timer = Timer(self.now() + max(0.0, seconds), action)
        self._count += 1
        heapq.heappush(self._heap, (timer.when, self._count, timer))
        return timer

    def next_time(self) -> Optional[float]:
        while self._heap and not self._heap[0][2].live:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def run_due(self) -> None:
        while (when := self.next_time()) is not None and when <= self.now():
            timer = heapq.heappop(self._heap)[2]
            timer.live = False
            timer.action()


class RateLimiter:
    """RFC 6275 11.8: MAX_UPDATE_RATE messages within a second, per anchor."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.sent: dict[bytes, collections.deque] = {}

    def wait(self, lma: bytes, now: float) -> float:
        times = self.sent.setdefault(lma, collections.deque(maxlen=self.rate))
        if len(times) < self.rate:
            return 0.0
        # a little more than a second, so that jitter on the way does no harm
        return max(0.0, times[0] + 1.02 - now)

    def note(self, lma: bytes, now: float) -> None:
        self.sent.setdefault(lma, collections.deque(maxlen=self.rate)).append(now)


class TokenBucket:
    """RFC 4443 2.4 (f): error messages are limited."""

    def __init__(self, rate: float = 20.0, burst: float = 20.0) -> None:
        self.rate, self.burst, self.tokens, self.last = rate, burst, burst, 0.0

    def take(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


# ---------------------------------------------------------------------------
# 4. The core interface: neighbours and local delivery
# ---------------------------------------------------------------------------

class CorePort(Neighbors):
    """Address resolution on the core link (RFC 4861 7)."""

    def __init__(self, gw: "Gateway") -> None:
        super().__init__(gw)
        self.mac = bytes(6)
        self.mtu = 1500
        self.on_link = Prefix.of(self.cfg.core_address, self.cfg.core_length)

    @property
    def link_local(self) -> bytes:
        return link_local_from_mac(self.mac)

    def owns(self, addr: bytes) -> bool:
        return addr in (self.cfg.core_address, self.link_local)

    def hears(self, addr: bytes) -> bool:
        return self.owns(addr) or addr in (
            ALL_NODES, ALL_ROUTERS, solicited_node(self.cfg.core_address),
            solicited_node(self.link_local))

    def next_hop(self, dst: bytes) -> bytes:
        if self.on_link.covers(dst) or is_link_local(dst) or not self.cfg.next_hop:
            return dst
        return self.cfg.next_hop

    def send(self, packet: bytes) -> None:
        dst = packet[24:40]
        if is_multicast(dst):
            self._transmit(multicast_mac(dst), packet)
            return
        self.send_to(self.next_hop(dst), packet)

    def _transmit(self, mac: bytes, packet: bytes) -> None:
        self.gw.wire.send(self.cfg.core, mac + self.mac + b"\x86\xdd" + packet)

    def _solicit(self, hop: bytes) -> None:
        group = solicited_node(hop)
        self._transmit(multicast_mac(group),
                       build_ns(self.cfg.core_address, group, hop, self.mac))

    def _silent(self, hop: bytes, queue: list[bytes]) -> None:
        self.gw.log("core-neighbor-silent", address=show(hop))
        for packet in queue:
            self.gw.path.relay_error(UNREACHABLE, 3, 0, packet)

    def discovery(self, head: Header, found: Discovery, frame_mac: bytes) -> None:
        if found.kind == NEIGHBOR_SOLICITATION and self.owns(found.target):
            if head.src == UNSPECIFIED:
                self._transmit(multicast_mac(ALL_NODES), build_na(
                    found.target, ALL_NODES, found.target, self.mac, True, False, True))
                return
            self.learn(head.src, found.mac or frame_mac, create=True)
            mac = self.mac if is_multicast(head.dst) else None
            self._transmit(found.mac or frame_mac, build_na(
                found.target, head.src, found.target, mac, True, True, True))
        elif found.kind == NEIGHBOR_ADVERTISEMENT:
            entry = self.cache.get(found.target)
            override = found.flags & 0x20
            if entry and (not entry.mac or override or found.mac in (None, entry.mac)):
                self.learn(found.target, found.mac or frame_mac, create=False)


# ---------------------------------------------------------------------------
# 5. Attachment, presence, departure (6.6, 6.13, 6.14)
# ---------------------------------------------------------------------------

class Attachment:
    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg
        self.barred: set[bytes] = set()         # identities refused with 152
        # RFC 5844 3.2.3.2: refused with 170, 172 and 171
        self.barred4: set[bytes] = set()
        self.barred6: set[bytes] = set()
        self.barred_homes: set[tuple[bytes, Home4]] = set()

    def admits(self, identity: bytes, versions: str) -> tuple[bool, bool]:
        """Whether IPv4 and IPv6 may be asked for."""
        ipv4 = "4" in versions and not (versions == "46" and self.cfg.faulty("no-home-address-request"))
        return ipv4 and identity not in self.barred4, "6" in versions and identity not in self.barred6

    # -- events of the link --

    def carrier(self, link: AccessLink, up: bool) -> None:
        if up == link.carrier:
            return
        link.carrier = up
        self.gw.log("carrier", link=link.name, up=int(up))
        if not up:
            link.awaiting_node = False
            self.depart(link, "carrier lost")
        elif "carrier" in self.cfg.notice:
            self.attach(link, link.cfg.mac, None, "carrier")

    def heard(self, link: AccessLink, mac: bytes, src: bytes) -> None:
        """Any IPv6 frame of the node: it is there, and this is its address."""
        node = link.node
        if node and node.mac in (None, mac):
            node.mac = mac
            if is_link_local(src):
                node.link_local = src
                node.claimed.add(src)
            self._probe_ended(link, True)
            if link.binding and is_link_local(src):
                self.gw.advertiser.check_conflict(link)
        elif not node and link.awaiting_node:
            self.attach(link, mac, src if is_link_local(src) else None, "first frame")

    def noticed(self, link: AccessLink, mac: bytes, src: bytes, how: str) -> None:
        """A Router Solicitation or a DAD solicitation came in."""
        if how in self.cfg.notice:
            self.attach(link, mac, src if is_link_local(src) else None, how)

    # -- 6.9.1.1 (1), 6.14 --

    def attach(self, link: AccessLink, mac: Optional[bytes], src: Optional[bytes],
               how: str) -> None:
        if link.node and mac and link.node.mac not in (None, mac):
            self.depart(link, "another node on the link")
        if link.binding:
            if link.binding.state is State.HALTED:
                self.gw.signalling.begin_anew(link.binding)
            return
        if mac is None and self.gw.policy.needs_mac(link.cfg):
            link.awaiting_node = True
            return
        link.awaiting_node = False
        if link.node is None:
            link.node = Node(mac)
        if src:
            link.node.link_local = src
            link.node.claimed.add(src)
        profile = self.gw.policy.profile(link.cfg, mac)
        if profile is None:
            self._regular_access(link, mac)
        elif profile.identity in self.barred or not any(self.admits(profile.identity, profile.versions)):
            self.gw.log("barred", link=link.name, node=profile.identity)
        else:
            self.gw.log("attached", link=link.name, node=profile.identity,
                        mac=show_mac(mac), how=how)
            self._offer_service(link, profile, mac or link.cfg.mac)

    def _regular_access(self, link: AccessLink, mac: Optional[bytes]) -> None:
        if link.cfg.visited and not link.visited:
            link.visited = True
            self.gw.log("regular-access", link=link.name, mac=show_mac(mac))
            self.gw.advertiser.visit(link)

    def failed(self, binding: Binding) -> None:
        """6.9.2 (2): the registration has failed; regular access may take its place."""
        if self.cfg.visit_refused and binding.link.binding is binding:
            self._regular_access(binding.link, binding.link_layer_id)

    def _offer_service(self, link: AccessLink, profile: Profile, mac: Optional[bytes]) -> None:
        requested, home4 = profile.prefixes, profile.home4
        old = self.gw.signalling.find_session(profile.identity, mac, link)
        if old:
            # the same interface came back or moved to another link of ours
            requested, home4 = requested or old.prefixes, home4 or old.home4
            if old.link.binding is old:
                old.link.binding = None
                self.gw.advertiser.stop(old.link)
                old.link.node = None
            self.gw.signalling.forget(old, "superseded")
        att = self.cfg.att if link.cfg.att is None else link.cfg.att
        hint = None if self.cfg.faulty("hint-ignored") else link.hint
        handoff = profile.handoff if hint is None else hint
        binding = Binding(profile.identity, mac, link, profile.lma, att, handoff,
                          requested, node=link.node, link_local=self.cfg.fixed_link_local,
                          local=profile.local, given_time=link.given_time,
                          versions=profile.versions)
        binding.way = self.gw.over4 and self.gw.over4.way_for(profile)
        binding.requested4 = None if (profile.identity, home4) in self.barred_homes else home4
        if not self.cfg.faulty("hint-sticks"):
            link.hint = None
        link.given_time = None
        link.link_local = self.cfg.fixed_link_local
        link.binding = binding
        self.gw.bindings.append(binding)        # 6.9.1.1 (11)
        self.gw.signalling.begin(binding, Kind.REGISTRATION)
        if self.cfg.presence_interval:
            self._watch(link, binding)

    # -- presence (6.13) --

    def _watch(self, link: AccessLink, binding: Binding) -> None:
        def due() -> None:
            if link.binding is binding:
                self.test(link, lambda present: None)
                self._watch(link, binding)
        self.gw.timers.after(self.cfg.presence_interval, due)

    def test(self, link: AccessLink, done: Callable[[bool], None]) -> None:
        """Ask the node three times; silence means it left."""
        node = link.node
        if not node or not link.carrier:
            done(False)
            return
        route4 = self.gw.ipv4.routes.active(link)
        if not node.mac or not (node.link_local and link.link_local or route4 and route4.router):
            done(True)                          # the carrier is all there is to go by
            return
        if link.probe_timer:
            previous = link.probe_done
            link.probe_done = lambda ok: (previous and previous(ok), done(ok))
            return
        link.probe_done = done
        self._probe(link, 3)

    def _probe(self, link: AccessLink, left: int) -> None:
        if left == 0:
            self._probe_ended(link, False)
            return
        node, route4 = link.node, self.gw.ipv4.routes.active(link)
        if node.link_local and link.link_local:
            self.gw.send_frame(link, node.mac, build_ns(link.link_local, node.link_local,
                                                        node.link_local, link.mac))
        elif route4:
            self.gw.ipv4.ask(route4)
        link.probe_timer = self.gw.timers.after(self.cfg.retrans_timer,
                                                lambda: self._probe(link, left - 1))

    def _probe_ended(self, link: AccessLink, present: bool) -> None:
        if not link.probe_timer:
            return
        cancel(link.probe_timer)
        link.probe_timer, done, link.probe_done = None, link.probe_done, None
        if done:
            done(present)
        if not present:
            self.depart(link, "no answer")

    # -- departure --

    def depart(self, link: AccessLink, why: str) -> None:
        """6.9.1.4: the node has left this link."""
        binding, link.binding = link.binding, None
        cancel(link.probe_timer)
        link.probe_timer = link.probe_done = None
        self.gw.advertiser.stop(link)
        link.pending.clear()
        link.asked4 = None
        link.last_multicast = -math.inf         # the next node is on a new link
        if binding or link.visited:
            self.gw.log("departed", link=link.name, why=why,
                        node=binding.identity if binding else b"")
        link.node, link.visited = None, False
        if binding:
            self.gw.signalling.node_left(binding)
        if not link.binding:
            link.link_local, link.tentative = self.cfg.fixed_link_local, None
            link.mac = self.cfg.fixed_mac or link.own_mac


# ---------------------------------------------------------------------------
# 6. Signalling (6.9.1, 6.9.4)
# ---------------------------------------------------------------------------

class Signalling:
    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg
        self.limiter = RateLimiter(self.cfg.update_rate)
        self.counter = gw.rng.randrange(65536)
        self.session_counters: dict[tuple, int] = {}
        self.last_stamp = 0

    # -- the Binding Update List --

    def find_session(self, identity: bytes, mac: Optional[bytes],
                     link: AccessLink) -> Optional[Binding]:
        """The session of this interface, wherever it was attached."""
        for old in self.gw.bindings:
            if old.identity == identity and (old.link is link or
                                             (mac and old.link_layer_id == mac)):
                return old
        return None

    def forget(self, binding: Binding, why: str) -> None:
        """6.9.1.4: entry, routes and, with its last user, the tunnel go."""
        if binding.state is State.GONE:
            return
        binding.state = State.GONE
        self._stop_timers(binding)
        if binding in self.gw.bindings:
            self.gw.bindings.remove(binding)
        self.gw.remove_routes(binding)
        self.gw.log("entry-removed", node=binding.identity, why=why)

    def _stop_timers(self, binding: Binding) -> None:
        if binding.exchange:
            cancel(binding.exchange.timer)
            binding.exchange = None
        cancel(binding.refresh_timer)
        cancel(binding.expiry_timer)

    # -- sending (6.9.1.1, 6.9.1.3 - 6.9.1.5) --

    def begin_anew(self, binding: Binding) -> None:
        """A registration without a new attachment: the hint of the former one is spent."""
        binding.handoff = HANDOFF_UNKNOWN
        self.begin(binding, Kind.REGISTRATION)

    def begin(self, binding: Binding, kind: Kind, released: Optional[Home4] = None) -> None:
        if binding.exchange:
            cancel(binding.exchange.timer)
        if kind is Kind.REGISTRATION:
            binding.state = State.REGISTERING
            binding.ipv4, binding.ipv6 = self.gw.attachment.admits(binding.identity, binding.versions)
            binding.wants_home4 = binding.without_home4 = False
            interval = self.cfg.first_timeout
        else:
            interval = self.cfg.initial_timeout
        binding.exchange = Exchange(kind, interval, released)
        self._transmit(binding, binding.exchange)

    def _transmit(self, binding: Binding, exchange: Exchange) -> None:
        if binding.exchange is not exchange:
            return
        now = self.gw.now()
        wait = 0.0 if self.cfg.faulty("no-rate-limit") else self.limiter.wait(binding.lma, now)
        if wait > 0:
            exchange.timer = self.gw.timers.after(wait, lambda: self._transmit(binding, exchange))
            return
        self.limiter.note(binding.lma, now)
        update = self._update(binding, exchange)
        exchange.requests.append(Request(update, exchange.kind, binding.lma, now))
        self.gw.log("update", node=binding.identity, kind=exchange.kind.value,
                    sequence=update.sequence, lifetime=4 * update.lifetime,
                    handoff=update.handoff, prefixes=",".join(map(str, update.prefixes)))
        if binding.way and not (exchange.kind is not Kind.REGISTRATION and self.cfg.faulty("extension-over-ipv6")):
            self.gw.over4.send_update(binding, update)
        else:
            self.gw.core.send(build_update(update, self.cfg.core_address, binding.lma,
                                           self.cfg.extra_padding, self.cfg.faults))
        exchange.timer = self.gw.timers.after(exchange.interval,
                                              lambda: self._timed_out(binding, exchange))

    def _update(self, binding: Binding, exchange: Exchange) -> Update:
        kind, faulty = exchange.kind, self.cfg.faulty
        lifetime, handoff = self.cfg.lifetime, binding.handoff
        prefixes = binding.prefixes or binding.invalid or binding.requested or (ALL_ZERO_PREFIX,)
        if kind is Kind.REGISTRATION:
            prefixes = binding.requested or (ALL_ZERO_PREFIX,)
        if kind is Kind.EXTENSION:
            handoff = HANDOFF_UNKNOWN if faulty("extension-handoff") else HANDOFF_UNCHANGED
            if faulty("extension-zero-prefix"):
                prefixes = (ALL_ZERO_PREFIX,)
        if kind in (Kind.DEREGISTRATION, Kind.RELEASE):
            lifetime = lifetime if faulty("dereg-lifetime") else 0
            handoff = HANDOFF_UNCHANGED if faulty("dereg-handoff") else HANDOFF_UNKNOWN
        if kind is Kind.RELEASE or not (binding.ipv6 or faulty("prefixes-for-all")):
            prefixes = ()               # RFC 5844 3.2.3.1, 3.2.3.3
        update = Update(self._sequence(binding, exchange), lifetime, binding.identity, prefixes,
                        handoff, binding.att, self._link_layer_id(binding),
                        self._link_local(binding), self._timestamp(binding, exchange),
                        self._home4(binding, exchange),
                        OPT_HOME4_REQUEST if self.cfg.edition == RFC_5844 else OPT_HOME4)
        return replace(update, **self.gw.over4.asks(binding.way, update)) if binding.way else update

    def _home4(self, binding: Binding, exchange: Exchange) -> Optional[Home4]:
        """RFC 5844 3.2.3.1, 3.2.3.3: the address that is asked for, extended or given back."""
        if exchange.kind is Kind.REGISTRATION:
            if not binding.ipv4 or (binding.ipv6 and self.cfg.ipv4_on_demand):
                return None
            return binding.requested4 or ANY_HOME4
        home = exchange.released or binding.home4
        if home and self.cfg.faulty("extension-any-home-address"):
            return ANY_HOME4
        if home is None and exchange.kind is Kind.EXTENSION and binding.wants_home4:
            return binding.requested4 or ANY_HOME4
        return home

    def _link_layer_id(self, binding: Binding) -> Optional[bytes]:
        """6.9.1.1 (7): only if known, never ALL_ZERO."""
        if self.cfg.faulty("no-link-layer-id"):
            return None
        if self.cfg.faulty("zero-link-layer-id"):
            return LINK_LAYER_UNKNOWN
        known = binding.link_layer_id
        return known if known and any(known) else None

    def _link_local(self, binding: Binding) -> Optional[bytes]:
        """6.9.1.1 (9): the option only when no fixed address is configured."""
        if self.cfg.fixed_link_local is not None:
            return self.cfg.fixed_link_local if self.cfg.faulty("fixed-link-local-option") else None
        return binding.link_local or UNSPECIFIED

    def _sequence(self, binding: Binding, exchange: Exchange) -> int:
        """6.9.1.1 (6), 6.9.4 (4)."""
        if exchange.requests and self.cfg.faulty("same-sequence"):
            return exchange.requests[0].update.sequence
        step = self.gw.rng.randint(1, 7)
        if self.cfg.timestamps:
            self.counter = (self.counter + step) % 65536
            return self.counter
        key = self._session_key(binding)
        last = self.session_counters.get(key)
        if last is None:
            last = self.gw.rng.randrange(65536)
        self.session_counters[key] = (last + step) % 65536
        return self.session_counters[key]

    @staticmethod
    def _session_key(binding: Binding) -> tuple:
        return binding.identity, binding.link_layer_id

    def _timestamp(self, binding: Binding, exchange: Exchange) -> Optional[bytes]:
        """8.8; each one greater than all before it."""
        if not self.cfg.timestamps or self.cfg.faulty("no-timestamp"):
            return None
        if exchange.requests and self.cfg.faulty("same-timestamp"):
            return exchange.requests[0].update.timestamp
        if self.cfg.node_timestamps and binding.given_time is not None \
                and not self.cfg.faulty("given-time-ignored"):
            if binding.given_at is None:
                binding.given_at = self.gw.now()
            elapsed = int((self.gw.now() - binding.given_at) * 65536)
            return (binding.given_time + elapsed).to_bytes(8, "big")
        value = int.from_bytes(timestamp(self.gw.wall()), "big")
        self.last_stamp = max(value, self.last_stamp + 1)
        return self.last_stamp.to_bytes(8, "big")

    # -- repetition (6.9.4) --

    def _timed_out(self, binding: Binding, exchange: Exchange) -> None:
        if binding.exchange is not exchange:
            return
        if exchange.kind is Kind.DEREGISTRATION:
            self._released(binding, "no answer to de-registration")
            return
        if exchange.kind is Kind.RELEASE:
            self._home4_released(binding)
            return
        if self.cfg.faulty("no-retransmission"):
            return
        departed = binding.link.binding is not binding
        if departed and not self.cfg.faulty("repeat-after-departure"):
            return
        if exchange.interval >= self.cfg.max_timeout and not self.cfg.persist:
            self._give_up(binding, exchange)
            return
        if not self.cfg.faulty("constant-interval"):
            exchange.interval = min(2 * exchange.interval, self.cfg.max_timeout)
        self._transmit(binding, exchange)

    def _give_up(self, binding: Binding, exchange: Exchange) -> None:
        self.gw.log("gave-up", node=binding.identity, kind=exchange.kind.value)
        binding.exchange = None
        if exchange.kind is Kind.REGISTRATION:
            binding.state = State.HALTED
            self.gw.attachment.failed(binding)
        self.gw.dhcp4.settle(binding)

    # -- departure (6.9.1.4) --

    def node_left(self, binding: Binding) -> None:
        if binding.state is State.REGISTERING and self.cfg.faulty("repeat-after-departure"):
            return
        if binding.state is not State.BOUND:
            self.forget(binding, "left without a binding")
            return
        if self.cfg.faulty("no-deregistration"):
            self.forget(binding, "left")
            return
        self._stop_timers(binding)
        binding.state = State.LEAVING
        self.begin(binding, Kind.DEREGISTRATION)

    def _released(self, binding: Binding, why: str) -> None:
        self.forget(binding, why)
        if binding.link.binding is None:
            self.gw.tear_down(binding)

    # -- IPv4 home addresses (RFC 5844 3.2.3.3, 3.4.3) --

    def ask_for_home4(self, binding: Binding) -> bool:
        """A DHCP message wants an IPv4 home address.  False: there will be none."""
        if not self.gw.attachment.admits(binding.identity, binding.versions)[0]:
            return False
        if binding.state is State.BOUND:
            binding.wants_home4 = True
            if not binding.exchange and not binding.silenced:
                self.begin(binding, Kind.EXTENSION)
        elif binding.state is State.REFUSED and binding.without_home4:
            self.begin_anew(binding)
        return binding.exchange is not None

    def release_home4(self, binding: Binding) -> None:
        """The node has given its IPv4 home address back; the prefixes stay."""
        if not binding.prefixes or self.cfg.faulty("release-ends-session"):
            self.gw.attachment.depart(binding.link, "address released")
            return
        released, binding.home4, binding.requested4 = binding.home4, None, None
        self.gw.install_routes(binding)
        self.begin(binding, Kind.RELEASE, released)

    def _home4_released(self, binding: Binding) -> None:
        cancel(binding.exchange.timer)
        binding.exchange = None
        self._go_on(binding)

    def _go_on(self, binding: Binding) -> None:
        """An exchange has ended that a DHCP message may have waited for."""
        if binding.wants_home4 and not binding.home4 and binding.state is State.BOUND:
            self.begin(binding, Kind.EXTENSION)
        else:
            self.gw.dhcp4.settle(binding)

    # -- acknowledgements (6.9.1.2) --

    def acknowledgement(self, src: bytes, header: bytes) -> None:
        try:
            ack = parse_acknowledgement(header, OPT_HOME4_REPLY if self.cfg.edition == RFC_5844 else OPT_HOME4_ACK)
        except Malformed as problem:
            if self.cfg.faulty("crash-on-malformed"):
                raise RuntimeError("malformed acknowledgement") from problem
            self.gw.log("ack-malformed", src=show(src), problem=problem)
            return
        self.gw.log("ack", src=show(src), status=ack.status, sequence=ack.sequence,
                    lifetime=4 * ack.lifetime, node=ack.identity or b"")
        if not ack.proxy:
            self.gw.log("ack-ignored", why="no P flag")
            return
        if ack.status == SEQUENCE_OUT_OF_WINDOW:
            self._out_of_window(src, ack)
            return
        found = self._match(src, ack)
        if not found:
            self.gw.log("ack-ignored", why="no such request")
            return
        binding, request = found
        difference = contradicts(request.update, ack)
        if difference and not (difference == "identity" and self.cfg.faulty("accept-other-node")):
            self._altered(binding, request, difference)
            return
        if not self._timestamp_agrees(request, ack):
            self.gw.log("ack-ignored", why="timestamp is not the one sent")
            return
        self._by_status(binding, request, ack)

    def _outstanding(self, src: bytes) -> list[tuple[Binding, Request]]:
        return [(b, r) for b in self.gw.bindings if b.exchange
                for r in b.exchange.requests if r.lma == src]

    def _match(self, src: bytes, ack: Acknowledgement) -> Optional[tuple[Binding, Request]]:
        """6.9.1.2 (5)."""
        waiting = self._outstanding(src)
        if self.cfg.faulty("accept-other-sequence"):
            same = [w for w in waiting if w[1].update.identity == ack.identity]
            return same[-1] if same else None
        same = [w for w in waiting if w[1].update.sequence == ack.sequence]
        exact = [w for w in same if w[1].update.identity == ack.identity]
        if exact:
            return exact[-1]
        bindings = {id(w[0]) for w in same}
        return same[-1] if len(bindings) == 1 else None

    def _altered(self, binding: Binding, request: Request, option: str) -> None:
        """6.9.1.2 (6): ignore the answer, and do not repeat the request."""
        self.gw.log("ack-ignored", why="altered option", option=option, node=binding.identity)
        if request.kind in (Kind.DEREGISTRATION, Kind.RELEASE) \
                or self.cfg.faulty("repeat-after-mismatch"):
            return
        cancel(binding.exchange.timer)
        binding.exchange = None
        if request.kind is Kind.REGISTRATION:
            binding.state = State.SILENCED
        else:
            binding.silenced = True
        self.gw.dhcp4.settle(binding)

    def _timestamp_agrees(self, request: Request, ack: Acknowledgement) -> bool:
        """5.5 (7): an accepted timestamp comes back as it was sent."""
        if ack.status >= 128 or ack.timestamp is None or request.update.timestamp is None:
            return True
        return ack.timestamp == request.update.timestamp

    def _out_of_window(self, src: bytes, ack: Acknowledgement) -> None:
        """RFC 6275 11.7.3: take over the number and send again."""
        waiting = [w for w in self._outstanding(src) if w[1].update.identity == ack.identity]
        if self.cfg.timestamps or not waiting:
            self.gw.log("ack-ignored", why="status 135")
            return
        binding = waiting[-1][0]
        self.session_counters[self._session_key(binding)] = ack.sequence
        cancel(binding.exchange.timer)
        binding.exchange.requests.clear()
        self._transmit(binding, binding.exchange)

    def _by_status(self, binding: Binding, request: Request, ack: Acknowledgement) -> None:
        limit = 129 if self.cfg.faulty("status-128-success") else 128
        if request.kind is Kind.DEREGISTRATION:
            if ack.status < limit:
                self._released(binding, "de-registered")
        elif request.kind is Kind.RELEASE:
            if ack.status < limit:
                self._home4_released(binding)
        elif ack.status < limit:
            self._accepted(binding, request, ack)
        else:
            self._refused(binding, request, ack)

    # -- acceptance (6.9.1.2 (12) - (15), 6.12) --

    def _accepted(self, binding: Binding, request: Request, ack: Acknowledgement) -> None:
        prefixes = usable_prefixes(ack) if binding.ipv6 else ()
        home4 = self._assigned(binding, request, ack)
        if not prefixes and not home4 and binding.ipv6:
            self.gw.log("ack-ignored", why="no usable prefix", node=binding.identity)
            return
        self._stop_timers(binding)
        if not prefixes and not home4:
            self._without_home4(binding)
            return
        granted = 4 * min(ack.lifetime, request.update.lifetime)
        remaining = request.sent_at + granted - self.gw.now()
        if granted == 0:
            self._deny(binding)
            return
        first = binding.state is not State.BOUND
        for prefix in set(binding.prefixes) - set(prefixes):
            binding.withdrawn[prefix] = 3
        for prefix in prefixes:
            binding.withdrawn.pop(prefix, None)
        if binding.link.visited and binding.link.binding is binding:
            binding.link.visited = False
            binding.withdrawn[binding.link.cfg.visited] = 3
        binding.prefixes, binding.invalid, binding.state = prefixes, (), State.BOUND
        self._take_home4(binding, home4, ack)
        binding.expires = request.sent_at + granted
        if binding.way:
            self.gw.over4.agree(binding, request.update, ack)
        self.gw.install_routes(binding)
        self._schedule(binding, granted, remaining, ack)
        self.gw.log("bound", node=binding.identity, seconds=granted,
                    prefixes=",".join(map(str, prefixes)), address=home4 or "none")
        if binding.link.binding is binding and binding.ipv6:
            self.gw.advertiser.accepted(binding, ack.link_local, first)
        if request.update.home4:
            binding.wants_home4 = False
        self._go_on(binding)

    def _assigned(self, binding: Binding, request: Request, ack: Acknowledgement) -> Optional[Home4]:
        """RFC 5844 3.2.3.2, 3.2.3.3: only who asked for an address has one, and only as long as it is extended."""
        if request.update.home4 is None:
            return None
        home4 = usable_home4(ack, self.cfg.faults)
        return home4 or (binding.home4 if self.cfg.faulty("unextended-forwarded") else None)

    def _take_home4(self, binding: Binding, home4: Optional[Home4], ack: Acknowledgement) -> None:
        binding.home4 = home4
        if home4:
            binding.router4 = ack.router4 or binding.router4
            binding.dhcp_server = bool(ack.dhcp_server)
            if self.cfg.edition != RFC_5844:
                binding.dhcp_server = self.cfg.dhcp4_server is None
            if self.cfg.edition == DRAFT_02:
                binding.router4 = home4.first

    def _without_home4(self, binding: Binding) -> None:
        """RFC 5844 3.2.3.2: the node has IPv4 alone, and the anchor has no address for it."""
        self.gw.log("refused", node=binding.identity, why="no IPv4 home address")
        self._deny(binding)
        binding.home4, binding.without_home4 = None, True
        self.gw.attachment.failed(binding)
        self.gw.dhcp4.settle(binding)

    def _schedule(self, binding: Binding, granted: float, remaining: float,
                  ack: Acknowledgement) -> None:
        share = self.gw.rng.uniform(0.75, 0.85) * granted
        if ack.refresh and 4 * ack.refresh < granted:
            share = min(share, 4.0 * ack.refresh)
        if binding.way and binding.way.refresh:
            share = min(share, self.gw.rng.uniform(0.85, 0.95) * binding.way.refresh)
        due = share - (granted - remaining)
        binding.refresh_timer = self.gw.timers.after(due, lambda: self._extend(binding))
        binding.expiry_timer = self.gw.timers.after(remaining,
                                                    lambda: self._lifetime_over(binding))

    def _extend(self, binding: Binding) -> None:
        """6.9.1.3, but first 6.13."""
        link = binding.link

        def tested(present: bool) -> None:
            if not present or binding.state is not State.BOUND or link.binding is not binding:
                return
            if binding.prefixes or binding.home4:
                self.begin(binding, Kind.EXTENSION)
            else:
                self.gw.attachment.depart(link, "no valid prefix")

        if self.cfg.verify == "nud" and not self.cfg.faulty("extend-without-check"):
            self.gw.attachment.test(link, tested)
        else:
            tested(True)

    def _lifetime_over(self, binding: Binding) -> None:
        """The binding has expired; the node, if still there, is registered anew."""
        self.gw.log("expired", node=binding.identity)
        self._deny(binding)
        if binding.link.binding is not binding:
            self.forget(binding, "expired")
        elif binding.silenced:
            binding.state = State.SILENCED
        else:
            binding.requested, binding.prefixes = binding.prefixes, ()
            binding.requested4, binding.home4 = binding.home4 or binding.requested4, None
            self.begin_anew(binding)

    # -- refusal (6.9.1.2 (7) - (11)) --

    def _deny(self, binding: Binding) -> None:
        """6.9.1.2 (11): no advertisement of the prefixes, no forwarding."""
        cancel(binding.refresh_timer)
        cancel(binding.expiry_timer)
        served = binding.state is State.BOUND
        binding.state = State.REFUSED
        self.gw.remove_routes(binding)
        if binding.link.binding is binding:
            self.gw.advertiser.stop(binding.link)
            if served:
                self.gw.advertiser.withdraw(binding)

    def _refused(self, binding: Binding, request: Request, ack: Acknowledgement) -> None:
        exchange = binding.exchange
        self.gw.log("refused", node=binding.identity, status=ack.status)
        self._deny(binding)
        if ack.status == TIMESTAMP_LOWER:
            # (8): the timer of the exchange runs on and sends a later timestamp
            exchange.requests.clear()
            if request.kind is Kind.REGISTRATION:
                binding.state = State.REGISTERING
            return
        cancel(exchange.timer)
        binding.exchange = None
        if ack.status == PROXY_REG_NOT_ENABLED:
            self.gw.attachment.barred.add(binding.identity)
        elif self._may_ask_for_less(binding, request.update, ack.status):
            self.begin(binding, Kind.REGISTRATION)
            return
        self.gw.attachment.failed(binding)
        self.gw.dhcp4.settle(binding)

    def _may_ask_for_less(self, binding: Binding, update: Update, status: int) -> bool:
        """One more try: with any prefixes or address (155, 171), or with the other family (RFC 5844 3.2.3.2)."""
        store, identity = self.gw.attachment, binding.identity
        held, binding.home4 = binding.home4 or binding.requested4, None
        if status == NOT_AUTHORIZED_FOR_HNP:
            if binding.refused_prefixes or not any(p.usable() for p in update.prefixes):
                return False
            binding.refused_prefixes = True
            binding.requested, binding.prefixes, binding.requested4 = (), (), held
            return True
        if status in (NOT_AUTHORIZED_FOR_IPV4, NOT_AUTHORIZED_FOR_HOME4) and update.home4:
            binding.requested, binding.requested4 = binding.prefixes or binding.requested, None
            if status == NOT_AUTHORIZED_FOR_HOME4:
                store.barred_homes.add((identity, update.home4))
                return update.home4 != ANY_HOME4
            if self.cfg.faulty("ipv4-asked-after-170"):
                again, binding.refused_prefixes = not binding.refused_prefixes, True
                return again
            store.barred4.add(identity)
            return store.admits(identity, binding.versions)[1]
        if status == NOT_AUTHORIZED_FOR_IPV6 and update.prefixes:
            store.barred6.add(identity)
            binding.requested, binding.prefixes, binding.requested4 = (), (), held
            return store.admits(identity, binding.versions)[0]
        return False

    # -- administrative action --

    def administrative_action(self) -> None:
        for barred in (self.gw.attachment.barred, self.gw.attachment.barred4,
                       self.gw.attachment.barred6, self.gw.attachment.barred_homes):
            barred.clear()
        for binding in list(self.gw.bindings):
            binding.silenced = False
            if binding.state in (State.REFUSED, State.SILENCED, State.HALTED):
                self.begin_anew(binding)
            elif binding.state is State.BOUND and not binding.exchange:
                self.begin(binding, Kind.EXTENSION)

    def renumber(self, prefix: Prefix) -> None:
        """6.12: a home network prefix of a session has become invalid."""
        binding = next((b for b in self.gw.bindings if prefix in b.prefixes), None)
        if binding is None:
            raise Refused(f"{prefix} is in no session")
        self.gw.log("renumbered", node=binding.identity, prefix=prefix)
        binding.prefixes = tuple(p for p in binding.prefixes if p != prefix)
        binding.invalid = () if binding.prefixes else (prefix,)
        if not self.cfg.faulty("renumbered-routes-stay"):
            self.gw.install_routes(binding)
        if not self.cfg.faulty("renumbered-not-withdrawn"):
            binding.withdrawn[prefix] = 3
        self.gw.advertiser.advertise_now(binding.link)

    def farewell(self) -> None:
        for link in self.gw.links.values():
            if link.binding:
                self.gw.attachment.depart(link, "the gateway ends")


# ---------------------------------------------------------------------------
# 7. Home network emulation (6.7, 6.8, 6.9.2, 6.9.3)
# ---------------------------------------------------------------------------

MAX_INITIAL_ADVERTISEMENTS, MAX_INITIAL_INTERVAL = 3, 16.0      # RFC 4861 10
MIN_DELAY_BETWEEN_RAS = 3.0


class Advertiser:
    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg

    # -- what happens on the link --

    def solicited(self, link: AccessLink) -> None:
        """6.9.2 (1): answer now, or when the registration has completed."""
        if self.cfg.faulty("no-solicited-answer"):
            return
        if link.solicited_at is None:
            link.solicited_at = self.gw.now()
        self._answer_later(link)

    def _answer_later(self, link: AccessLink) -> None:
        if link.answer_timer and link.answer_timer.live:
            return
        if not self._ready(link):
            return
        due = link.solicited_at + self.gw.rng.uniform(0.25, 0.5) - self.gw.now()
        link.answer_timer = self.gw.timers.after(due, lambda: self._advertise(link))

    def accepted(self, binding: Binding, given: Optional[bytes], first: bool) -> None:
        """6.9.1.2 (14), (15)."""
        link = binding.link
        if self.cfg.fixed_link_local is None and (first or not link.link_local):
            self._choose_link_local(binding, given)
        if not link.link_local:
            return                      # after duplicate address detection
        if first:
            self.start(link)
        elif self.cfg.prefix_lifetime is None or binding.withdrawn:
            self._advertise(link)

    def visit(self, link: AccessLink) -> None:
        """6.14: the first advertisement to a regular node."""
        if link.link_local:
            self.start(link)
        else:
            self._make_link_local(link, upload=False)

    def start(self, link: AccessLink) -> None:
        if not link.link_local:
            return
        link.initial_left = MAX_INITIAL_ADVERTISEMENTS
        if link.solicited_at is not None:
            self._answer_later(link)
        else:
            self._advertise(link)

    def stop(self, link: AccessLink) -> None:
        cancel(link.answer_timer)
        cancel(link.periodic_timer)
        link.answer_timer = link.periodic_timer = link.solicited_at = None

    def advertise_now(self, link: AccessLink) -> None:
        if self._ready(link):
            self._advertise(link)

    def changed(self, path: bytes) -> None:
        """6.9.5: the MTU of the tunnel on a path is another; tell the nodes."""
        if self.cfg.faulty("smaller-mtu-kept-secret"):
            return
        for link in self.gw.links.values():
            if link.binding and link.binding.path == path and self._ready(link):
                self._advertise(link)

    # -- the message --

    def _ready(self, link: AccessLink) -> bool:
        """6.7: nothing is advertised before the registration is complete."""
        binding = link.binding
        bound = binding is not None and binding.state is State.BOUND and binding.ipv6
        return link.carrier and link.link_local is not None and (bound or link.visited)

    def _advertise(self, link: AccessLink) -> None:
        if not self._ready(link):
            return
        dst, mac = self._receiver(link.node)
        if is_multicast(dst):
            wait = link.last_multicast + MIN_DELAY_BETWEEN_RAS - self.gw.now()
            if wait > 0:
                cancel(link.answer_timer)
                link.answer_timer = self.gw.timers.after(wait, lambda: self._advertise(link))
                return
            link.last_multicast = self.gw.now()
        cancel(link.answer_timer)
        link.answer_timer = link.solicited_at = None
        packet = build_ra(link.link_local, dst, self._router_lifetime(), self.mtu(link),
                          self._prefixes(link), self.cfg.managed, self.cfg.other,
                          link.mac if self.cfg.ra_link_layer else None,
                          not self.cfg.faulty("prefix-off-link"))
        self.gw.log("advertisement", link=link.name, to=show(dst))
        self.gw.send_frame(link, mac, packet)
        self._periodic(link)

    @staticmethod
    def _receiver(node: Optional[Node]) -> tuple[bytes, bytes]:
        """The node's own address if known; the frame to its link-layer address."""
        dst = node.link_local if node and node.link_local and node.mac else ALL_NODES
        return dst, node.mac if node and node.mac else multicast_mac(ALL_NODES)

    def _router_lifetime(self) -> int:
        return min(9000, math.ceil(3 * self.cfg.ra_interval))

    def mtu(self, link: AccessLink) -> int:
        """6.9.5: the lower of tunnel MTU and access MTU."""
        if link.visited or not link.binding or self.cfg.faulty("access-mtu"):
            return link.mtu
        return max(MINIMUM_MTU, min(link.mtu, self.gw.path.tunnel_mtu(link.binding)))

    def _prefixes(self, link: AccessLink) -> list[AdvertisedPrefix]:
        if link.visited:
            return [AdvertisedPrefix(link.cfg.visited, 86400, 14400)]
        binding = link.binding
        if self.cfg.faulty("no-prefix"):
            return []
        valid = self.cfg.prefix_lifetime
        if valid is None:
            valid = max(1, math.ceil(binding.expires - self.gw.now()))
        preferred = valid + 3600 if self.cfg.faulty("prefix-lifetime") else valid
        items = [AdvertisedPrefix(p, valid, preferred) for p in binding.prefixes]
        for prefix, left in list(binding.withdrawn.items()):
            items.append(AdvertisedPrefix(prefix, 0, 0))            # 6.12
            if left > 1:
                binding.withdrawn[prefix] = left - 1
            else:
                del binding.withdrawn[prefix]
        return items

    def _periodic(self, link: AccessLink) -> None:
        """RFC 4861 6.2.4."""
        cancel(link.periodic_timer)
        interval = self.gw.rng.uniform(0.33 * self.cfg.ra_interval, self.cfg.ra_interval)
        if link.initial_left > 1:
            link.initial_left -= 1
            interval = min(interval, MAX_INITIAL_INTERVAL)
        link.periodic_timer = self.gw.timers.after(interval, lambda: self._advertise(link))

    def withdraw(self, binding: Binding) -> None:
        """The service has ended: lifetimes zero."""
        link = binding.link
        if not link.carrier or not binding.link_local or not binding.prefixes:
            return
        dst, mac = self._receiver(binding.node)
        items = [AdvertisedPrefix(p, 0, 0) for p in binding.prefixes]
        if self.cfg.faulty("no-prefix"):
            items = []
        self.gw.log("withdrawal", link=link.name, to=show(dst))
        self.gw.send_frame(link, mac, build_ra(
            binding.link_local, dst, 0, None, items, self.cfg.managed, self.cfg.other))

    # -- the gateway's link-local address (6.8, 6.9.1.2 (15)) --

    def _choose_link_local(self, binding: Binding, given: Optional[bytes]) -> None:
        link = binding.link
        if self.cfg.faulty("ignore-given-link-local"):
            given = link_local_from_mac(link.mac)
        usable = given is not None and is_link_local(given)
        if usable and (given not in link.node.claimed or self.cfg.faulty("node-address-taken")):
            link.link_local = binding.link_local = given
        else:
            self._make_link_local(link, upload=usable)

    def check_conflict(self, link: AccessLink) -> None:
        """The node turns out to use the very address that we were given."""
        binding = link.binding
        if self.cfg.faulty("node-address-taken"):
            return
        if (self.cfg.fixed_link_local is None and link.link_local
                and link.link_local in link.node.claimed and binding.state is State.BOUND):
            link.link_local = None
            self._make_link_local(link, upload=True)

    def _make_link_local(self, link: AccessLink, upload: bool) -> None:
        """A random address, tested by duplicate address detection (RFC 4862 5.4)."""
        binding = link.binding
        link.tentative = b"\xfe\x80" + bytes(7) + self.gw.rng.randbytes(7)
        group = solicited_node(link.tentative)
        mac = link.node.mac if link.node and link.node.mac else multicast_mac(group)
        tested = link.tentative
        self.gw.send_frame(link, mac, build_ns(UNSPECIFIED, group, tested, None))

        def unique() -> None:
            if link.binding is not binding or link.tentative != tested:
                return
            link.link_local, link.tentative = tested, None
            self.gw.log("link-local", link=link.name, address=show(tested))
            if binding:
                binding.link_local = tested
            self.start(link)
            if upload and binding and binding.state is State.BOUND:
                self.gw.signalling.begin(binding, Kind.EXTENSION)

        self.gw.timers.after(self.cfg.retrans_timer, unique)

    def duplicate(self, link: AccessLink) -> None:
        """Someone holds the tentative address: take another one."""
        if link.binding or link.visited:
            self._make_link_local(link, upload=True)


# ---------------------------------------------------------------------------
# 8. Path MTU (6.9.5) and errors from inside the tunnel (RFC 2473 8)
# ---------------------------------------------------------------------------

class PathMtu:
    AGEING = 600.0

    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg
        self.known: dict[bytes, int] = {}
        self.ageing: dict[bytes, Timer] = {}
        self.probes: dict[int, tuple[bytes, Timer]] = {}

    def path(self, lma: bytes) -> int:
        default = min(self.gw.core.mtu, self.cfg.path_mtu or self.gw.core.mtu)
        return self.known.get(lma, default)

    def tunnel_mtu(self, binding: Binding) -> int:
        """RFC 2473 6.7."""
        if binding.way:
            return self.gw.over4.mtu(binding.way)
        return self.path(binding.lma) - tunnel_header_size(self.cfg.encap_limit)

    def too_big(self, lma: bytes, mtu: int) -> None:
        """RFC 8201 4, RFC 1191 3: only ever lower, and never below the minimum.  The anchor's address may be that of IPv4."""
        least = MINIMUM_MTU if len(lma) == 16 else 68
        raises = self.cfg.faulty("path-mtu-raised") and mtu > self.path(lma)
        if self.cfg.faulty("path-mtu-ignored"):
            return
        if raises or least <= mtu < self.path(lma):
            self.known[lma] = mtu
            self.gw.log("path-mtu", lma=show(lma), mtu=mtu)
            cancel(self.ageing.get(lma))
            self.ageing[lma] = self.gw.timers.after(self.AGEING, lambda: self._forget(lma))
            self.gw.advertiser.changed(lma)

    def _forget(self, lma: bytes) -> None:
        self.known.pop(lma, None)
        self.gw.advertiser.changed(lma)

    def error(self, kind: int, code: int, body: bytes) -> None:
        """An error message came to the Proxy-CoA; body begins behind the checksum."""
        if len(body) < 44:
            return
        value, packet = struct.unpack("!I", body[:4])[0], body[4:]
        if packet[8:24] != self.cfg.core_address:
            return
        lma = packet[24:40]
        if lma not in self.gw.anchors():
            return
        if kind == TOO_BIG:
            self.too_big(lma, value)
        self.relay_error(kind, code, value, packet)

    def relay_error(self, kind: int, code: int, value: int, packet: bytes) -> None:
        """RFC 2473 8.2: tell the source of the original packet."""
        up = find_upper(packet)
        if up.protocol == PROTO_IPV4:
            self.gw.ipv4.relay_error(kind, code, value, packet, up.offset)
            return
        if up.protocol != PROTO_IPV6 or packet[6] == PROTO_FRAGMENT:
            return
        is_limit = kind == PARAMETER_PROBLEM and self.cfg.encap_limit is not None and value == 44
        if kind in (TOO_BIG, UNREACHABLE, TIME_EXCEEDED) or is_limit:
            self.tell_source(packet[24:40], TOO_BIG if kind == TOO_BIG else UNREACHABLE, value - up.offset, packet[up.offset:])

    def tell_source(self, lma: bytes, kind: int, mtu: int, inner: bytes) -> None:
        """The original packet, which may be cut, did not get through the tunnel to an anchor."""
        if len(inner) < 40 or inner[0] >> 4 != 6:
            return
        route = self.gw.routes.by_destination(inner[8:24])
        if route is None or route.lma != lma:
            return
        if kind == UNREACHABLE:
            self.gw.report(route.link, UNREACHABLE, 3, 0, inner)
        elif 40 + struct.unpack("!H", inner[4:6])[0] > MINIMUM_MTU:
            self.gw.report(route.link, TOO_BIG, 0, max(MINIMUM_MTU, mtu), inner)

    # -- probing with Echo Request (6.9.5) --

    def probe(self, lma: bytes) -> None:
        if not self.cfg.pmtu_probe:
            return
        ident = self.gw.rng.randrange(65536)
        fill = self.path(lma) - 48
        body = struct.pack("!HH", ident, 1) + bytes(fill)

        def unanswered() -> None:
            self.probes.pop(ident, None)
            if self.cfg.path_mtu:
                self.too_big(lma, self.cfg.path_mtu)

        timer = self.gw.timers.after(3.0, unanswered)
        self.probes[ident] = (lma, timer)
        self.gw.core.send(build_icmp(self.cfg.core_address, lma, ECHO_REQUEST, 0, body, 64))

    def echo_reply(self, src: bytes, body: bytes) -> None:
        ident = int.from_bytes(body[:2], "big")
        if ident in self.probes and self.probes[ident][0] == src:
            self.probes.pop(ident)[1].cancel()
            self.gw.log("path-mtu-confirmed", lma=show(src), mtu=self.path(src))


# ---------------------------------------------------------------------------
# 9. Forwarding (6.10.3 - 6.10.5)
# ---------------------------------------------------------------------------

class Forwarder:
    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg

    # -- packets sent by the mobile node --

    def from_node(self, link: AccessLink, head: Header, packet: bytes) -> None:
        route = self._route_for(link, head)
        if route is None:
            self._visitor(link, head, packet)
            return
        if is_link_local(head.dst) or head.dst == UNSPECIFIED or is_loopback(head.dst):
            return
        if is_multicast(head.dst) and head.dst[1] & 0x0F <= 2:
            return
        if head.hop_limit <= 1:
            self.gw.report(link, TIME_EXCEEDED, 0, 0, packet)
            return
        if self.is_local(route) and self._deliver_locally(link, head, packet):
            return
        self._into_tunnel(link, route, packet)

    def is_local(self, route) -> bool:
        """9.2: the policy of the node, if there is one, takes precedence over the variable."""
        if self.cfg.faulty("local-routing-always") or self.cfg.faulty("local-routing-never"):
            return self.cfg.faulty("local-routing-always")
        own = None if self.cfg.faulty("local-policy-ignored") else route.binding.local
        return self.cfg.local_routing if own is None else own

    def _route_for(self, link: AccessLink, head: Header) -> Optional[Route]:
        """Only sources from the node's prefixes, only with an established binding."""
        src = head.src
        if src == UNSPECIFIED or is_multicast(src) or is_loopback(src):
            return None
        if is_link_local(src):
            if self.cfg.faulty("link-local-forwarded"):
                return self.gw.routes.of_link(link)
            return None
        if self.cfg.faulty("foreign-source"):
            return self.gw.routes.of_link(link)
        return self.gw.routes.by_source(link, src)

    def _deliver_locally(self, link: AccessLink, head: Header, packet: bytes) -> bool:
        """6.10.3: between two links of this gateway, if that is allowed."""
        route = self.gw.routes.by_destination(head.dst)
        target = route.link if route else self._visited_link(head.dst)
        if target is None:
            return False
        if target is not link:
            self._onto_link(target, packet, link)
        return True

    def _into_tunnel(self, link: AccessLink, route: Route, packet: bytes) -> None:
        lma, way = route.lma, route.binding.way
        if lma not in self.gw.tunnels:
            return
        if (packet[8:24], packet[24:40]) == (self.cfg.core_address, lma):
            return                                              # RFC 2473 4.1.2
        limit, found = self.cfg.encap_limit, None if way else find_encapsulation_limit(packet)
        if found:                                               # RFC 2473 4.1.1
            if found[0] == 0:
                self.gw.report(link, PARAMETER_PROBLEM, 0, found[1], packet)
                return
            limit = found[0] - (0 if self.cfg.faulty("limit-not-lowered") else 1)
        path = self.gw.path.path(lma)
        mtu = self.gw.over4.mtu(way) if way else path - tunnel_header_size(limit)
        if len(packet) > mtu and len(packet) > MINIMUM_MTU \
                and not self.cfg.faulty("larger-packets-cut"):  # RFC 2473 7.1
            self.gw.report(link, TOO_BIG, 0, max(mtu, MINIMUM_MTU), packet)
            return
        inner = lower_hop_limit(packet, 2 if self.cfg.faulty("hop-limit-twice") else 1)
        ecn = ecn_at_entry(get_ecn(inner), self.cfg.ecn)
        if self.cfg.faulty("ecn-lost"):
            ecn = NOT_ECT
        if way:
            self.gw.over4.into_tunnel(way, inner, ecn)
            return
        outer = encapsulate(inner, self.cfg.core_address, lma, self.cfg.tunnel_hop_limit, ecn,
                            self.cfg.flow_label, limit)
        for piece in fragment(outer, path, self.gw.rng.getrandbits(32)):
            self.gw.core.send(piece)

    # -- packets sent to the mobile node's home network --

    def from_tunnel(self, outer: Header, pointer: int, packet: bytes, inner: bytes) -> None:
        if outer.src not in self.gw.tunnels:
            if self.cfg.closed_tunnel == "problem":
                self.gw.report_core(PARAMETER_PROBLEM, 1, pointer, packet)
            return
        self.out_of_tunnel(outer.src, outer.traffic_class, inner, lambda binding: binding.way is None)

    def out_of_tunnel(self, lma: bytes, traffic_class: int, inner: bytes, agreed: Callable[[Binding], bool]) -> None:
        """A packet of an anchor in a tunnel, which must be the one that was agreed on for the session."""
        try:
            head, inner = split_ipv6(inner)
        except Malformed:
            return
        route = self.gw.routes.by_destination(head.dst)
        if route is None or route.lma != lma or not agreed(route.binding):
            self.gw.log("no-link-for", address=show(head.dst))
            return                                              # silently
        if (head.src == UNSPECIFIED or is_multicast(head.src) or is_link_local(head.src)
                or is_loopback(head.src)):
            return
        ecn = ecn_at_exit(get_ecn(inner), traffic_class & 3, self.cfg.ecn)
        if self.cfg.faulty("ecn-lost-at-exit") or (route.binding.way and self.cfg.faulty("transport-ecn-lost")):
            ecn = get_ecn(inner)
        if ecn is None:
            return
        if head.hop_limit <= 1:
            self.gw.report_core(TIME_EXCEEDED, 0, 0, inner)
            return
        self._onto_link(route.link, set_ecn(inner, ecn), None)

    def _onto_link(self, link: AccessLink, packet: bytes, origin: Optional[AccessLink]) -> None:
        if len(packet) > link.mtu:
            if origin:
                self.gw.report(origin, TOO_BIG, 0, link.mtu, packet)
            else:
                self.gw.report_core(TOO_BIG, 0, link.mtu, packet)
            return
        self.gw.deliver(link, lower_hop_limit(packet))

    # -- nodes with regular access (6.14) --

    def _visited_link(self, addr: bytes) -> Optional[AccessLink]:
        for link in self.gw.links.values():
            if link.visited and link.cfg.visited.covers(addr):
                return link
        return None

    def _visitor(self, link: AccessLink, head: Header, packet: bytes) -> None:
        """A regular node: routed like by any router."""
        if not link.visited or not link.cfg.visited.covers(head.src):
            return
        if self.cfg.faulty("visitor-dropped"):
            return
        if is_link_local(head.dst) or (is_multicast(head.dst) and head.dst[1] & 0x0F <= 2):
            return
        if head.hop_limit <= 1:
            self.gw.report(link, TIME_EXCEEDED, 0, 0, packet)
        elif self._visited_link(head.dst):
            self._deliver_locally(link, head, packet)
        elif self.cfg.local_routing and self._deliver_locally(link, head, packet):
            pass
        elif len(packet) > self.gw.core.mtu:
            self.gw.report(link, TOO_BIG, 0, self.gw.core.mtu, packet)
        else:
            self.gw.core.send(lower_hop_limit(packet))

    def from_core(self, head: Header, packet: bytes) -> None:
        """A packet that is not for the gateway: perhaps for a regular node."""
        link = self._visited_link(head.dst)
        if link is None or is_link_local(head.src) or head.src == UNSPECIFIED:
            return
        if head.hop_limit <= 1:
            self.gw.report_core(TIME_EXCEEDED, 0, 0, packet)
        else:
            self._onto_link(link, packet, None)


# ---------------------------------------------------------------------------
# 10. DHCPv6 relay (6.11, RFC 3315 20)
# ---------------------------------------------------------------------------

RELAY_FORWARD, RELAY_REPLY = 12, 13
OPT_RELAY_MESSAGE, OPT_INTERFACE_ID = 9, 18
HOP_COUNT_LIMIT = 32


def build_udp(src: bytes, dst: bytes, sport: int, dport: int, data: bytes,
              hop_limit: int = 64) -> bytes:
    octets = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    return build_ipv6(src, dst, PROTO_UDP, with_checksum(src, dst, PROTO_UDP, octets, 6),
                      hop_limit)


def dhcp_options(octets: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 4 <= len(octets):
        kind, size = struct.unpack("!HH", octets[at:at + 4])
        if at + 4 + size > len(octets):
            raise Malformed("DHCP option")
        found.setdefault(kind, octets[at + 4:at + 4 + size])
        at += 4 + size
    return found


class DhcpRelay:
    def __init__(self, gw: "Gateway") -> None:
        self.gw = gw
        self.cfg = gw.cfg

    def from_client(self, link: AccessLink, head: Header, message: bytes) -> None:
        binding = link.binding
        if not self.cfg.dhcp_server or not message:
            return
        if not binding or binding.state is not State.BOUND or not binding.prefixes:
            return
        hops = 0
        if message[0] == RELAY_FORWARD:
            hops = message[1] + 1 if len(message) > 1 else HOP_COUNT_LIMIT + 1
            if hops > HOP_COUNT_LIMIT:
                return
        link_address = binding.prefixes[0].octets[:8] + bytes.fromhex("5213000000000001")
        if self.cfg.faulty("dhcp-no-link-address"):
            link_address = UNSPECIFIED
        body = bytes([RELAY_FORWARD, hops]) + link_address + head.src
        for kind, data in ((OPT_INTERFACE_ID, link.name.encode()), (OPT_RELAY_MESSAGE, message)):
            body += struct.pack("!HH", kind, len(data)) + data
        self.gw.core.send(build_udp(self.cfg.core_address, self.cfg.dhcp_server, 547, 547, body,
                                    32 if is_multicast(self.cfg.dhcp_server) else 64))

    def from_server(self, message: bytes) -> None:
        if not self.cfg.dhcp_server or len(message) < 34 or message[0] != RELAY_REPLY:
            return
        link_address, peer = message[2:18], message[18:34]
        options = dhcp_options(message[34:])
        inner = options.get(OPT_RELAY_MESSAGE)
        name = options.get(OPT_INTERFACE_ID)
        if name is not None:
            link = self.gw.links.get(name.decode("ascii", "replace"))
        else:
            route = self.gw.routes.by_destination(link_address)
            link = route.link if route else None
        if link and inner and link.link_local:
            port = 547 if inner[0] == RELAY_REPLY else 546
            self.gw.deliver(link, build_udp(link.link_local, peer, 547, port, inner))


# ---------------------------------------------------------------------------
# 11. The gateway: what comes in, what goes out
# ---------------------------------------------------------------------------

class Gateway:
    """All parts together.  `wire` sends frames, `now` and `wall` are clocks."""

    def __init__(self, cfg: Config, wire, now: Callable[[], float], wall: Callable[[], float],
                 log: Callable[..., None], rng: random.Random) -> None:
        self.cfg, self.wire, self.now, self.wall, self.log, self.rng = (
            cfg, wire, now, wall, log, rng)
        self.timers = Timers(now)
        self.policy = Policy(cfg)
        self.links = {c.name: AccessLink(c, cfg.fixed_link_local) for c in cfg.links}
        self.bindings: list[Binding] = []               # the Binding Update List
        self.routes = Routes(lambda binding: binding.prefixes)
        self.tunnels: dict[bytes, float] = {}           # anchor -> time of creation
        self.core = CorePort(self)
        self.attachment = Attachment(self)
        self.signalling = Signalling(self)
        self.advertiser = Advertiser(self)
        self.path = PathMtu(self)
        self.forwarder = Forwarder(self)
        self.dhcp = DhcpRelay(self)
        self.ipv4 = Ipv4(self)
        self.over4 = Over4(self) if cfg.core4 else None
        self.dhcp4 = Dhcp4(self)
        self.reassembler = Reassembler()
        self.errors = TokenBucket()

    # -- interfaces --

    def interface(self, name: str, up: bool, mac: bytes, mtu: int) -> None:
        """State of an interface, at the start and whenever it changes."""
        if name == self.cfg.core:
            self.core.mac = mac
            if self.core.mtu != mtu:
                self.core.mtu = mtu
                for path in {binding.path for binding in self.bindings}:
                    self.advertiser.changed(path)
        elif name in self.links:
            link = self.links[name]
            link.own_mac, link.mtu = mac, min(mtu, link.cfg.mtu or mtu)
            if not link.binding:
                link.mac = self.cfg.fixed_mac or mac
            self.attachment.carrier(link, up)

    def is_down(self, name: str) -> bool:
        return name in self.links and not self.links[name].carrier

    def rise(self, name: str) -> None:
        """A frame that has come through an access link shows its carrier."""
        self.attachment.carrier(self.links[name], True)

    def receive(self, name: str, frame: bytes) -> None:
        kind = frame[12:14]
        if frame[6:7] == b"" or frame[6] & 1:
            return
        try:
            if kind in (ETH_IPV4, ETH_ARP) and name in self.links:
                self.ipv4.receive(self.links[name], frame)
            elif kind in (ETH_IPV4, ETH_ARP) and self.over4:
                self.over4.receive(frame)
            if len(frame) < 54 or kind != b"\x86\xdd":
                return
            head, packet = split_ipv6(frame[14:])
            if name == self.cfg.core:
                if frame[:6] == self.core.mac or frame[0] & 1:
                    self._from_core(head, packet, frame[6:12])
            elif name in self.links:
                link = self.links[name]
                if frame[:6] == link.mac or frame[0] & 1:
                    self._from_access(link, head, packet, frame[6:12])
        except Malformed as problem:
            self.log("malformed", interface=name, problem=problem)

    # -- tunnels and routes (5.6.1, 6.9.1.2 (12) (13), 6.9.1.4) --

    def anchors(self) -> set[bytes]:
        return set(self.tunnels) | {b.lma for b in self.bindings}

    def install_routes(self, binding: Binding) -> None:
        if binding.lma not in self.tunnels:
            self.tunnels[binding.lma] = self.now()
            self.log("tunnel-created", lma=show(binding.path))
            if not binding.way:
                self.path.probe(binding.lma)
        self.routes.install(binding)
        self.ipv4.routes.install(binding)
        self._sweep_tunnels()

    def remove_routes(self, binding: Binding) -> None:
        if self.cfg.faulty("route-outlives-binding"):
            return
        self.routes.remove(binding)
        self.ipv4.routes.remove(binding)
        self._sweep_tunnels()

    def _sweep_tunnels(self) -> None:
        """5.6.1: a tunnel lives as long as a node uses it."""
        for lma in [t for t in self.tunnels
                    if not self.routes.through(t) and not self.ipv4.routes.through(t)]:
            if not self.cfg.faulty("tunnel-never-goes"):
                del self.tunnels[lma]
                self.log("tunnel-deleted", lma=show(lma))

    def tear_down(self, binding: Binding) -> None:
        """6.9.1.4 (4): the point-to-point link ends."""
        if not binding.link.carrier or self.cfg.faulty("link-stays"):
            return
        self.advertiser.withdraw(binding)
        if self.cfg.teardown == "carrier":
            self.wire.cycle(binding.link.name)

    # -- sending on access links --

    def send_frame(self, link: AccessLink, mac: bytes, packet: bytes) -> None:
        if link.carrier:
            self.wire.send(link.name, mac + link.mac + b"\x86\xdd" + packet)

    def deliver(self, link: AccessLink, packet: bytes) -> None:
        dst, node = packet[24:40], link.node
        if node and node.mac:
            self.send_frame(link, node.mac, packet)
        elif is_multicast(dst):
            self.send_frame(link, multicast_mac(dst), packet)
        else:
            waiting = link.pending.setdefault(dst, [])
            waiting.append(packet)
            del waiting[:-8]
            if len(waiting) == 1:
                self._resolve(link, dst, 3)

    def _resolve(self, link: AccessLink, dst: bytes, left: int) -> None:
        if dst not in link.pending:
            return
        if left == 0 or not link.link_local:
            link.pending.pop(dst)
            return
        group = solicited_node(dst)
        self.send_frame(link, multicast_mac(group),
                        build_ns(link.link_local, group, dst, link.mac))
        self.timers.after(self.cfg.retrans_timer, lambda: self._resolve(link, dst, left - 1))

    def report(self, link: AccessLink, kind: int, code: int, value: int, packet: bytes) -> None:
        """An ICMP error to the node on a link."""
        if may_report(packet, kind, code) and self.errors.take(self.now()):
            src = link.link_local or self.cfg.core_address
            self.deliver(link, build_icmp_error(src, kind, code, value, packet))

    def report_core(self, kind: int, code: int, value: int, packet: bytes) -> None:
        """An ICMP error to a source beyond the core link."""
        if may_report(packet, kind, code) and self.errors.take(self.now()):
            self.core.send(build_icmp_error(self.cfg.core_address, kind, code, value, packet))

    # -- packets on the core link --

    def _from_core(self, head: Header, packet: bytes, mac: bytes) -> None:
        if not self.core.hears(head.dst):
            if not is_multicast(head.dst):
                self.forwarder.from_core(head, packet)
            return
        whole = self.reassembler.add(packet, self.now())
        if whole is None:
            return
        head, packet = split_ipv6(whole)
        up = find_upper(packet)
        if up.problem:
            self.report_core(PARAMETER_PROBLEM, *up.problem, packet)
        if up.problem or up.discard:
            return
        if up.protocol == PROTO_ICMPV6:
            self._core_icmp(head, up, packet, mac)
        elif self.core.owns(head.dst):
            self._core_upper(head, up, packet)

    def _core_upper(self, head: Header, up: Upper, packet: bytes) -> None:
        if up.protocol == PROTO_MOBILITY:
            self._mobility(head, up, packet)
        elif up.protocol == PROTO_IPV6 and head.dst == self.cfg.core_address:
            self.forwarder.from_tunnel(head, up.pointer, packet, packet[up.offset:])
        elif up.protocol == PROTO_IPV4 and head.dst == self.cfg.core_address:
            self.ipv4.from_tunnel(head, up.pointer, packet, packet[up.offset:])
        elif up.protocol == PROTO_UDP:
            data = packet[up.offset:]
            if len(data) >= 8 and data[2:4] == b"\x02\x23":
                if checksum(head.src, head.dst, PROTO_UDP, data) == 0:
                    self.dhcp.from_server(data[8:])
            else:
                self.report_core(UNREACHABLE, 4, 0, packet)
        elif up.protocol not in (PROTO_NONE, socket.IPPROTO_TCP):
            self.report_core(PARAMETER_PROBLEM, 1, up.pointer, packet)

    def _core_icmp(self, head: Header, up: Upper, packet: bytes, mac: bytes) -> None:
        message = packet[up.offset:]
        if len(message) < 8 or checksum(head.src, head.dst, PROTO_ICMPV6, message):
            return
        kind = message[0]
        if kind in (NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT):
            self.core.discovery(head, parse_discovery(head, message), mac)
        elif kind == ECHO_REQUEST:
            if head.src != UNSPECIFIED and not is_multicast(head.src):
                src = head.dst if self.core.owns(head.dst) else self.cfg.core_address
                self.core.send(build_icmp(src, head.src, ECHO_REPLY, 0, message[4:], 64))
        elif kind == ECHO_REPLY:
            self.path.echo_reply(head.src, message[4:])
        elif kind <= PARAMETER_PROBLEM and head.dst == self.cfg.core_address:
            self.path.error(kind, message[1], message[4:])

    def _mobility(self, head: Header, up: Upper, packet: bytes) -> None:
        """RFC 6275 9.2, in its order."""
        header = packet[up.offset:]
        if len(header) < 8 or 8 + 8 * header[1] > len(header):
            return
        header = header[:8 + 8 * header[1]]
        destinations = [head.dst] + ([up.home_address] if up.home_address else [])
        right = any(checksum(head.src, d, PROTO_MOBILITY, header) == 0 for d in destinations)
        if not right and not self.cfg.faulty("no-checksum"):
            self.log("mobility-checksum", src=show(head.src))
            return
        kind = header[2]
        if kind not in MH_MINIMUM:
            self._binding_error(head)
        elif header[0] != PROTO_NONE:
            self.report_core(PARAMETER_PROBLEM, 0, up.offset, packet)
        elif header[1] < MH_MINIMUM[kind]:
            self.report_core(PARAMETER_PROBLEM, 0, up.offset + 1, packet)
        elif kind == MH_ACKNOWLEDGEMENT:
            self.signalling.acknowledgement(head.src, header)
        else:
            self.log("mobility-unused", kind=kind, src=show(head.src))

    def _binding_error(self, head: Header) -> None:
        """RFC 6275 9.3.3: unrecognized type, status 2."""
        if is_multicast(head.src) or head.src == UNSPECIFIED or not self.errors.take(self.now()):
            return
        data = bytes([2, 0]) + UNSPECIFIED
        header = build_mobility(self.cfg.core_address, head.src, MH_ERROR, data)
        self.core.send(build_ipv6(self.cfg.core_address, head.src, PROTO_MOBILITY, header))

    # -- packets on an access link --

    def _from_access(self, link: AccessLink, head: Header, packet: bytes, mac: bytes) -> None:
        if not link.carrier:
            return
        self.attachment.heard(link, mac, head.src)
        if (head.dst == link.link_local or self._is_anycast(link, head.dst)
                or (is_multicast(head.dst) and head.dst[1] & 0x0F <= 2)):
            self._to_gateway(link, head, packet, mac)
        elif link.node is None or link.node.mac in (None, mac):
            self.forwarder.from_node(link, head, packet)

    @staticmethod
    def _is_anycast(link: AccessLink, addr: bytes) -> bool:
        """6.8: the Subnet-Router anycast addresses are the gateway's."""
        return bool(link.binding and link.binding.state is State.BOUND
                    and any(p.octets == addr and p.length < 128 for p in link.binding.prefixes))

    def _to_gateway(self, link: AccessLink, head: Header, packet: bytes, mac: bytes) -> None:
        up = find_upper(packet)
        if up.discard or up.problem:
            return
        message = packet[up.offset:]
        if len(message) < 8 or checksum(head.src, head.dst, up.protocol, message):
            return
        if up.protocol == PROTO_UDP and message[2:4] == b"\x02\x23":
            self.dhcp.from_client(link, head, message[8:])
        elif up.protocol == PROTO_ICMPV6:
            if message[0] == ECHO_REQUEST:
                self._echo(link, head, message, mac)
            elif message[0] in (ROUTER_SOLICITATION, NEIGHBOR_SOLICITATION,
                                NEIGHBOR_ADVERTISEMENT):
                self._access_discovery(link, head, parse_discovery(head, message), mac)

    def _echo(self, link: AccessLink, head: Header, message: bytes, mac: bytes) -> None:
        if head.src == UNSPECIFIED or is_multicast(head.src) or not link.link_local:
            return
        self.send_frame(link, mac, build_icmp(link.link_local, head.src, ECHO_REPLY, 0,
                                              message[4:], 64))

    def _access_discovery(self, link: AccessLink, head: Header, found: Discovery,
                          mac: bytes) -> None:
        if found.kind == ROUTER_SOLICITATION:
            self.attachment.noticed(link, mac, head.src, "rs")
            if link.node and link.node.mac in (None, mac):
                self.advertiser.solicited(link)
        elif found.kind == NEIGHBOR_SOLICITATION:
            if head.src == UNSPECIFIED:
                self._duplicate_test(link, found, mac)
            else:
                self._answer_neighbor(link, head, found, mac)
        elif found.target == link.tentative:
            self.advertiser.duplicate(link)
        else:
            for packet in link.pending.pop(found.target, []):
                self.send_frame(link, found.mac or mac, packet)

    def _duplicate_test(self, link: AccessLink, found: Discovery, mac: bytes) -> None:
        """The node tests an address.  Ours is defended, others are noted."""
        self.attachment.noticed(link, mac, UNSPECIFIED, "dad")
        if found.target == link.tentative:
            self.advertiser.duplicate(link)
        elif found.target == link.link_local or self._is_anycast(link, found.target):
            self.send_frame(link, multicast_mac(ALL_NODES), build_na(
                found.target, ALL_NODES, found.target, link.mac, True, False, True)
                if found.target == link.link_local else build_na(
                    link.link_local, ALL_NODES, found.target, link.mac, True, False, False))
        elif link.node and link.node.mac == mac:
            link.node.claimed.add(found.target)

    def _answer_neighbor(self, link: AccessLink, head: Header, found: Discovery,
                         mac: bytes) -> None:
        if not link.link_local:
            return
        own = found.target == link.link_local
        if own or self._is_anycast(link, found.target):
            shown = link.mac if is_multicast(head.dst) else None
            self.send_frame(link, found.mac or mac, build_na(
                link.link_local, head.src, found.target, shown, True, True, own))


# ---------------------------------------------------------------------------
# 12. Sockets
# ---------------------------------------------------------------------------

ETH_P_ALL = 3
SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC, PACKET_OUTGOING = 263, 1, 1, 4
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP, IFF_LOWER_UP = 0x8913, 0x8914, 0x1, 0x10000
SIOCETHTOOL, ETHTOOL_GLINK = 0x8946, 0x0A
RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK, RTMGRP_LINK = 16, 17, 18, 1
IFLA_ADDRESS, IFLA_IFNAME, IFLA_MTU = 1, 3, 4


@dataclass(frozen=True)
class LinkState:
    index: int
    name: str
    up: bool
    mac: bytes
    mtu: int


def parse_link_messages(octets: bytes) -> list[LinkState]:
    """rtnetlink: the state of interfaces."""
    found, at = [], 0
    while at + 16 <= len(octets):
        size, kind = struct.unpack("=IH", octets[at:at + 6])
        if size < 16:
            break
        if kind in (RTM_NEWLINK, RTM_DELLINK) and size >= 32:
            index, flags = struct.unpack("=iI", octets[at + 20:at + 28])
            attributes = parse_attributes(octets[at + 32:at + size])
            name = attributes.get(IFLA_IFNAME, b"").rstrip(b"\0").decode("utf-8", "replace")
            up = kind == RTM_NEWLINK and bool(flags & IFF_UP) and bool(flags & IFF_LOWER_UP)
            mtu = int.from_bytes(attributes.get(IFLA_MTU, b"\xdc\x05\0\0"), sys.byteorder)
            found.append(LinkState(0 if kind == RTM_DELLINK else index, name, up,
                                   attributes.get(IFLA_ADDRESS, bytes(6)), mtu))
        at += (size + 3) & ~3
    return found


def parse_attributes(octets: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 4 <= len(octets):
        size, kind = struct.unpack("=HH", octets[at:at + 4])
        if size < 4:
            break
        found[kind] = octets[at + 4:at + size]
        at += (size + 3) & ~3
    return found


class Wire:
    """AF_PACKET sockets, one per interface, and the netlink socket."""

    def __init__(self, names: list[str], selector: selectors.BaseSelector,
                 log: Callable[..., None]) -> None:
        self.names, self.selector, self.log = set(names), selector, log
        self.sockets: dict[str, socket.socket] = {}
        self.indices: dict[str, int] = {}
        self.netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self.netlink.bind((0, RTMGRP_LINK))
        self.netlink.setblocking(False)
        self.selector.register(self.netlink, selectors.EVENT_READ, "netlink")

    def ask_links(self) -> None:
        self.netlink.send(struct.pack("=IHHIIB15x", 32, RTM_GETLINK, 0x301, 1, 0, 0))

    def link_states(self) -> list[LinkState]:
        """What netlink has to say; sockets follow interfaces that were replaced."""
        states = []
        while True:
            try:
                octets = self.netlink.recv(1 << 18)
            except BlockingIOError:
                return [s for s in states if s.name in self.names]
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self.ask_links()
                continue
            states += parse_link_messages(octets)

    def follow(self, state: LinkState) -> None:
        if state.index and self.indices.get(state.name) != state.index:
            self._open(state.name, state.index)

    def _open(self, name: str, index: int) -> None:
        old = self.sockets.pop(name, None)
        if old:
            self.selector.unregister(old)
            old.close()
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        sock.bind((name, ETH_P_ALL))
        sock.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP,
                        struct.pack("=iHH8s", index, PACKET_MR_PROMISC, 0, b""))
        sock.setblocking(False)
        self.sockets[name], self.indices[name] = sock, index
        self.selector.register(sock, selectors.EVENT_READ, name)

    def send(self, name: str, frame: bytes) -> None:
        sock = self.sockets.get(name)
        try:
            if sock:
                sock.send(frame)
        except OSError as error:
            self.log("send-failed", interface=name, error=error.strerror)

    def receive(self, name: str) -> list[bytes]:
        frames = []
        while name in self.sockets and len(frames) < 64:
            try:
                frame, source = self.sockets[name].recvfrom(1 << 17)
            except BlockingIOError:
                break
            except OSError:             # the interface went down
                break
            if source[2] != PACKET_OUTGOING:
                frames.append(frame)
        return frames

    def has_carrier(self, name: str) -> bool:
        """Linux tells of a carrier that has come a little later than frames may arrive."""
        value = array.array("I", [ETHTOOL_GLINK, 0])
        try:
            fcntl.ioctl(self.sockets[name], SIOCETHTOOL,
                        struct.pack("16sP16x", name.encode(), value.buffer_info()[0]))
        except (OSError, KeyError):
            return False
        return bool(value[1])

    def cycle(self, name: str) -> None:
        """Take an interface down and up again."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            request = struct.pack("16sH14x", name.encode(), 0)
            try:
                flags = struct.unpack("16xH14x", fcntl.ioctl(sock, SIOCGIFFLAGS, request))[0]
                for value in (flags & ~IFF_UP, flags | IFF_UP):
                    fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sH14x", name.encode(), value))
                    time.sleep(0.02)
            except OSError as error:
                self.log("cycle-failed", interface=name, error=error.strerror)


def log_line(event: str, **values) -> None:
    text = " ".join(f"{name}={escape(value)}" for name, value in values.items())
    sys.stderr.write(f"{event} t={time.monotonic():.3f} {text}\n".replace(" \n", "\n"))
    sys.stderr.flush()


class Refused(Exception):
    """A command of the operator that cannot be carried out, and why."""


def timestamp_of(text: str) -> int:
    """A time of day with fractions of any length, in units of 1/65536 s (8.8)."""
    whole, _, rest = text.partition(".")
    digits = re.match(r"\d*", rest).group()
    moment = datetime.datetime.fromisoformat(whole + rest[len(digits):])
    return (int(moment.timestamp()) << 16) + ((int(digits or 0) << 16) // 10 ** len(digits))


class Operation:
    """What an operator or the access network tells the gateway.

    set NAME VALUE, renumber PREFIX, hint LINK 1|2|3|4|none, timestamp LINK TIME|none
    """

    def __init__(self, gw: Gateway, file: Optional[str]) -> None:
        self.gw, self.cfg, self.file = gw, gw.cfg, file
        self.variables: dict[str, str] = {}
        if file and os.path.exists(file) and not self.cfg.faulty("variables-forgotten"):
            with open(file, encoding="utf-8") as text:
                for line in text:
                    self.set(*line.split())

    def obey(self, words: list[str]) -> str:
        actions = {("set", 3): self.set_and_keep, ("renumber", 2): self.renumber,
                   ("hint", 3): self.hint, ("timestamp", 3): self.time}
        action = actions.get((words[0], len(words)))
        try:
            if action is None:
                raise Refused("unknown command")
            action(*words[1:])
        except (Refused, ValueError, KeyError) as problem:
            return f"refused: {problem}"
        return "done"

    def renumber(self, prefix: str) -> None:
        self.gw.signalling.renumber(Prefix.parse(prefix))

    def hint(self, link: str, value: str) -> None:
        self.gw.links[link].hint = None if value == "none" else int(value)

    def time(self, link: str, value: str) -> None:
        self.gw.links[link].given_time = None if value == "none" else timestamp_of(value)

    def set_and_keep(self, name: str, value: str) -> None:
        """9.2, 9.3: the value survives a restart."""
        self.set(name, value)
        if self.file:
            with open(self.file + ".new", "w", encoding="utf-8") as text:
                text.writelines(f"{name} {value}\n" for name, value in self.variables.items())
            os.replace(self.file + ".new", self.file)

    def set(self, name: str, value: str) -> None:
        cfg = self.cfg
        if cfg.faulty("variables-fixed"):
            return
        if name == "EnableMAGLocalRouting":
            cfg.local_routing = value == "1"
        elif name == "TimestampBasedApproachInUse":
            if value == "0" and cfg.node_timestamps:
                raise Refused("mobile nodes generate timestamps")
            cfg.timestamps = value == "1"
        elif name == "MobileNodeGeneratedTimestampInUse":
            if value == "1" and not cfg.timestamps:
                raise Refused("timestamps are not in use")
            cfg.node_timestamps = value == "1"
        elif name == "ForceIPv4UDPEncapsulationSupport" and cfg.core4 and cfg.edition != DRAFT_02:
            cfg.force_udp = value == "1"
        elif name == "RequestIPv4UDPEncapsulationSupport" and cfg.core4 and cfg.edition == DRAFT_04:
            cfg.request_udp = value == "1"
        elif name == "FixedMAGLinkLocalAddressOnAllAccessLinks":
            fixed = address(value)
            cfg.fixed_link_local = fixed if any(fixed) else None
        elif name == "FixedMAGLinkLayerAddressOnAllAccessLinks":
            fixed = bytes(6) if value == "::" else parse_mac(value)
            cfg.fixed_mac = fixed if any(fixed) else None
        else:
            raise Refused(f"{name} is no variable of this gateway")
        for link in self.gw.links.values():
            if not link.binding and not link.visited:
                link.link_local, link.mac = cfg.fixed_link_local, cfg.fixed_mac or link.own_mac
        self.variables[name] = value


ANSWER = "FOREIGN_MAG_ANSWER"       # the connection that awaits the end of a restart


class Process:
    """The event loop around a gateway."""

    def __init__(self, cfg: Config, seed: Optional[int], control: Optional[str] = None,
                 variables: Optional[str] = None) -> None:
        self.cfg = cfg
        self.selector = selectors.PollSelector()
        self.wire = Wire([cfg.core] + [c.name for c in cfg.links], self.selector, log_line)
        self.gateway = Gateway(cfg, self.wire, time.monotonic, time.time, log_line,
                               random.Random(seed))
        self.operation = Operation(self.gateway, variables)
        self.control = None
        if control:
            if os.path.exists(control):
                os.unlink(control)
            self.control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self.control.bind(control)
            self.control.listen()
            self.selector.register(self.control, selectors.EVENT_READ, "control")
        self.ending = False
        self.wakeup, writer = socket.socketpair()
        self.wakeup.setblocking(False)
        writer.setblocking(False)
        self._writer = writer
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        self.selector.register(self.wakeup, selectors.EVENT_READ, "signal")
        self.selector.register(sys.stdin.fileno(), selectors.EVENT_READ, "stdin")

    def run(self) -> None:
        self.wire.ask_links()
        self._wait_for_interfaces()
        log_line("ready", core=self.cfg.core, address=show(self.cfg.core_address),
                 lma=show(self.cfg.lma), faults=",".join(sorted(self.cfg.faults)) or "none")
        self._tell_ready()
        while not self.ending:
            self._turn(None)
        if self.cfg.deregister_at_exit:
            self.gateway.signalling.farewell()
            end = time.monotonic() + self.cfg.initial_timeout + 0.5
            while self.gateway.bindings and time.monotonic() < end:
                self._turn(0.05)

    @staticmethod
    def _tell_ready() -> None:
        restarter = os.environ.pop(ANSWER, None)
        if restarter is None:
            print("ready", flush=True)
            return
        with socket.socket(fileno=int(restarter)) as connection:
            connection.send(b"done")

    def _command(self) -> None:
        """One command of one connection; the answer to "restart" comes from the new program."""
        connection, _ = self.control.accept()
        with connection:
            words = connection.recv(4096).decode("utf-8", "replace").split("\n")
            log_line("command", words=" ".join(words))
            if words == ["restart"]:
                connection.set_inheritable(True)
                os.environ[ANSWER] = str(connection.fileno())
                os.execv(sys.executable, [sys.executable, *sys.argv])
            connection.send(self.operation.obey(words).encode())

    def _wait_for_interfaces(self) -> None:
        end = time.monotonic() + 2
        while self.wire.names - set(self.wire.indices):
            if time.monotonic() > end:
                missing = ", ".join(sorted(self.wire.names - set(self.wire.indices)))
                raise SystemExit(f"no such interface: {missing}")
            self._turn(0.05)

    def _turn(self, longest: Optional[float]) -> None:
        due = self.gateway.timers.next_time()
        waits = [w for w in (longest, None if due is None else due - time.monotonic())
                 if w is not None]
        for key, _ in self.selector.select(max(0.0, min(waits)) if waits else None):
            self._event(key.data)
        self.gateway.timers.run_due()

    def _follow_links(self) -> None:
        for state in self.wire.link_states():
            self.wire.follow(state)
            self.gateway.interface(state.name, state.up, state.mac[:6], state.mtu)

    def _event(self, source: str) -> None:
        if source == "netlink":
            self._follow_links()
        elif source == "control":
            self._command()
        elif source == "stdin":
            if not os.read(sys.stdin.fileno(), 4096):
                self.ending = True
                self.selector.unregister(sys.stdin.fileno())
        elif source == "signal":
            for number in self.wakeup.recv(64):
                if number == signal.SIGHUP:
                    log_line("administrative-action")
                    self.gateway.signalling.administrative_action()
                else:
                    self.ending = True
        else:
            frames = self.wire.receive(source)
            if frames and self.gateway.is_down(source):
                self._follow_links()
                if self.gateway.is_down(source) and self.wire.has_carrier(source):
                    self.gateway.rise(source)
            for frame in frames:
                self.gateway.receive(source, frame)


# ---------------------------------------------------------------------------
# 13. Command line
# ---------------------------------------------------------------------------

def _keys(text: str, allowed: set[str]) -> tuple[str, dict[str, str]]:
    first, *rest = text.split(",")
    pairs = dict(item.partition("=")[::2] for item in rest)
    if set(pairs) - allowed:
        raise argparse.ArgumentTypeError(f"unknown key in {text}")
    return first, pairs


def _common_keys(pairs: dict[str, str]) -> dict:
    values = {}
    if "lma" in pairs:
        values["lma"] = address(pairs["lma"])
    if "hnp" in pairs:
        values["prefixes"] = tuple(pairs["hnp"].split("+"))
    if "handoff" in pairs:
        values["handoff"] = int(pairs["handoff"])
    return values


def parse_access(text: str) -> LinkConfig:
    """IF[,id=NAI][,mac=M][,att=N][,lma=A][,hnp=P+P][,handoff=N][,visited=P][,mtu=N]"""
    name, pairs = _keys(text, {"id", "mac", "att", "lma", "hnp", "handoff", "visited", "mtu"})
    values = _common_keys(pairs)
    values["prefixes"] = tuple(Prefix.parse(p) for p in values.get("prefixes", ()))
    if "mtu" in pairs:
        values["mtu"] = int(pairs["mtu"])
    if "id" in pairs:
        values["identity"] = pairs["id"].encode()
    if "mac" in pairs:
        values["mac"] = parse_mac(pairs["mac"])
    if "att" in pairs:
        values["att"] = int(pairs["att"])
    if "visited" in pairs:
        values["visited"] = Prefix.parse(pairs["visited"])
    return LinkConfig(name, **values)


def parse_node(text: str) -> NodeRule:
    """MAC-PATTERN=IDENTITY[,lma=A][,hnp=P+P][,handoff=N][,local=yes|no][,service=no][,ip=4|6|46][,hoa=A/N][,lma4=A][,over4=no]"""
    first, pairs = _keys(text, {"lma", "hnp", "handoff", "local", "service", "ip", "hoa", "lma4", "over4"})
    pattern, sign, identity = first.partition("=")
    if not sign or not identity:
        raise argparse.ArgumentTypeError(f"PATTERN=IDENTITY expected: {text}")
    if pairs.get("ip", "6") not in ("4", "6", "46"):
        raise argparse.ArgumentTypeError(f"ip=4, ip=6 or ip=46 expected: {text}")
    return NodeRule(pattern, identity, **_common_keys(pairs), service=pairs.get("service") != "no",
                    versions=pairs.get("ip", "6"),
                    home4=Home4.parse(pairs["hoa"]) if "hoa" in pairs else None,
                    lma4=address4(pairs["lma4"]) if "lma4" in pairs else None,
                    over4=False if pairs.get("over4") == "no" else None,
                    local={None: None, "yes": True, "no": False}[pairs.get("local")])


def address4(text: str) -> bytes:
    return ipaddress.IPv4Address(text).packed


def parse_anchor4(text: str) -> tuple[bytes, bytes]:
    """LMAA=IPv4-LMAA"""
    own, _, other = text.partition("=")
    return address(own), address4(other)


def _or_none(parse: Callable) -> Callable:
    def convert(text: str):
        return None if text == "none" else parse(text)
    return convert


def build_parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(
        description="A mobile access gateway of RFC 5213.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument("--core", help="core interface")
    p.add_argument("--core-address", metavar="ADDRESS/LENGTH", help="the Proxy-CoA")
    p.add_argument("--next-hop", type=address, help="router for addresses off the core link")
    p.add_argument("--lma", type=address, help="local mobility anchor address")
    p.add_argument("--access", action="append", type=parse_access, default=[],
                   metavar=parse_access.__doc__, help="an access link; may be repeated")
    p.add_argument("--node", action="append", type=parse_node, default=[],
                   metavar=parse_node.__doc__, help="profile of matching link-layer addresses")
    p.add_argument("--identity-pattern",
                   help="identity of all other nodes: {mac} {mac:2=07} {mac-colon} {mac-dash} "
                        "{last} {link}")
    p.add_argument("--att", type=int, default=3, help="access technology type")
    p.add_argument("--notice", default="rs,dad,dhcp", help="of carrier, rs, dad, dhcp")
    p.add_argument("--ordering", choices=("timestamp", "sequence"), default="timestamp")
    p.add_argument("--fixed-link-local", type=_or_none(address), default=RESERVED_LINK_LOCAL,
                   help="link-local address on all access links, or none to ask the anchor")
    p.add_argument("--fixed-link-layer", type=_or_none(parse_mac), default=RESERVED_MAC,
                   help="link-layer address on all access links, or none for the interface's")
    p.add_argument("--local-routing", action="store_true", help="EnableMAGLocalRouting")
    p.add_argument("--lifetime", type=float, default=1404, help="seconds, multiple of 4")
    p.add_argument("--initial-bindack-timeout", type=float, default=1.0)
    p.add_argument("--initial-bindack-timeout-first-reg", type=float, default=1.5)
    p.add_argument("--max-bindack-timeout", type=float, default=32.0)
    p.add_argument("--max-update-rate", type=int, default=3)
    p.add_argument("--persist", action="store_true", help="repeat for ever at the slowest rate")
    p.add_argument("--extra-padding", type=int, default=4)
    p.add_argument("--verify", choices=("nud", "carrier"), default="nud",
                   help="presence test before an extension")
    p.add_argument("--presence-interval", type=float, default=0.0,
                   help="seconds between presence tests, 0 for none")
    p.add_argument("--retrans-timer", type=float, default=1.0, help="RetransTimer of RFC 4861")
    p.add_argument("--teardown", choices=("withdraw", "carrier"), default="withdraw")
    p.add_argument("--ra-interval", type=float, default=120.0, help="MaxRtrAdvInterval")
    p.add_argument("--prefix-lifetime", type=int)
    p.add_argument("--managed", action="store_true", help="M flag")
    p.add_argument("--other", action="store_true", help="O flag")
    p.add_argument("--ra-link-layer", action="store_true",
                   help="source link-layer address option in advertisements")
    p.add_argument("--path-mtu", type=int, help="default path MTU to the anchor")
    p.add_argument("--pmtu-probe", action="store_true")
    p.add_argument("--tunnel-hop-limit", type=int, default=32)
    p.add_argument("--flow-label", type=lambda t: int(t, 0), default=0x05213)
    p.add_argument("--encap-limit", type=_or_none(int), default=4)
    p.add_argument("--ecn", choices=("rfc6040", "rfc3168"), default="rfc6040")
    p.add_argument("--closed-tunnel", choices=("problem", "silent"), default="problem")
    p.add_argument("--node-timestamps", action="store_true",
                   help="MobileNodeGeneratedTimestampInUse")
    p.add_argument("--visit-refused", action="store_true",
                   help="regular access for nodes whose registration failed")
    p.add_argument("--dhcp-server", type=address)
    p.add_argument("--dhcp4-server", type=address4,
                   help="there is a DHCPv4 relay, which sends to this address")
    p.add_argument("--dhcp4-address", type=address4,
                   help="the address of the DHCPv4 server, in place of the default router's")
    p.add_argument("--lease", type=int, default=1500, help="seconds")
    p.add_argument("--ipv4-on-demand", action="store_true",
                   help="dual nodes are registered for IPv4 when DHCP begins")
    p.add_argument("--core4", type=Home4.parse, metavar="ADDRESS/LENGTH", help="the IPv4-Proxy-CoA")
    p.add_argument("--core4-router", type=address4, help="router for IPv4 addresses off the core link")
    p.add_argument("--anchor4", action="append", type=parse_anchor4, default=[], metavar=parse_anchor4.__doc__,
                   help="an anchor that is reached over IPv4; may be repeated")
    p.add_argument("--edition", choices=EDITIONS, default=RFC_5844, help="of RFC 5844")
    p.add_argument("--force-udp", action="store_true", help="ForceIPv4UDPEncapsulationSupport; in -02 the F flag")
    p.add_argument("--request-udp", action="store_true", help="RequestIPv4UDPEncapsulationSupport")
    p.add_argument("--tlv", action="store_true", help="asks for TLV headers (drafts)")
    p.add_argument("--control", metavar="PATH", help="socket for commands of the operator")
    p.add_argument("--variables", metavar="FILE", help="where set variables are kept")
    p.add_argument("--deregister-at-exit", action="store_true")
    p.add_argument("--fault", action="append", default=[], metavar="NAME", choices=sorted(FAULTS))
    p.add_argument("--list-faults", action="store_true")
    p.add_argument("--seed", type=int, help="makes the random choices repeatable")
    return p


def config_from(args: argparse.Namespace) -> Config:
    core_address, _, length = args.core_address.partition("/")
    notice = frozenset(args.notice.split(","))
    if notice - {"carrier", "rs", "dad", "dhcp"}:
        raise SystemExit("--notice: carrier, rs, dad, dhcp")
    if address(core_address) == args.lma:
        raise SystemExit("the tunnel would lead to this node")      # RFC 2473 4.1.2
    if not 1 <= args.lifetime / 4 <= 65535:
        raise SystemExit("--lifetime: 4 to 262140 seconds")
    if len({link.name for link in args.access} | {args.core}) != len(args.access) + 1:
        raise SystemExit("each interface may be named once")
    return Config(
        core=args.core, core_address=address(core_address), core_length=int(length or 64),
        lma=args.lma, links=tuple(args.access), next_hop=args.next_hop, rules=tuple(args.node),
        identity_pattern=args.identity_pattern, att=args.att, notice=notice,
        timestamps=args.ordering == "timestamp", fixed_link_local=args.fixed_link_local,
        fixed_mac=args.fixed_link_layer, local_routing=args.local_routing,
        lifetime=int(args.lifetime // 4), initial_timeout=args.initial_bindack_timeout,
        first_timeout=args.initial_bindack_timeout_first_reg,
        max_timeout=args.max_bindack_timeout, update_rate=args.max_update_rate,
        persist=args.persist, extra_padding=args.extra_padding, verify=args.verify,
        presence_interval=args.presence_interval, retrans_timer=args.retrans_timer,
        teardown=args.teardown, ra_interval=args.ra_interval,
        prefix_lifetime=args.prefix_lifetime, managed=args.managed, other=args.other,
        ra_link_layer=args.ra_link_layer, path_mtu=args.path_mtu, pmtu_probe=args.pmtu_probe,
        tunnel_hop_limit=args.tunnel_hop_limit, flow_label=args.flow_label,
        encap_limit=args.encap_limit, ecn=args.ecn, closed_tunnel=args.closed_tunnel,
        dhcp_server=args.dhcp_server, dhcp4_server=args.dhcp4_server,
        dhcp4_address=args.dhcp4_address, lease=args.lease,
        ipv4_on_demand=args.ipv4_on_demand, node_timestamps=args.node_timestamps,
        visit_refused=args.visit_refused, edition=args.edition, core4=args.core4,
        core4_router=args.core4_router, anchors4=dict(args.anchor4), force_udp=args.force_udp,
        request_udp=args.request_udp, tlv=args.tlv, deregister_at_exit=args.deregister_at_exit,
        faults=frozenset(args.fault))


def main(argv: Optional[list[str]] = None) -> None:
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.list_faults:
        for name, (sentence, section) in FAULTS.items():
            print(f"{name}: {sentence} [{section}]")
        return
    if not (args.core and args.core_address and args.lma and args.access):
        parser.error("--core, --core-address, --lma and --access are required")
    Process(config_from(args), args.seed, args.control, args.variables).run()


if __name__ == "__main__":
    main()
