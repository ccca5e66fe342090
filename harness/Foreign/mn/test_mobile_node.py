#!/usr/bin/env python3
"""The octets of the mobile node, and the mobile node with pmip-node as its home agent and its correspondent node.

    python3 -m unittest test_mobile_node       the second part needs root, the program ip, and the path of pmip-node in PMIP_NODE
"""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import mobile_octets as octets
from mobile_octets import Identifier, Tokens, address

HERE = Path(__file__).resolve().parent
HOME, AGENT, CARE_OF, PEER = (
    address(text) for text in ("2001:db8:200::5e00:1", "2001:db8:200::1", "2001:db8:100::5e1:1", "2001:db8:100::c1")
)
ADDRESSES = [f"2001:db8:100::5e{place}:1" for place in (1, 2, 3)]

HOME_AGENT = {
    "Name": "HA1",
    "Role": "ha",
    "Interfaces": [
        {"Link": "home", "Interface": "home", "Addresses": ["2001:db8:200::1/64"]},
        {"Link": "core", "Interface": "core", "Addresses": ["2001:db8:100::1/64"]},
    ],
    "HomeAgent": {
        "Address": "2001:db8:200::1",
        "HomeLink": "home",
        "HomePrefixes": ["2001:db8:200::/64"],
        "MobileNodes": ["2001:db8:200::5e00:0/112"],
        "Mcoa": "Rfc5648",
    },
}
CORRESPONDENT = {
    "Name": "CN1",
    "Role": "cn",
    "Interfaces": [{"Link": "core", "Interface": "core", "Addresses": ["2001:db8:100::c1/64"]}],
    "Routes": [{"To": "::/0", "Via": "2001:db8:100::ff", "Link": "core"}],
    "CorrespondentNode": {"Address": "2001:db8:100::c1", "Mcoa": "Rfc5648"},
}


