"""A MAG under ESP with manual keys, in another language and by other means than the reference.

  esp_peer.py LOCAL REMOTE TRANSFORM SPI_OUT KEY_OUT SPI_IN KEY_IN

TRANSFORM is null or aes: HMAC-SHA-256-128 (RFC 4868) alone, or with AES-CBC (RFC 3602), which needs the package cryptography. The keys
are files with hexadecimal digits. For each line of its standard input, which is a list of words, the script sends one Proxy Binding
Update for each word, and waits until the last one is answered:

  clear         without ESP
  wrong-key     under ESP with another key
  wrong-spi     under ESP with another SPI
  wrong-code    under ESP with a wrong Integrity Check Value
  tunnel-mode   under ESP in tunnel mode
  cut           under ESP, without the last four octets
  good          under ESP

It writes a line of JSON with all answers, and the ICMPv6 errors that came. At the start it writes "ready".
"""

import hashlib
import hmac
import json
import os
import select
import socket
import struct
import sys
import time

LOCAL, REMOTE, TRANSFORM = sys.argv[1:4]
SPI_OUT, SPI_IN = int(sys.argv[4], 16), int(sys.argv[6], 16)
ESP, MOBILITY, ICMPV6, IPV6 = 50, 135, 58, 41
CODE_LENGTH = 16
PATIENCE = 20


def read_key(path):
    with open(path, encoding="ascii") as file:
        return bytes.fromhex(file.read())


KEY_OUT, KEY_IN = read_key(sys.argv[5]), read_key(sys.argv[7])

if TRANSFORM == "aes":
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    except ImportError:
        print("missing: cryptography", flush=True)
        sys.exit(0)


def code(key, octets):
    return hmac.new(key[-32:], octets, hashlib.sha256).digest()[:CODE_LENGTH]


def seal(key, spi, sequence, next_header, payload):
    block = 16 if TRANSFORM == "aes" else 4
    padding = -(len(payload) + 2) % block
    plain = payload + bytes(range(1, padding + 1)) + bytes([padding, next_header])
    head = struct.pack("!II", spi, sequence)
    if TRANSFORM == "aes":
        vector = os.urandom(16)
        encryptor = Cipher(algorithms.AES(key[:-32]), modes.CBC(vector)).encryptor()
        plain = vector + encryptor.update(plain) + encryptor.finalize()
    return head + plain + code(key, head + plain)


def open_sealed(key, octets):
    """The SPI, the sequence number, the next header and the payload; None if the code is wrong."""
    body = octets[:-CODE_LENGTH]
    if not hmac.compare_digest(code(key, body), octets[-CODE_LENGTH:]):
        return None
    spi, sequence = struct.unpack("!II", body[:8])
    plain = body[8:]
    if TRANSFORM == "aes":
        decryptor = Cipher(algorithms.AES(key[:-32]), modes.CBC(plain[:16])).decryptor()
        plain = decryptor.update(plain[16:]) + decryptor.finalize()
    padding, next_header = plain[-2], plain[-1]
    assert plain[len(plain) - 2 - padding : -2] == bytes(range(1, padding + 1)), "the padding is 1, 2, 3"
    return spi, sequence, next_header, plain[: len(plain) - 2 - padding]


def checksum(octets):
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def aligned(options, multiple, rest, option):
    while len(options) % 8 % multiple != rest:
        missing = (rest - len(options)) % multiple
        options += b"\x00" if missing == 1 else bytes([1, missing - 2]) + bytes(missing - 2)
    return options + option


def update(sequence, name):
    """RFC 5213, Section 8.1: a Proxy Binding Update for a new mobile node."""
    now = time.time()
    identifier = f"{name}@pmip.example".encode()
    # The options begin at octet 12 of the message, which is 4 modulo 8.
    options = bytes(12) + bytes([8, len(identifier) + 1, 1]) + identifier
    options = aligned(options, 8, 4, bytes([22, 18, 0, 0]) + bytes(16))
    options = aligned(options, 4, 0, bytes([23, 2, 0, 1]))
    options = aligned(options, 4, 0, bytes([24, 2, 0, 4]))
    stamp = (int(now) << 16) | int((now - int(now)) * 65536)
    options = aligned(options, 8, 2, bytes([27, 8]) + struct.pack("!Q", stamp))
    options = aligned(options, 8, 0, b"")[12:]
    message = struct.pack("!BBBBHHHH", 59, (len(options) + 12) // 8 - 1, 5, 0, 0, sequence, 0x8200, 75) + options
    pseudo = socket.inet_pton(socket.AF_INET6, LOCAL) + socket.inet_pton(socket.AF_INET6, REMOTE)
    pseudo += struct.pack("!IxxxB", len(message), MOBILITY)
    return message[:4] + struct.pack("!H", checksum(pseudo + message)) + message[6:]


def answer(message, **said):
    """What an acknowledgement says."""
    return {"status": message[6], "number": struct.unpack("!H", message[8:10])[0], **said}


def main():
    esp = socket.socket(socket.AF_INET6, socket.SOCK_RAW, ESP)
    clear = socket.socket(socket.AF_INET6, socket.SOCK_RAW, MOBILITY)
    errors = socket.socket(socket.AF_INET6, socket.SOCK_RAW, ICMPV6)
    for one in (esp, clear):
        one.bind((LOCAL, 0))
    print("ready", flush=True)
    sent, number = 0, 0

    for line in sys.stdin:
        words, numbers, answers, icmp = line.split(), {}, [], []
        for word in words:
            number += 1
            numbers[number] = word
            message = update(number, f"{word}-{number}")
            if word == "clear":
                clear.sendto(message, (REMOTE, 0))
                continue
            sent += 1
            key = bytes(reversed(KEY_OUT)) if word == "wrong-key" else KEY_OUT
            spi = SPI_OUT + 0x100 if word == "wrong-spi" else SPI_OUT
            next_header = MOBILITY
            if word == "tunnel-mode":
                addresses = socket.inet_pton(socket.AF_INET6, LOCAL) + socket.inet_pton(socket.AF_INET6, REMOTE)
                message = struct.pack("!IHBB", 6 << 28, len(message), MOBILITY, 64) + addresses + message
                next_header = IPV6
            octets = seal(key, spi, sent, next_header, message)
            if word == "wrong-code":
                octets = octets[:-1] + bytes([octets[-1] ^ 1])
            if word == "cut":
                octets = octets[:-4]
            esp.sendto(octets, (REMOTE, 0))

        while not any(seen["number"] == number for seen in answers):
            ready = select.select([esp, clear, errors], [], [], PATIENCE)[0]
            if not ready:
                break
            for one in ready:
                octets, sender = one.recvfrom(65536)
                if one is errors:
                    if octets[0] < 128:
                        icmp.append([octets[0], octets[1]])
                elif sender[0] != REMOTE:
                    continue
                elif one is clear:
                    answers.append(answer(octets, under="nothing"))
                elif (opened := open_sealed(KEY_IN, octets)) is not None:
                    spi, sequence, next_header, message = opened
                    answers.append(answer(message, under=f"{spi:x}", sequence=sequence, next=next_header))
                else:
                    answers.append({"number": number, "under": "another key"})
        for seen in answers:
            seen["to"] = numbers[seen["number"]]
        print(json.dumps({"answers": answers, "errors": icmp}), flush=True)


main()
