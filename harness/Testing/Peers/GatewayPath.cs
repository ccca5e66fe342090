using Conformance.Testing.Session;

namespace Conformance.Testing.Peers;

/// <summary>The way by which an emulated MAG reaches the LMA under test.</summary>
/// <param name="IsIpv4">Over IPv4 (RFC 5844, Section 4); otherwise over IPv6.</param>
public sealed record GatewayPath(bool IsIpv4)
{
    /// <summary>The words of all paths, from the longest on, so that none is taken for a part of another one.</summary>
    public const string Words = "IPv4 behind a NAT with another port|IPv4 behind a NAT|IPv4 from another address|IPv4|IPv6";

    /// <summary>A NAT is between the MAG and the LMA: it changes address and port of what the MAG sends.</summary>
    public bool IsBehindNat { get; private init; }

    /// <summary>The NAT has given the MAG another port than at first, as after a loss of its state.</summary>
    public bool HasOtherPort { get; private init; }

    /// <summary>The MAG has moved to another IPv4 address.</summary>
    public bool HasOtherAddress { get; private init; }

    public static GatewayPath Ipv6 { get; } = new(IsIpv4: false);

    /// <exception cref="ScenarioFaultException">The words are no path.</exception>
    public static GatewayPath Named(string words) =>
        words switch
        {
            "IPv6" => Ipv6,
            "IPv4" => new(IsIpv4: true),
            "IPv4 behind a NAT" => new(IsIpv4: true) { IsBehindNat = true },
            "IPv4 behind a NAT with another port" => new(IsIpv4: true) { IsBehindNat = true, HasOtherPort = true },
            "IPv4 from another address" => new(IsIpv4: true) { HasOtherAddress = true },
            _ => throw new ScenarioFaultException(
                $"'{words}' is no path: say one of {Words.Replace("|", ", ", StringComparison.Ordinal)}."
            ),
        };
}
