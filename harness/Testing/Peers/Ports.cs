using Conformance.Testing.Bed;

namespace Conformance.Testing.Peers;

/// <summary>The tester's ports by what is behind them.</summary>
public static class Ports
{
    /// <summary>Between access gateways and anchors.</summary>
    public static PortId Core { get; } = new("core");

    /// <summary>Behind the anchor, where correspondent nodes are.</summary>
    public static PortId Home { get; } = new("home");

    /// <summary>An access link of the gateway, from 1.</summary>
    public static PortId Access(int number) => new($"link{number}");
}
