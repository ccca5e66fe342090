#!/usr/bin/env python3
"""Connects, sets up and operates the foreign devices. The profiles name it as the command of their operator.

    operate.py bench ROLE COMMAND ...       connects a device and a tester by cables, and runs the command beside the tester
    operate.py set-up ROLE CONFIGURATION    starts the device on that bench anew, as the named configuration wants it
    operate.py tell ROLE WORD ...           gives the running device a command: set NAME VALUE, restart, renumber PREFIX, ...
    operate.py restart ROLE                 starts the device anew as it was set up last, which the devices of COMMANDED do themselves
    operate.py options ROLE CONFIGURATION   prints the options of the device, one in a line

The bench consists of two network namespaces and a directory with what the device keeps: its variables, its log, its control
socket. Set-up forgets the variables. The device's end of a cable has the name of the port in the profile. FOREIGN_OPTIONS in the
environment has further options of the device, such as one of its choices, and FOREIGN_FAULT is a fault that it shows.
"""

import itertools
import json
import os
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = {role: HERE / role / f"foreign_{role}.py" for role in ("lma", "mag", "ha", "cn", "mn")}

# The devices that take commands, and keep variables.
COMMANDED = ("lma", "mag")
PROFILES = HERE.parent / "Profiles"
VARIABLE = "FOREIGN_BENCH"


