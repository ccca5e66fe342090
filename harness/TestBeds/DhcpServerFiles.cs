using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Conformance.TestBeds;

/// <summary>
/// The configuration files of DHCP servers behind the relay agents of MAGs: the Agent Remote ID is the address to lease (RFC 5844, Section
/// 3.4.2). Each address of the LMA's pool has a rule for it.
/// </summary>
internal static class DhcpServerFiles
{
    /// <summary>dnsmasq has no shorter leases. Clients renew it as early as the others, if they follow the server.</summary>
    private const int LeastLeaseOfDnsmasq = 120;

    private const int AddressLength = 32;

    /// <summary>The first address of the pool is that of the network, and the second that of the default router.</summary>
    private const int FirstHost = 2;

    private static readonly int _lease = (int)Ipv4MagConfigurations.ShortLease.TotalSeconds;

    /// <summary>The MTU of a tunnel over IPv6 on links of 1500 octets.</summary>
    private const int TunnelMtu = 1460;

    private static string Network => ReferenceSetup.Ipv4.Prefix.Network.ToString();

    private static string Mask { get; } =
        new IPAddress(BinaryPrimitives.ReverseEndianness(uint.MaxValue << (AddressLength - ReferenceSetup.Ipv4.Prefix.Length))).ToString();

    private static string Router => ReferenceSetup.Ipv4.DefaultRouter.ToString();

    public static IReadOnlyDictionary<string, string> Dhcpd =>
        new Dictionary<string, string>
        {
            ["leases"] = string.Empty,
            ["dhcpd.conf"] = $$"""
                default-lease-time {{_lease}};
                max-lease-time {{_lease}};
                min-lease-time {{_lease}};
                {{Lines(address => $"class \"{address}\" {{ match if option agent.remote-id = {Octets(address, ":")}; }}")}}
                shared-network domain {
                  subnet 192.0.2.0 netmask 255.255.255.0 { }
                  subnet {{Network}} netmask {{Mask}} {
                    option routers {{Router}};
                    option interface-mtu {{TunnelMtu}};
                    {{Lines(address => $"pool {{ allow members of \"{address}\"; range {address}; }}")}}
                  }
                }
                """,
        };

    public static IReadOnlyDictionary<string, string> Dnsmasq =>
        new Dictionary<string, string>
        {
            ["dnsmasq.conf"] = $"""
                port=0
                dhcp-authoritative
                dhcp-option=option:router,{Router}
                dhcp-option=option:mtu,{TunnelMtu}
                dhcp-option=option:T1,{_lease / 2}
                {Lines(address => $"dhcp-remoteid=set:{Octets(address, "")},{Octets(address, ":")}")}
                {Lines(address => $"dhcp-range=tag:{Octets(address, "")},{address},{address},{Mask},{LeastLeaseOfDnsmasq}")}
                """,
        };

    public static IReadOnlyDictionary<string, string> Kea =>
        new Dictionary<string, string>
        {
            ["kea-dhcp4.conf"] = $$"""
                { "Dhcp4": {
                  "interfaces-config": { "interfaces": [ "core" ], "dhcp-socket-type": "udp" },
                  "lease-database": { "type": "memfile", "persist": false },
                  "valid-lifetime": {{_lease}}, "renew-timer": {{_lease / 2}}, "rebind-timer": {{_lease * 7 / 8}},
                  "client-classes": [
                    {{Lines(address => $"{{ \"name\": \"{address}\", \"test\": \"relay4[2].hex == 0x{Octets(address, "")}\" }}", ",")}}
                  ],
                  "subnet4": [ {
                    "subnet": "{{Network}}/{{ReferenceSetup.Ipv4.Prefix.Length}}",
                    "pools": [
                      {{Lines(address => $"{{ \"pool\": \"{address}-{address}\", \"client-class\": \"{address}\" }}", ",")}}
                    ],
                    "option-data": [
                      { "name": "routers", "data": "{{Router}}" },
                      { "name": "interface-mtu", "data": "{{TunnelMtu}}" }
                    ] } ],
                  "loggers": [ { "name": "kea-dhcp4", "severity": "INFO", "output_options": [ { "output": "stdout" } ] } ]
                } }
                """,
        };

    /// <summary>A line for each address.</summary>
    private static string Lines(Func<IPAddress, string> line, string separator = "") =>
        string.Join($"{separator}\n", Addresses().Select(line));

    private static IEnumerable<IPAddress> Addresses()
    {
        var pool = Ipv4MagConfigurations.AddressPool;
        var first = pool.Network.GetAddressBytes();
        for (var i = FirstHost; i < 1 << (AddressLength - pool.Length); i++)
        {
            yield return new IPAddress([first[0], first[1], first[2], (byte)(first[3] + i)]);
        }
    }

    private static string Octets(IPAddress address, string separator) =>
        string.Join(separator, address.GetAddressBytes().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
}
