"""The other end of a tunnel, in another language and by other means than the reference.

  tunnel_peer.py MODE LOCAL REMOTE LOCAL_PORT REMOTE_PORT FAR_IPV4 FAR_IPV6

MODE is v6, v4, udp or tlv (RFC 2473; RFC 4213 and RFC 2003; RFC 5844, Section 4.1.4.1; the drafts before it). The script makes a TUN device, far0, and answers
datagrams to port 7 of the far addresses. It writes "ready", and then a line of JSON for each outer packet that it receives.
"""

import fcntl
import json
import select
import socket
import struct
import sys

MODE, LOCAL, REMOTE = sys.argv[1:4]
LOCAL_PORT, REMOTE_PORT = int(sys.argv[4]), int(sys.argv[5])
FAR = sys.argv[6:8]
IN_UDP = MODE in ("udp", "tlv")

IPV4_IN_IP, IPV6_IN_IP = 4, 41
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
IP_RECVTOS, IP_RECVTTL, IP_MTU_DISCOVER, IP_PMTUDISC_DONT = 13, 12, 10, 0
IP_FREEBIND, IPV6_FREEBIND = 15, 78


def open_tun():
    device = open("/dev/net/tun", "r+b", buffering=0)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"far0", IFF_TUN | IFF_NO_PI))
    return device


def open_outer():
    """The sockets by the protocol number of the packets in them; a single one for UDP."""
    if IN_UDP:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.setsockopt(socket.IPPROTO_IP, IP_RECVTOS, 1)
        udp.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
        udp.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT)
        udp.bind((LOCAL, LOCAL_PORT))
        return {0: udp}
    family = socket.AF_INET6 if MODE == "v6" else socket.AF_INET
    sockets = {}
    for protocol in (IPV4_IN_IP, IPV6_IN_IP):
        raw = socket.socket(family, socket.SOCK_RAW, protocol)
        if MODE == "v6":
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVTCLASS, 1)
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
        else:
            raw.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT)
        raw.bind((LOCAL, 0))
        sockets[protocol] = raw
    return sockets


def receive(outer):
    """The packet in an outer packet, and what its outer header says."""
    octets, ancillary, _, sender = outer.recvmsg(65536, 256)
    said = {"source": sender[0]}
    if MODE == "v4":
        header = 4 * (octets[0] & 0x0F)
        said.update(
            tos=octets[1], df=bool(octets[6] & 0x40), ttl=octets[8], protocol=octets[9]
        )
        return octets[header:], said
    if IN_UDP:
        said.update(port=sender[1])
    names = {
        (socket.IPPROTO_IPV6, socket.IPV6_TCLASS): "tos",
        (socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT): "ttl",
        (socket.IPPROTO_IP, socket.IP_TOS): "tos",
        (socket.IPPROTO_IP, socket.IP_TTL): "ttl",
    }
    for level, kind, data in ancillary:
        if (level, kind) in names:
            said[names[level, kind]] = int.from_bytes(data, sys.byteorder)
    if MODE == "tlv":
        said.update(tlv=octets[:4].hex(), follow=len(octets) - 4)
        octets = octets[4:]
    return octets, said


def announced(packet):
    """The packet behind a TLV header, whose length is 0 if it does not fit."""
    length = len(packet) if len(packet) < 256 else 0
    return bytes([1 if packet[0] >> 4 == 4 else 2, length, 0, 0]) + packet


def main():
    tun = open_tun()
    outer = open_outer()
    echo = []
    for family, level, option, address in (
        (socket.AF_INET, socket.IPPROTO_IP, IP_FREEBIND, FAR[0]),
        (socket.AF_INET6, socket.IPPROTO_IPV6, IPV6_FREEBIND, FAR[1]),
    ):
        server = socket.socket(family, socket.SOCK_DGRAM)
        server.setsockopt(level, option, 1)
        server.bind((address, 7))
        echo.append(server)
    print("ready", flush=True)

    while True:
        ready, _, _ = select.select([sys.stdin, tun, *outer.values(), *echo], [], [])
        for source in ready:
            if source is sys.stdin:
                return
            if source is tun:
                packet = tun.read(65536)
                protocol = IPV6_IN_IP if packet[0] >> 4 == 6 else IPV4_IN_IP
                sender = outer[0] if IN_UDP else outer[protocol]
                sender.sendto(announced(packet) if MODE == "tlv" else packet, (REMOTE, REMOTE_PORT))
            elif source in echo:
                octets, sender = source.recvfrom(65536)
                source.sendto(octets, sender)
            else:
                packet, said = receive(source)
                if said["source"] != REMOTE or not packet:
                    continue
                said["version"] = packet[0] >> 4
                print(json.dumps(said), flush=True)
                tun.write(packet)


if __name__ == "__main__":
    main()
