using Conformance.Testing.Octets.Layers;

namespace Conformance.Testing.Data;

/// <summary>An ICMPv6 error about a packet that is not forwarded (RFC 4443, Section 3).</summary>
/// <param name="Code">Null if any code will do.</param>
public sealed record Icmpv6Error(string Name, int Type, int? Code)
{
    public static Icmpv6Error Named(string name) =>
        name switch
        {
            // Code 0: the hop limit ran out in transit.
            "Time Exceeded" => new(name, Icmpv6Layer.TimeExceeded, 0),
            "Packet Too Big" => new(name, Icmpv6Layer.PacketTooBig, 0),
            _ => new(name, Icmpv6Layer.DestinationUnreachable, Code: null),
        };
}