def profile_of(role):
    """The profile is JSON with comments on lines of their own."""
    text = (PROFILES / f"foreign-{role}.json").read_text(encoding="utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


# --- the options of the devices in each configuration ----------------------------------------------------------------------

LMA_CONFIGURATIONS = {
    "lma-small-pool": ["--longest-lifetime", "20"],
    "lma-variables": ["--ordering", "mobile-node-timestamp"],
    "lma-no-wait": ["--new-bce-at-once"],
    "lma-route-announcement": ["--announce", "sessions"],
    "lma-esp": ["--detect-replays"],
    "lma-ipv4-narrow": ["--ipv4-limit", "2", "--ipv4-dhcp-server", "--no-ipv6"],
    "lma-no-ipv4": ["--no-ipv4"],
}
IPV4_CONFIGURATIONS = ("lma-ipv4", "lma-ipv4-narrow", "lma-no-ipv4")

# The addresses on the core of the configurations with IPv4 transport, for nodes of which the profile has none.
OVER_IPV4 = "-ipv4-transport"
CORE_4 = {"LMA1": "192.0.2.1", "LMA2": "192.0.2.2", "MAG1": "192.0.2.161", "MAG2": "192.0.2.162", "MAG3": "192.0.2.163", "core router": "192.0.2.254"}
OTHER_4 = {"MAG1": "192.0.2.201", "MAG2": "192.0.2.202", "MAG3": "192.0.2.203"}
RFC_5844 = "rfc5844"

# A fixed link-local address is the default of the device.
ASKS_FOR_LINK_LOCAL = ["--fixed-link-local", "none"]
MAG_CONFIGURATIONS = {
    "mag-fixed-link-local": [],
    "mag-fixed-link-layer": ["--teardown", "carrier"],
    "mag-defaults": [],
    "mag-sequence-numbers": [*ASKS_FOR_LINK_LOCAL, "--ordering", "sequence"],
    "mag-local-routing": [*ASKS_FOR_LINK_LOCAL, "--local-routing"],
    "mag-variables": [*ASKS_FOR_LINK_LOCAL, "--node-timestamps"],
    "mag-regular-access": [*ASKS_FOR_LINK_LOCAL, "--visit-refused"],
    "mag-ipv4-transport-udp": [*ASKS_FOR_LINK_LOCAL, "--force-udp", "--request-udp"],
    "mag-ipv4-transport-tlv": [*ASKS_FOR_LINK_LOCAL, "--tlv"],
    "mag-ipv4-variables": [*ASKS_FOR_LINK_LOCAL, "--local-routing", "--dhcp4-address", "198.18.0.67"],
}


# In the order of their numbers in link-layer addresses.
KINDS = (
    *("dynamic", "two-prefix", "disabled", "unknown", "static", "other-anchor", "pseudonym", "temporary"),
    *("visitor", "fixed-prefix", "locally-routed", "always-tunnelled", "stateful", "stateless", "short-lived"),
    *("dual", "ipv4-only", "ipv6-only", "fixed-ipv4", "two-ipv4", "over-ipv6"),
)


def lma_options(profile, configuration):
    addresses, timers, domain = profile["addresses"], profile["timers"], "pmip.example"
    pool = "2001:db8:8000::/62" if configuration == "lma-small-pool" else profile["prefixes"]["owned"]
    if configuration == "lma-static":
        # Every mobile node has the prefixes of its number, and nobody else may have any.
        numbers = [f"{number:x}" for number in range(1, 256)]
        nodes = [f"025e0000{n:0>4}@dynamic.{domain}=2001:db8:8000:{n}::/64" for n in numbers]
        nodes += [f"025e0000{n:0>4}@two-prefix.{domain}=2001:db8:8000:{n}::/64+2001:db8:8000:{n}00::/64" for n in numbers]
    else:
        fixed = profile["prefixes"]["fixed"]
        nodes = [f"*@dynamic.{domain}", f"*@two-prefix.{domain}=2", f"*@fixed-prefix.{domain}={fixed}"]
    return [
        *("--core", "core", "--address", addresses["LMA1"] + "/64"),
        *("--home", "home", "--home-address", addresses["LMA1-home"] + "/64"),
        *pairs("--mag", (addresses[gateway] for gateway in profile["authorizedGateways"])),
        *([] if configuration == "lma-static" else ["--pool", pool]),
        *pairs("--mobile-node", nodes),
        *(ipv4_options(profile["ipv4"], domain) if configuration in IPV4_CONFIGURATIONS or OVER_IPV4 in configuration else []),
        *(lma_transport(profile, configuration) if OVER_IPV4 in configuration else []),
        *("--disabled-mobile-node", f"*@disabled.{domain}"),
        *([] if configuration == "lma-defaults" else variables(timers)),
        *LMA_CONFIGURATIONS.get(configuration, []),
        *(pairs("--association", associations(profile)) if configuration == "lma-esp" else []),
        "--exit-with-stdin",
    ]


def edition_of(profile, configuration):
    """That of the configuration; another one can be given in FOREIGN_OPTIONS."""
    return profile["configurations"].get(configuration, {}).get("edition", RFC_5844)


def on_core(profile, node):
    """The IPv4 address of a node on the core."""
    return profile["ipv4"]["addresses"].get(node, CORE_4[node])


def lma_transport(profile, configuration):
    """A gateway may have two IPv4 addresses. In the drafts it is authorized by its IPv6 address."""
    edition = edition_of(profile, configuration)
    gateways = [address for gateway in profile["authorizedGateways"] for address in (on_core(profile, gateway), OTHER_4[gateway])]
    is_accepted = edition == RFC_5844
    return [
        *("--ipv4-transport", on_core(profile, "LMA1") + "/24", "--ipv4-edition", edition),
        *("--ipv4-core-router", on_core(profile, "core router")),
        *pairs("--mag", gateways if edition == RFC_5844 else []),
        *(("--accept-udp", f"{int(is_accepted)}") if configuration.endswith("-udp") else ()),
        *(pairs("--association", associations_over_ipv4(profile, edition)) if configuration.endswith("-esp") else []),
    ]


def associations_over_ipv4(profile, edition):
    """With the IPv4 addresses of the gateways, but in the drafts with the IPv6 address of MAG2."""
    for peer, known in profile["protection"].items():
        address = profile["addresses"][peer] if peer == "MAG2" and edition != RFC_5844 else on_core(profile, peer)
        for direction in ("in", "out"):
            yield ",".join((direction, known[direction]["spi"], address, known["transform"], f"{PROFILES / known[direction]['key']}"))


def ipv4_options(ipv4, domain):
    """The mobile nodes of the kinds that are there with IPv4 alone; who is not entitled to IPv4 is an ordinary one otherwise."""
    nodes = [f"*@dual.{domain}", f"*@ipv4-only.{domain}=only", f"*@fixed-ipv4.{domain}={ipv4['fixed']}"]
    return [
        *("--ipv4-network", ipv4["network"], "--ipv4-router", ipv4["defaultRouter"], "--ipv4-reserved", ipv4["unassigned"]),
        *("--ipv4-home-address", ipv4["addresses"]["LMA1-home"] + "/24"),
        *pairs("--ipv4-mobile-node", nodes),
        *pairs("--mobile-node", (f"*@{kind}.{domain}" for kind in ("dual", "ipv4-only", "ipv6-only", "fixed-ipv4"))),
    ]


def associations(profile):
    """Those of the tunnel of a peer are in tunnel mode."""
    for peer, known in profile["protection"].items():
        for described, *mode in ((known,), *(((known["tunnel"], "tunnel"),) if "tunnel" in known else ())):
            for direction in ("in", "out"):
                one = described[direction]
                yield ",".join((direction, one["spi"], profile["addresses"][peer], described["transform"], f"{PROFILES / one['key']}", *mode))


def variables(timers):
    """MinDelayBeforeBCEDelete becomes --min-delay-before-bce-delete."""
    return pairs(*zip(*((option_of(name), f"{value}") for name, value in timers.items())))


def option_of(name):
    return "--" + re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=BCE)(?=[A-Z])", "-", name).lower()


