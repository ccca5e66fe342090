using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Data;

/// <summary>An ICMP error about a packet that is not forwarded (RFC 4443, Section 3; RFC 792; RFC 1191, Section 4).</summary>
/// <param name="Name">With the family: <c>ICMPv6 Time Exceeded</c>.</param>
/// <param name="Code">Null if any code will do.</param>
public sealed record IcmpError(string Name, int Type, int? Code)
{
    private const string AtOctet = "Parameter Problem at octet ";
    private const string OfTunnel = " of the tunnel MTU";
    private const string FragmentationNeeded = "Fragmentation Needed";

    /// <summary>RFC 792: host unreachable; fragmentation needed and DF set.</summary>
    private const int HostUnreachableCode = 1,
        FragmentationNeededCode = 4;

    public bool IsIpv4 { get; private init; }

    /// <summary>The octet of the packet to which a Parameter Problem points; null for other errors.</summary>
    public uint? Pointer { get; private init; }

    /// <summary>
    /// True if the message must not state more than the MTU of the tunnel (RFC 2473, Sections 7.1 and 7.2), nor less than every link
    /// leaves to the tunnel.
    /// </summary>
    public bool IsOfTunnelMtu { get; private init; }

    /// <param name="words">
    /// <c>ICMPv6 error</c> or <c>ICMPv4 error</c> and the name of the message, with <c>at octet</c> and a number for a Parameter Problem,
    /// and possibly <c>of the tunnel MTU</c> for Packet Too Big and Fragmentation Needed.
    /// </param>
    /// <exception cref="ScenarioFaultException">There is no such error.</exception>
    public static IcmpError Named(string words) =>
        words.Split(" error ", 2) switch
        {
            ["ICMPv6", var name] => Ipv6(name) with { Name = $"ICMPv6 {name}" },
            ["ICMPv4", var name] => Ipv4(name) with { Name = $"ICMPv4 {name}", IsIpv4 = true },
            _ => throw new ScenarioFaultException($"'{words}' is no ICMP error: say ICMPv6 error or ICMPv4 error, and its name."),
        };

    private static IcmpError Ipv6(string name) =>
        name switch
        {
            // Code 0: the hop limit ran out in transit.
            "Time Exceeded" => new(name, Icmpv6Layer.TimeExceeded, 0),
            "Packet Too Big" => new(name, Icmpv6Layer.PacketTooBig, 0),
            "Packet Too Big" + OfTunnel => new(name, Icmpv6Layer.PacketTooBig, 0) { IsOfTunnelMtu = true },
            // Code 0: an erroneous header field.
            _ when name.StartsWith(AtOctet, StringComparison.Ordinal) => new(name, Icmpv6Layer.ParameterProblem, 0)
            {
                Pointer = (uint)OptionWords.Number(name[AtOctet.Length..], ushort.MaxValue),
            },
            "Destination Unreachable" => new(name, Icmpv6Layer.DestinationUnreachable, Code: null),
            _ => throw new ScenarioFaultException($"'{name}' is no ICMPv6 error."),
        };

    private static IcmpError Ipv4(string name) =>
        name switch
        {
            // Code 0: the time to live ran out in transit.
            "Time Exceeded" => new(name, Icmpv4Layer.TimeExceeded, 0),
            "Host Unreachable" => new(name, Icmpv4Layer.DestinationUnreachable, HostUnreachableCode),
            FragmentationNeeded => new(name, Icmpv4Layer.DestinationUnreachable, FragmentationNeededCode),
            FragmentationNeeded + OfTunnel => new(name, Icmpv4Layer.DestinationUnreachable, FragmentationNeededCode)
            {
                IsOfTunnelMtu = true,
            },
            _ => throw new ScenarioFaultException($"'{name}' is no ICMPv4 error."),
        };
}
