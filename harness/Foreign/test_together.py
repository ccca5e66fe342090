#!/usr/bin/env python3
"""The foreign devices together over IPv4 alone, through a router of the kernel, which is a NAT in the drafts.

    python3 -m unittest test_together          needs root, the programs ip, nft and conntrack

The mobile node and its correspondent have the stack of the kernel. Both ends are by one author as far as IPv4
transport goes: what he has misread in both does not show here.
"""

import ctypes
import os
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBC = ctypes.CDLL(None, use_errno=True)
NAMESPACES = ("mn", "mag", "router", "lma", "cn")
MAG, ROUTER = "192.168.7.10", "192.0.2.240"


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("nft") and shutil.which("conntrack"), "needs root, nft and conntrack")
class OverIpv4(unittest.TestCase):
    def setUp(self):
        self.logs, self.started, self.readers = {}, {}, []
        self.addCleanup(self.clean)
        for name in NAMESPACES:
            ip("netns", "add", self.named(name))
        for name in ("mag", "router", "lma"):
            self.inside(name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1")
        for first, other in (("mn", "mag"), ("mag", "router"), ("router", "lma"), ("lma", "cn")):
            peer = ("peer", "name", f"to-{first}", "netns", self.named(other))
            ip("-n", self.named(first), "link", "add", f"to-{other}", "type", "veth", *peer)
            for name, link in ((first, f"to-{other}"), (other, f"to-{first}")):
                if name != "mn":
                    ip("-n", self.named(name), "link", "set", link, "up")
        ip("-n", self.named("router"), "address", "add", "192.168.7.1/24", "dev", "to-mag")
        ip("-n", self.named("router"), "address", "add", f"{ROUTER}/24", "dev", "to-lma")
        ip("-n", self.named("cn"), "address", "add", "2001:db8:200::c1/64", "dev", "to-lma", "nodad")
        ip("-n", self.named("cn"), "route", "add", "2001:db8:8000::/48", "via", "2001:db8:200::1")
        self.inside("router", "sysctl", "-qw", "net.ipv4.ip_forward=1")

    def clean(self):
        for process in self.started.values():
            process.kill()
            process.wait()
            process.stdin.close()
        for reader in self.readers:
            reader.join()
        for name in NAMESPACES:
            subprocess.run(["ip", "netns", "delete", self.named(name)], capture_output=True)

    @staticmethod
    def named(name):
        return f"together-{os.getpid()}-{name}"

    def inside(self, name, *words):
        return subprocess.run(["ip", "netns", "exec", self.named(name), *words], check=True, capture_output=True, text=True).stdout

    def start(self, role, *options):
        command = ["ip", "netns", "exec", self.named(role), sys.executable, HERE / role / f"foreign_{role}.py", *options]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.started[role], self.logs[role] = process, []

        def collect():
            with process.stderr as lines:
                self.logs[role].extend(lines)

        self.readers.append(threading.Thread(target=collect))
        self.readers[-1].start()
        with process.stdout as lines:
            self.assertEqual(lines.readline(), "ready\n", self.logs)

    def both(self, edition, *of_mag, of_lma=()):
        """The devices of an edition; a gateway is authorized by its IPv4 address in RFC 5844, and by its IPv6 address in the drafts."""
        known = MAG if edition == "rfc5844" else "2001:db8:100::a1"
        lma = f"""--core to-router --address 2001:db8:100::1/64 --home to-cn --home-address 2001:db8:200::1/64 --mag {known}
            --pool 2001:db8:8000::/48 --mobile-node *@x --timestamp-validity-window 3000 --exit-with-stdin
            --ipv4-transport 192.0.2.1/24 --ipv4-core-router {ROUTER} --ipv4-edition {edition}"""
        mag = f"""--core to-router --core-address 2001:db8:100::a1/64 --lma 2001:db8:100::1 --access to-mn --identity-pattern {{mac}}@x
            --core4 {MAG}/24 --core4-router 192.168.7.1 --anchor4 2001:db8:100::1=192.0.2.1 --edition {edition}"""
        self.start("lma", *lma.split(), *of_lma)
        self.start("mag", *mag.split(), *of_mag)
        ip("-n", self.named("mn"), "link", "set", "to-mag", "up")

    def translate(self):
        chain = "add chain ip n out { type nat hook postrouting priority 100; }"
        self.inside("router", "nft", f"add table ip n; {chain}; add rule ip n out oifname to-lma masquerade random")

    def ports(self):
        """Those that the NAT has for the gateway."""
        return {line.split("dport=")[2].split()[0] for line in self.inside("router", "conntrack", "-L", "-p", "udp").splitlines()}

    def reaches(self, seconds=15):
        """Whether the mobile node gets an answer of its correspondent."""
        before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.named('mn')}", os.O_RDONLY)
        try:
            LIBC.setns(there, 0x40000000)
            node = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        finally:
            LIBC.setns(before, 0x40000000)
            os.close(before)
            os.close(there)
        until = time.monotonic() + seconds
        with node:
            while time.monotonic() < until:
                try:
                    node.sendto(b"\x80\0\0\0\x12\x34\0\1together", ("2001:db8:200::c1", 0))
                    while select.select([node], [], [], 0.3)[0]:
                        if node.recv(2048)[:1] == b"\x81":
                            return True
                except OSError:
                    time.sleep(0.1)
        return False

    def test_rfc_5844(self):
        self.both("rfc5844")
        self.assertTrue(self.reaches(), self.logs)
        self.assertTrue(any(line.startswith(f"{MAG} ") for line in self.logs["lma"]))

    def test_rfc_5844_forced(self):
        self.both("rfc5844", "--force-udp", of_lma=("--accept-udp", "1"))
        self.assertTrue(self.reaches(), self.logs)

    def behind_a_nat(self, edition):
        """The NAT forgets the gateway; the next update, which its refresh time asks for, tells the anchor of its new port."""
        self.translate()
        self.both(edition, of_lma=("--ipv4-refresh-time", "3"))
        self.assertTrue(self.reaches(), self.logs)
        before = self.ports()
        self.assertEqual(len(before), 1)
        self.inside("router", "conntrack", "-F")
        time.sleep(4)
        self.assertTrue(self.reaches(), self.logs)
        self.assertNotEqual(self.ports(), before)

    def test_draft_04_behind_a_nat(self):
        self.behind_a_nat("ipv4-draft-04")

    def test_draft_02_behind_a_nat(self):
        self.behind_a_nat("ipv4-draft-02")

    def test_tlv(self):
        self.both("ipv4-draft-02", "--tlv")
        self.assertTrue(self.reaches(), self.logs)


if __name__ == "__main__":
    unittest.main()