def mag_options(profile, configuration):
    addresses, identities, timers = profile["addresses"], profile["identities"], profile["timers"]
    options = [
        *("--core", "core", "--core-address", addresses["MAG1"] + "/64", "--next-hop", addresses["core router"]),
        *("--lma", addresses["LMA1"], "--path-mtu", f"{profile['ports']['core']['mtu']}"),
        *pairs("--access", (access(profile, port, configuration) for port in profile["ports"] if port != "core")),
        *pairs("--node", (f"{one}={identities['multihomed']['identifier']}" for one in identities["multihomed"]["linkLayers"])),
        *pairs("--node", nodes_of(profile, configuration)),
        *("--initial-bindack-timeout", seconds(timers["INITIAL_BINDACK_TIMEOUT"])),
        *("--initial-bindack-timeout-first-reg", seconds(timers["InitialBindackTimeoutFirstReg"])),
        *("--max-bindack-timeout", seconds(timers["MAX_BINDACK_TIMEOUT"])),
        *MAG_CONFIGURATIONS.get(configuration, ASKS_FOR_LINK_LOCAL),
    ]
    options += mag_transport(profile, configuration) if OVER_IPV4 in configuration else []
    options += ["--dhcp-server", addresses["DHCP1"]] if configuration == "mag-dhcpv6" else []
    return options + (["--dhcp4-server", profile["ipv4"]["addresses"]["DHCP1"]] if configuration == "mag-ipv4-relay" else [])


def mag_transport(profile, configuration):
    """Both anchors are reached over IPv4."""
    anchors = [anchor for anchor in ("LMA1", "LMA2") if anchor in profile["addresses"]]
    return [
        *("--core4", on_core(profile, "MAG1") + "/24", "--core4-router", on_core(profile, "core router")),
        *("--edition", edition_of(profile, configuration)),
        *pairs("--anchor4", (f"{profile['addresses'][anchor]}={on_core(profile, anchor)}" for anchor in anchors)),
    ]


def access(profile, port, configuration):
    words = [port, f"mtu={profile['ports'][port].get('mtu', 1500)}"]
    if port in profile["identities"]["ports"]:
        words.append(f"id={profile['identities']['ports'][port]}")
    if configuration == "mag-regular-access":
        words.append(f"visited={profile['visitedPrefixes'][port]}")
    return ",".join(words)


