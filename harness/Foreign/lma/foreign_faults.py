"""The faults of the local mobility anchor: each is taken from what implementations get wrong, and is off unless it is asked for.

The name, what the anchor does wrong then, and the section that says otherwise. Everything else stays as it is.
"""

FAULTS = {
    # Acknowledgements
    "echo-prefix": ("accepts a prefix that the mobile node may not use, and returns it with status 0 although another is assigned", "RFC 5213, 5.3.2 item 3 and 5.3.6"),
    "no-p-flag": ("leaves the P flag of every acknowledgement clear", "RFC 5213, 5.3.6"),
    "misaligned-hnp": ("starts Home Network Prefix options at 8n instead of 8n+4", "RFC 5213, 8.3"),
    "length-counts-header": ("counts the type and length octets in the length of Home Network Prefix options: 20 instead of 18", "RFC 5213, 8.3"),
    "stale-padding": ("leaves old octets in the data of PadN options instead of zeros", "RFC 6275, 6.2.3"),
    "vague-status": ("rejects a request that lacks a mandatory option with status 128 instead of 158, 160, 161 or 162", "RFC 5213, 5.3.1 items 4 and 10 to 12"),
    "longer-lifetime": ("grants a lifetime that is longer than the requested one", "RFC 6275, 10.3.1"),
    # Requests
    "handoff-optional": ("accepts a request without the Handoff Indicator option", "RFC 5213, 5.3.1 item 11"),
    "cut-option": ("completes an option that ends behind the message with zeros instead of discarding the message", "RFC 6275, 6.2.1 and 9.2"),
    "crash-on-malformed": ("ends when the last option of an update does not fit into the message", "RFC 6275, 9.2"),
    "no-timestamp-check": ("accepts every timestamp", "RFC 5213, 5.5 item 6"),
    "first-timestamp-only": ("compares timestamps with the first accepted one instead of the greatest", "RFC 5213, 5.5 item 6"),
    # The Binding Cache
    "key-link-layer-only": ("finds a session by the link-layer identifier alone, whoever the mobile node is", "RFC 5213, 5.4.1.2 item 1"),
    "key-identifier-only": ("finds a session by the mobile node identifier alone, whatever the interface and the handoff are", "RFC 5213, 5.4.1.2 item 5"),
    "second-deletes-first": ("deletes the sessions of the mobile node's other interfaces when a session is created", "RFC 5213, 5.4"),
    "foreign-deregistration": ("lets any authorized gateway de-register a session, also one that does not serve it", "RFC 5213, 5.3.5 item 1"),
    "no-delete-delay": ("deletes a session as soon as it is de-registered", "RFC 5213, 5.3.5 item 2"),
    "no-expiry": ("keeps sessions whose lifetime has ended", "RFC 6275, 10.3.1"),
    # Data
    "routes-outlive-binding": ("goes on to tunnel packets for the prefixes of a deleted session", "RFC 5213, 5.3.5 item 2"),
    "any-tunnel-source": ("forwards reverse tunnelled packets whoever sent them", "RFC 6275, 10.4.5"),
    "first-prefix-only": ("routes only the first of a session's prefixes into the tunnel", "RFC 5213, 5.3.2 item 6"),
    "ecn-lost": ("leaves a congestion mark of the tunnel header behind at decapsulation", "RFC 5213, 5.6.3"),
    "hop-limit-kept": ("does not decrement the hop limit of packets that enter a tunnel", "RFC 2473, 3.1"),
    "hop-limit-twice": ("decrements the hop limit of packets that left a tunnel by two", "RFC 8200, 3"),
    "path-mtu-ignored": ("changes nothing after a Packet Too Big", "RFC 5213, 6.9.5; RFC 8201, 4"),
    "path-mtu-raised": ("raises the MTU of a tunnel after a Packet Too Big with a greater one", "RFC 8201, 4"),
    "larger-packets-cut": ("tunnels packets larger than the tunnel MTU in fragments", "RFC 2473, 7.1"),
    "limit-kept": ("leaves the Tunnel Encapsulation Limit of a packet as it is in the tunnel header", "RFC 2473, 4.1.1"),
    "tunnel-errors-kept": ("does not relay ICMPv6 errors from inside a tunnel to the source of the original packet", "RFC 2473, 8"),
    # IPv4 home addresses
    "ipv4-only-refused": ("rejects a request without a Home Network Prefix option with 158, also if it asks for an IPv4 home address", "RFC 5844, 3.1.2.1"),
    "families-unchecked": ("serves mobile nodes with IP versions that their profile or the home network does not allow", "RFC 5844, 3.1.2.1"),
    "second-request-ignored": ("takes the first of several IPv4 Home Address Request options instead of rejecting the request", "RFC 5844, 3.1.2.1"),
    "any-home-address": ("assigns every IPv4 home address that is asked for and in no session", "RFC 5844, 3.1.2.2"),
    "reply-left-out": ("leaves the IPv4 Home Address Reply option out of rejections", "RFC 5844, 3.1.2.6 item 1"),
    "reply-zero": ("has 0.0.0.0 in the IPv4 Home Address Reply option of rejections, whatever was asked for", "RFC 5844, 3.1.2.6 item 1"),
    "router-in-rejections": ("adds the IPv4 Default-Router Address option to rejections", "RFC 5844, 3.1.2.6"),
    "host-length": ("says in the IPv4 Home Address Reply option that the prefix length of the home network is 32", "RFC 5844, 3.1.2.6 item 2"),
    "misaligned-reply": ("starts IPv4 Home Address Reply options at 4n+2 instead of 4n", "RFC 5844, 3.3.2"),
    "home-address-no-key": ("finds no session by the IPv4 home address in a request", "RFC 5844, 3.1.2.7"),
    "selective-ends-session": ("ends the whole session when one family of it is de-registered", "RFC 5844, 3.1.2.5"),
    "host-route-kept": ("keeps the route of an IPv4 home address after a hand-off, a de-registration and the end of the session", "RFC 5844, 3.1.2.4 and 3.1.2.5"),
    "ipv4-ecn-lost": ("leaves a congestion mark of the tunnel header behind when an IPv4 packet leaves a tunnel", "RFC 5844, 3.1.4; RFC 5213, 5.6.3"),
    "dont-fragment-ignored": ("tunnels IPv4 packets in fragments that must not be fragmented", "RFC 5844, 3.1.4; RFC 2473, 7.2"),
    "ipv4-errors-kept": ("does not relay ICMPv6 errors from inside a tunnel to the source of the original IPv4 packet", "RFC 5844, 3.1.4; RFC 2473, 8"),
    # IPv4 transport
    "nat-unseen": ("never takes a gateway to be behind a NAT", "drafts -04, 4.1.3.3; -02, 4.1"),
    "nat-option-always": ("has a NAT Detection option with F in every acknowledgement over IPv4", "draft -04, 4.1.3.2"),
    "nat-option-left-out": ("has a NAT Detection option in no acknowledgement", "RFC 5844, 4.2.2; drafts -04, 4.1.3.2; -02, 4.3.2"),
    "nat-port-kept": ("goes on to send data to the port that a NAT had for the first request", "drafts -04, 4.1.4.1; -02, 4.3.2"),
    "forced-always": ("accepts tunnels of UDP whatever its variable says", "RFC 5844, 4.1.3.1; draft -04, 5.1"),
    "force-ignored": ("has a tunnel of IPv4 although it has accepted the flag F", "RFC 5844, 4.1.3.1; draft -04, 4.1.3.1"),
    "udp-always": ("has a tunnel of UDP with every gateway over IPv4", "RFC 5844, 4.1.3.1; draft -04, 4.1.3.1"),
    "tlv-left-out": ("sends data without TLV header although the flag T was agreed on", "drafts -04, 4.1.3.1; -02, 4.3.2"),
    "answer-to-own-port": ("sends acknowledgements over IPv4 to the port of the anchor, whatever port the request came from", "RFC 5844, 4.1.3.2"),
    "mobility-checksum": ("computes the checksum of Mobility Headers in datagrams", "RFC 5844, 4.1.3.2"),
    "mobility-checksum-verified": ("discards Mobility Headers in datagrams whose checksum is wrong", "RFC 5844, 4.1.3.1"),
    "message-checksum-left-out": ("sends acknowledgements over IPv4 without UDP checksum", "RFC 5844, 4.1.3.2"),
    "message-checksum-optional": ("takes updates in datagrams without UDP checksum", "RFC 5844, 4.2.2.1"),
    "transport-ecn-lost": ("leaves a congestion mark of the tunnel header behind when a packet leaves a tunnel over IPv4", "RFC 5844, 4.1.4.2"),
    # Protection
    "unprotected-accepted": ("processes mobility messages without protection, too, where security associations demand it", "RFC 5213, 4"),
    "answers-unprotected": ("sends acknowledgements without protection although there are security associations", "RFC 5213, 4 and 5.3.6"),
    "replays-accepted": ("accepts ESP packets that were received before", "RFC 4303, 3.4.3"),
    # Operation
    "no-announcement": ("tells no router of the home link about its prefixes", "RFC 5213, 5.6.2"),
    "renumbered-routes-stay": ("keeps the routes of a prefix that has become invalid", "RFC 5213, 6.12"),
    "deauthorized-served": ("goes on to serve a gateway that the operator does not authorize any more", "RFC 5213, 4"),
    "variables-fixed": ("does not change a variable that is set", "RFC 5213, 9.1 and 9.3"),
    "variables-forgotten": ("forgets in a restart which variables were set", "RFC 5213, 9.1 and 9.3"),
}


def describe():
    """The table as text."""
    return "\n".join(f"{name:24} {text} ({section})" for name, (text, section) in FAULTS.items())
