using System.Globalization;
using System.Net;
using Conformance.Testing.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles;

/// <summary>The fields of a DHCP message to a mobile node or to the server, compared with what a table of a scenario expects.</summary>
internal sealed class DhcpFields(TestSession session)
{
    private const int AddressOctets = 4;

    private static readonly Dictionary<string, int> _options = new(StringComparer.Ordinal)
    {
        ["Subnet Mask"] = (int)DhcpOptionCode.SubnetMask,
        ["Router"] = (int)DhcpOptionCode.Router,
        ["Interface MTU"] = (int)DhcpOptionCode.InterfaceMtu,
        ["IP Address Lease Time"] = (int)DhcpOptionCode.LeaseTime,
        ["Server Identifier"] = (int)DhcpOptionCode.ServerIdentifier,
        ["Relay Agent Information"] = (int)DhcpOptionCode.RelayAgentInformation,
        ["Subnet Selection"] = (int)DhcpOptionCode.SubnetSelection,
    };

    private static readonly Dictionary<string, byte> _subOptions = new(StringComparer.Ordinal)
    {
        ["Agent Remote ID"] = (byte)RelayAgentSubOptionCode.RemoteId,
        ["Server Identifier Override"] = (byte)RelayAgentSubOptionCode.ServerIdentifierOverride,
    };

    /// <param name="packet">The packet with the message, without a tunnel header.</param>
    /// <param name="earlier">The identifier of the server in the offer or confirmation before; null if there was none.</param>
    /// <exception cref="ScenarioFaultException">There is no such expectation.</exception>
    /// <exception cref="StepFailedException">The message lacks what would be compared.</exception>
    public FieldJudgement Judge(MobileNode node, Packet packet, IPAddress? earlier, string field, string expected)
    {
        var message = packet.Dhcp!;
        if (field == "link-layer destination" && expected == "that of the mobile node")
        {
            var to = packet.Ethernet!.Destination;
            return Judgement(Observation.Source, to == node.Identity.LinkLayer, field, expected, $"{to}", octet: null);
        }

        var value = Value(packet, message, field);
        var observation = field == "source" ? Observation.Source : Observation.Options;
        var octet = value is { Offset: > 0 and var at } ? at : (int?)null;
        if (expected is "present" or "absent")
        {
            return Judgement(observation, value is not null == (expected == "present"), field, expected, Text(value), octet);
        }

        var (ok, wanted) = value is { } octets ? Compare(node, octets, earlier, expected) : (false, expected);
        return Judgement(observation, ok, field, wanted, Text(value), octet);
    }

    /// <summary>The octets of a field; null for an option that is not there.</summary>
    private static FramePart? Value(Packet packet, DhcpLayer message, string field)
    {
        if (_options.TryGetValue(field, out var code))
        {
            return message.First(code)?.Data;
        }

        if (_subOptions.TryGetValue(field, out var sub))
        {
            return DhcpServerPeer.SubOption(message, sub) is { } found ? new FramePart(found, Offset: 0) : null;
        }

        return field switch
        {
            "hops" => message.Part.Slice(3, 1),
            "ciaddr" => message.Part.Slice(12, AddressOctets),
            "yiaddr" => message.Part.Slice(16, AddressOctets),
            "siaddr" => message.Part.Slice(20, AddressOctets),
            "giaddr" => message.Part.Slice(24, AddressOctets),
            "source" => new FramePart(packet.Ip!.Source.GetAddressBytes(), Offset: 0),
            _ => throw new ScenarioFaultException(
                $"'{field}' is not a field of a DHCP message here: say hops, ciaddr, yiaddr, siaddr, giaddr, source, "
                    + $"link-layer destination, {string.Join(", ", _options.Keys.Concat(_subOptions.Keys))}."
            ),
        };
    }

    private (bool Ok, string Wanted) Compare(MobileNode node, FramePart value, IPAddress? earlier, string expected)
    {
        switch (expected)
        {
            case "that of the home network":
                var mask = new IpPrefix(IPAddress.Broadcast, Ipv4Words.Assigned(node, session).PrefixLength).Network;
                return (value.Length == AddressOctets && value.Ipv4Address(0).Equals(mask), $"{mask}, {expected}");
            case "that of the tunnel":
                var mtu = session.PathMtu.Tunnel;
                return (value.Length == 2 && value.Word(0) == mtu, string.Create(CultureInfo.InvariantCulture, $"{mtu}, {expected}"));
            case "as before":
                var before =
                    earlier ?? throw new StepFailedException($"no earlier message of a server has told {node.Name} its identifier");
                return (value.Length == AddressOctets && value.Ipv4Address(0).Equals(before), $"{before}, {expected}");
            case "an address":
                return (value.Length == AddressOctets && !value.Ipv4Address(0).Equals(IPAddress.Any), expected);
            default:
                if (int.TryParse(expected, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return (value.Number(0, value.Length) == (ulong)number, expected);
                }

                var (isOther, words) = expected.StartsWith("not ", StringComparison.Ordinal) ? (true, expected[4..]) : (false, expected);
                var address = Ipv4Words.Read(words, node, session);
                return ((value.Length == AddressOctets && value.Ipv4Address(0).Equals(address)) != isOther, $"{expected}, {address}");
        }
    }

    private static string Text(FramePart? value) =>
        value switch
        {
            null => "absent",
            { Length: AddressOctets } address => $"{address.Ipv4Address(0)}",
            { Length: <= sizeof(ushort) } number => number.Number(0, number.Length).ToString(CultureInfo.InvariantCulture),
            var octets => Convert.ToHexStringLower(octets.Value.Span),
        };

    private static FieldJudgement Judgement(Observation observation, bool ok, string field, string expected, string actual, int? octet) =>
        new(observation, ok, $"{field} {expected}", $"{field} {actual}", octet);
}