def nodes_of(profile, configuration):
    """The third octet of a link-layer address tells the kind of mobile node. Unknown nodes have no profile."""
    more = {
        "static": ",hnp=" + "+".join(profile["identities"]["staticPrefixes"]),
        "other-anchor": f",lma={profile['addresses']['LMA2']}",
        "visitor": ",service=no",
        "locally-routed": ",local=yes",
        "always-tunnelled": ",local=no",
        "over-ipv6": ",over4=no",
    }
    if configuration.startswith("mag-ipv4"):
        length = profile["ipv4"]["network"].partition("/")[2]
        more |= {"dual": ",ip=46", "ipv4-only": ",ip=4", "fixed-ipv4": f",ip=46,hoa={profile['ipv4']['fixed']}/{length}"}
    for number, kind in enumerate(KINDS):
        if kind not in ("unknown", "two-ipv4") and kind in profile["identities"]["kinds"]:
            yield f"02:5e:{number:02x}:*={{mac}}@{kind}.pmip.example{more.get(kind, '')}"
    # A temporary address leads to the identity of the lasting one.
    yield "02:5e:87:*={mac:2=07}@temporary.pmip.example"


def seconds(milliseconds):
    return f"{milliseconds / 1000}"


def pairs(option, values):
    options = itertools.repeat(option) if isinstance(option, str) else option
    return [word for pair in zip(options, values) for word in pair]


# The devices for mobile nodes with care-of addresses.
CN_CONFIGURATIONS = {"cn-mipv6": ["--plain"], "cn-mcoa-forbidden": ["--forbid-several"]}


def cn_options(profile, configuration):
    addresses, timers = profile["addresses"], profile["timers"]
    return [
        *("--link", "core", "--address", addresses["CN1"] + "/64", "--router", addresses["core router"]),
        *("--longest-lifetime", f"{timers['MAX_RR_BINDING_LIFETIME'] // 1000}"),
        # Half of the time in between, as the mobile node may need some time for its update.
        *("--nonce-lifetime", seconds(timers["MAX_NONCE_LIFETIME"])),
        *("--nonce-use", seconds((timers["MAX_NONCE_LIFETIME"] - timers["MAX_TOKEN_LIFETIME"]) / 2)),
        *CN_CONFIGURATIONS.get(configuration, []),
        "--exit-with-stdin",
    ]


HA_CONFIGURATIONS = {
    "ha-mipv6": ["--plain"],
    "ha-mcoa-narrow": ["--no-bulk", "--no-home-binding"],
    "ha-mcoa-forbidden": ["--forbid-several"],
    "ha-mcoa-other-routers": ["--other-routers"],
}


def ha_options(profile, configuration):
    addresses = profile["addresses"]
    return [
        *("--home", "home", "--address", addresses["HA1"] + "/64"),
        *("--core", "core", "--core-address", addresses["HA1-core"] + "/64", "--router", addresses["core router"]),
        *("--networks", profile["identities"]["mobileNetwork"].replace(":{n}::/64", "::/48")),
        *HA_CONFIGURATIONS.get(configuration, []),
        "--exit-with-stdin",
    ]


MN_CONFIGURATIONS = {
    "mn-mipv6": ["--plain"],
    "mn-mcoa-single": ["--one-by-one", "--no-route-optimization", "--at-home", "foreign"],
    "mn-mcoa-home": ["--at-home", "home"],
}


def mn_options(profile, configuration):
    length = profile["prefixes"]["home"].partition("/")[2]
    return [
        *pairs("--link", profile["ports"]),
        *("--home-address", f"{profile['identities']['homeAddress']}/{length}", "--home-agent", profile["addresses"]["HA1"]),
        *MN_CONFIGURATIONS.get(configuration, []),
        "--exit-with-stdin",
    ]


OPTIONS = {"lma": lma_options, "mag": mag_options, "ha": ha_options, "cn": cn_options, "mn": mn_options}


def options_of(role, configuration):
    return OPTIONS[role](profile_of(role), configuration)


# --- the bench -------------------------------------------------------------------------------------------------------------


def ip(*words, inside=None):
    subprocess.run(["ip", *(["-n", inside] if inside else []), *words], check=True)