class Octets(unittest.TestCase):
    def test_home_registration(self):
        message = octets.home_registration(HOME, AGENT, 0x1234, 15, [Identifier(7, CARE_OF)])
        self.assertEqual(message[:4], bytes([59, len(message) // 8 - 1, 5, 0]))
        self.assertEqual(message[6:12], bytes.fromhex("1234c000000f"), "A and H")
        place = message.index(bytes([35, 20]))
        self.assertEqual(place % 8, 2, "RFC 5648, Section 4.3: 8n + 2")
        self.assertEqual(message[place + 2 : place + 22], bytes.fromhex("00070000") + CARE_OF)
        self.assertTrue(self.received(HOME, AGENT, message).is_sound())

    def test_flags(self):
        self.assertEqual(octets.flags(home=True, overwrite=True), 0xC040)
        self.assertEqual(octets.flags(acknowledge=False, link_local=True, key_management=True), 0x3000)

    def test_bulk(self):
        identifiers = [Identifier(1, CARE_OF), Identifier(2), Identifier(3, PEER, home=True)]
        message = octets.home_registration(HOME, AGENT, 1, 15, identifiers)
        self.assertEqual(list(octets.read_options(message[12:]).identifiers), identifiers)
        self.assertEqual(len(message) % 8, 0)

    def test_authenticator(self):
        tokens = Tokens(5, b"homekeyt", 6, b"careofkt")
        made = octets.correspondent_registration(HOME, CARE_OF, PEER, 9, 15, [Identifier(2, CARE_OF)], tokens)
        self.assertEqual(made.key, hashlib.sha1(b"homekeytcareofkt").digest())
        self.assertEqual(made.octets[-14:-12], bytes([5, 12]))
        self.assertEqual((len(made.octets) - 14) % 8, 2, "RFC 6275, Section 6.2.7: 8n + 2")
        unsummed = made.octets[:4] + bytes(2) + made.octets[6:-12]
        self.assertEqual(made.data, CARE_OF + PEER + unsummed)
        self.assertEqual(made.octets[-12:], hmac.new(made.key, made.data, hashlib.sha1).digest()[:12])
        self.assertTrue(octets.is_authentic(made.octets, made.key, CARE_OF, PEER))
        self.assertFalse(octets.is_authentic(made.octets, made.key, HOME, PEER))
        self.assertEqual(octets.read_options(made.octets[12:]).others[0], (4, bytes([0, 5, 0, 6])))

    def test_removal(self):
        made = octets.correspondent_registration(HOME, CARE_OF, PEER, 9, 0, [Identifier(2)], Tokens(5, b"homekeyt"))
        self.assertEqual(made.key, hashlib.sha1(b"homekeyt").digest(), "RFC 6275, Section 5.2.5: the home token alone")
        self.assertEqual(made.data[:32], HOME + PEER)

    def test_home_address_option(self):
        header = octets.with_home_address(135, HOME, b"")
        self.assertEqual((len(header), header[:2], header[6:8]), (24, bytes([135, 2]), bytes([0xC9, 16])))
        self.assertEqual(self.received(CARE_OF, PEER, header, 60).home, HOME)

    def test_type_2_routing_header(self):
        message = octets.mobility(octets.ACKNOWLEDGEMENT, bytes.fromhex("0000123400 0f0102 0000".replace(" ", "")), PEER, HOME)
        routed = bytes([135, 2, 2, 1]) + bytes(4) + HOME + message
        read = self.received(PEER, CARE_OF, routed, 43)
        self.assertEqual((read.routed_to, read.is_sound()), (HOME, True))
        self.assertEqual(octets.read_acknowledgement(read.payload)[:3], (0, 0x1234, 15))

    def test_cut(self):
        whole = octets.packet(CARE_OF, PEER, 60, octets.with_home_address(135, HOME, bytes(16)))
        for length in range(len(whole)):
            self.assertIsNone(octets.read_packet(whole[:length]))

    @staticmethod
    def received(source, destination, payload, protocol=135):
        return octets.read_packet(octets.packet(source, destination, protocol, payload))


@unittest.skipUnless(os.geteuid() == 0 and os.environ.get("PMIP_NODE"), "needs root, and the path of pmip-node in PMIP_NODE")
class Together(unittest.TestCase):
    def setUp(self):
        self.mobile, self.node = (f"mobile-{os.getpid()}-{name}" for name in ("mn", "node"))
        for name in (self.mobile, self.node):
            self.ip("netns", "add", name)
            self.addCleanup(self.ip, "netns", "delete", name)
        self.inside(self.mobile, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1")

    @staticmethod
    def ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    @staticmethod
    def inside(name, *words):
        return subprocess.run(["ip", "netns", "exec", name, *words], check=True, capture_output=True, text=True).stdout

    def start(self, configuration):
        for on in configuration["Interfaces"]:
            link = on["Interface"]
            self.ip("-n", self.mobile, "link", "add", link, "type", "veth", "peer", "name", link, "netns", self.node)
            self.ip("-n", self.mobile, "link", "set", link, "up")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(configuration, file)
            file.flush()
            program = [os.environ["PMIP_NODE"], "--role", configuration["Role"], "--config", file.name, "--exit-with-stdin"]
            node = subprocess.Popen(
                ["ip", "netns", "exec", self.node, *program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            self.log = []
            reader = threading.Thread(target=lambda: self.log.extend(node.stderr))
            reader.start()

            def end():
                node.stdin.close()
                node.wait(20)
                reader.join()
                node.stdout.close()
                node.stderr.close()

            self.addCleanup(end)
            self.assertEqual(node.stdout.readline(), "ready\n", self.log)

    def run_mobile_node(self, *options):
        care_of = [word for text in ADDRESSES for word in ("--care-of", text)]
        words = [sys.executable, str(HERE / "mobile_node.py"), "--interface", "core", "--home", "2001:db8:200::5e00:1", *care_of, *options]
        said = subprocess.run(["ip", "netns", "exec", self.mobile, *words], capture_output=True, text=True, timeout=120)
        self.assertEqual(said.returncode, 0, (said.stderr, said.stdout, self.log))
        steps = [json.loads(line) for line in said.stdout.splitlines()]
        self.assertEqual({step["bid"] for step in steps if step["step"] == "data"}, {1, 2, 3})
        self.assertEqual(steps[-1]["step"], "done")

    def test_home_agent(self):
        self.start(HOME_AGENT)
        self.run_mobile_node(
            "--role", "ha", "--peer", "2001:db8:200::1", "--next-hop", "2001:db8:100::1", "--correspondent", "2001:db8:100::c9"
        )

    def test_correspondent_node(self):
        self.start(CORRESPONDENT)
        self.run_mobile_node("--role", "cn", "--peer", "2001:db8:100::c1", "--router", "2001:db8:100::ff")


if __name__ == "__main__":
    unittest.main()
