using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;

namespace Conformance.Testing.Data;

/// <summary>An ICMPv6 error about a packet that is not forwarded (RFC 4443, Section 3).</summary>
/// <param name="Code">Null if any code will do.</param>
public sealed record Icmpv6Error(string Name, int Type, int? Code)
{
    private const string AtOctet = "Parameter Problem at octet ";
    private const string OfTunnel = " of the tunnel MTU";

    /// <summary>The octet of the packet to which a Parameter Problem points; null for other errors.</summary>
    public uint? Pointer { get; private init; }

    /// <summary>
    /// True if the message must not state more than the MTU of the tunnel (RFC 2473, Section 7.1), nor less than every link carries.
    /// </summary>
    public bool IsOfTunnelMtu { get; private init; }

    /// <param name="name">
    /// The name of the message, with <c>at octet</c> and a number for a Parameter Problem, and possibly <c>of the tunnel MTU</c> for Packet
    /// Too Big.
    /// </param>
    public static Icmpv6Error Named(string name) =>
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
            _ => new(name, Icmpv6Layer.DestinationUnreachable, Code: null),
        };
}
