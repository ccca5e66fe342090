"""The management of the local mobility anchor (9.1, 9.3): a local socket for commands, and a file in which variables outlive restarts.

A command is one message; its words are lines. The answer is "done", or what is wrong. The commands, by which an operator sets
a variable of Section 9 or of RFC 5844, 5.1, lets a gateway in or out (4), and makes a home network prefix invalid (6.12):

    set NAME VALUE          times in milliseconds, flags 0 or 1, addresses with :: for ALL_ZERO
    authorize ADDRESS
    deauthorize ADDRESS     its sessions stay until their lifetime ends
    renumber PREFIX
    restart                 forgets the sessions; the answer comes when the anchor is ready again

A changed delay applies to waits that begin later.
"""

import json
import os
import socket
import sys

from foreign_mobility import prefix
from foreign_stack import address

ANSWER = "FOREIGN_LMA_ANSWER"
TIMES = {
    "MinDelayBeforeBCEDelete": "min_delay_before_bce_delete",
    "MaxDelayBeforeNewBCEAssign": "max_delay_before_new_bce_assign",
    "TimestampValidityWindow": "timestamp_validity_window",
}


class Refused(Exception):
    """A command that cannot be carried out, and why."""


class Variables:
    """The variables that have been set, on top of the settings from the command line. The file may be None: nothing is kept then."""

    def __init__(self, settings, file):
        self.settings, self.file = settings, file
        self.kept = []
        if file and os.path.exists(file) and not settings.has_fault("variables-forgotten"):
            with open(file, encoding="utf-8") as lines:
                for words in json.load(lines):
                    self.apply(*words)

    def apply(self, command, *words):
        """Changes the settings. Only the last command about a variable or a gateway is kept."""
        if command == "set":
            if not self.settings.has_fault("variables-fixed"):
                self.set(*words)
        elif command == "deauthorize" and self.settings.has_fault("deauthorized-served"):
            return
        elif command == "authorize":
            self.settings.gateways[address(words[0])] = ()
        else:
            self.settings.gateways.pop(address(words[0]), None)
        self.kept = [kept for kept in self.kept if kept[1] != words[0]] + [[command, *words]]

    def set(self, name, value):
        settings = self.settings
        if name in TIMES:
            setattr(settings, TIMES[name], int(value))
        elif settings.transport and name == settings.transport.variable:
            settings.transport.accepts_udp = value == "1"
        elif name == "FixedMAGLinkLocalAddressOnAllAccessLinks":
            settings.fixed_link_local = address(value)
        elif name == "TimestampBasedApproachInUse":
            if value == "0":
                settings.ordering = "sequence"
            elif settings.ordering == "sequence":
                settings.ordering = "timestamp"
        elif name == "MobileNodeGeneratedTimestampInUse":
            if settings.ordering != "sequence":
                settings.ordering = "mobile-node-timestamp" if value == "1" else "timestamp"
            elif value == "1":
                raise Refused("9.3: not without timestamps")
        else:
            raise Refused(f"{name} is no variable of this anchor")

    def keep(self):
        """9.1: the file is complete at every moment."""
        if self.file:
            with open(f"{self.file}.new", "w", encoding="utf-8") as lines:
                json.dump(self.kept, lines)
            os.replace(f"{self.file}.new", self.file)


class Control:
    """The socket. Commands are carried out at once."""

    def __init__(self, path, variables, anchor):
        self.variables, self.anchor = variables, anchor
        if os.path.exists(path):
            os.unlink(path)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(f"{path}")
        self.listener.listen()

    def fileno(self):
        return self.listener.fileno()

    def receive(self, now):
        connection, _ = self.listener.accept()
        with connection:
            words = connection.recv(0x1000).decode("utf-8", "replace").split("\n")
            if words == ["restart"]:
                restart(connection)
            connection.send(self.obey(words, now).encode())

    def obey(self, words, now):
        try:
            if words[0] == "renumber" and len(words) == 2:
                self.anchor.renumber(prefix(words[1]), now)
            elif (words[0], len(words)) in (("set", 3), ("authorize", 2), ("deauthorize", 2)):
                self.variables.apply(*words)
                self.variables.keep()
            else:
                return "unknown command"
        except (Refused, ValueError) as problem:
            return f"refused: {problem}"
        return "done"


def restart(connection):
    """Begins anew in the same process, which hands the connection on."""
    connection.set_inheritable(True)
    os.environ[ANSWER] = str(connection.fileno())
    os.execv(sys.executable, [sys.executable, *sys.argv])


def answer_restart():
    """Tells whoever has asked for a restart that the anchor is ready. Whether somebody has."""
    number = os.environ.pop(ANSWER, None)
    if number is None:
        return False
    with socket.socket(fileno=int(number)) as connection:
        connection.send(b"done")
    return True