def bench(role, command):
    """The exit code of the command."""
    ports = profile_of(role)["ports"]
    # Nothing stays of a bench that is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # The tester demands this mode, which Git does not keep.
    for key in PROFILES.glob("keys/*.key"):
        key.chmod(0o600)
    name = f"foreign-{role}-{os.getpid()}"
    device, tester = f"{name}-device", f"{name}-tester"
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as directory:
        try:
            ip("netns", "add", device)
            ip("netns", "add", tester)
            for scope in ("all", "default"):
                setting = f"net.ipv6.conf.{scope}.disable_ipv6=1"
                subprocess.run(["ip", "netns", "exec", device, "sysctl", "-qw", setting], check=True)
            # Linux reports the carrier of a veth at once, but up to a second late if both ends have the same index.
            for index, (port, settings) in enumerate(ports.items(), start=101):
                ends = ("type", "veth", "peer", "name", settings["interface"], "netns", tester)
                ip("link", "add", port, "index", f"{index}", *ends, inside=device)
                ip("link", "set", port, "up", inside=device)
            Path(directory, "device").write_text(device, encoding="utf-8")
            os.mkfifo(Path(directory, "stdin"))
            return subprocess.run(["ip", "netns", "exec", tester, *command], env={**os.environ, VARIABLE: directory}).returncode
        finally:
            stop(Path(directory))
            for namespace in (device, tester):
                subprocess.run(["ip", "netns", "delete", namespace], check=False)


def directory_of_bench():
    directory = os.environ.get(VARIABLE)
    if not directory:
        sys.exit(f"{VARIABLE} is not set: this command is for a device on a bench")
    return Path(directory)


def stop(directory):
    """Ends the device, and waits until it has ended."""
    number = directory / "number"
    if not number.exists():
        return
    pid = int(number.read_text(encoding="utf-8"))
    number.unlink()
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    signal.pidfd_send_signal(handle, signal.SIGKILL)
    ended = select.select([handle], [], [], 10)[0]
    os.close(handle)
    if not ended:
        sys.exit(f"process {pid} does not end")


def set_up(role, configuration):
    directory = directory_of_bench()
    stop(directory)
    (directory / "configuration").write_text(configuration, encoding="utf-8")
    (directory / "variables").unlink(missing_ok=True)
    device = (directory / "device").read_text(encoding="utf-8")
    command = ["ip", "netns", "exec", device, sys.executable, SCRIPTS[role], *options_of(role, configuration)]
    command += ["--control", directory / "control", "--variables", directory / "variables"] if role in COMMANDED else []
    command += shlex.split(os.environ.get("FOREIGN_OPTIONS", ""))
    fault = os.environ.get("FOREIGN_FAULT")
    command += ["--fault", fault] if fault else []
    # The pipe has a writer as long as the device reads it, so that the device never sees its end.
    with open(directory / "log", "a", encoding="utf-8") as log:
        stdin = os.open(directory / "stdin", os.O_RDWR)
        started = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
        os.close(stdin)
    (directory / "number").write_text(f"{started.pid}", encoding="utf-8")
    if started.stdout.readline() != b"ready\n":
        sys.exit("the device did not start:\n" + "".join((directory / "log").read_text(encoding="utf-8").splitlines(True)[-20:]))


def tell(words):
    """The device answers when it has done what it was told; after a restart, when it is ready again."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.connect(f"{directory_of_bench() / 'control'}")
        connection.send("\n".join(words).encode())
        answer = connection.recv(0x10000).decode()
    if answer != "done":
        sys.exit(answer or "the device has ended")


def main():
    commands = ("bench", "set-up", "tell", "restart", "options")
    if len(sys.argv) < 3 + (sys.argv[1:2] != ["restart"]) or sys.argv[1] not in commands or sys.argv[2] not in SCRIPTS:
        sys.exit(__doc__)
    command, role, words = sys.argv[1], sys.argv[2], sys.argv[3:]
    if command == "bench":
        sys.exit(bench(role, words))
    elif command == "set-up":
        set_up(role, words[0])
    elif command == "restart":
        set_up(role, (directory_of_bench() / "configuration").read_text(encoding="utf-8"))
    elif command == "tell":
        tell(words)
    else:
        print("\n".join(options_of(role, words[0])))


if __name__ == "__main__":
    main()
