using Conformance.Testing.Bed;

namespace Conformance.Testing.Peers;

/// <summary>The tester's ports, named after the network behind them.</summary>
public static class Ports
{
    /// <summary>The link between MAGs and LMAs.</summary>
    public static PortId Core { get; } = new("core");

    /// <summary>The link between a NAT and a MAG behind it.</summary>
    public static PortId BehindNat { get; } = new("private");

    /// <summary>The link behind the LMA, where correspondent nodes are.</summary>
    public static PortId Home { get; } = new("home");

    /// <summary>An access link of the MAG, numbered from 1.</summary>
    public static PortId Access(int number) => new($"link{number}");
}
