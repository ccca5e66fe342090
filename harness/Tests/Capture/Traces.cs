using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Capture;

/// <summary>Small made-up traces.</summary>
internal static class Traces
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Trace Of(string scenario, params IEnumerable<Frame> frames) =>
        new(scenario, Facts(), [.. frames], [new TraceEvent.Clock(0, Start), new TraceEvent.Silence(1, Start + TimeSpan.FromSeconds(3))]);

    public static Frame Frame(int number, Direction direction, string port, TimeSpan at, params byte[] bytes) =>
        new(new PortId(port), direction, number, Start + at, bytes);

    /// <summary>A sent and a received frame, 100 ns apart, of odd lengths.</summary>
    public static Trace TwoFrames() =>
        Of(
            "TC-LMA-REG-BI-07",
            Frame(1, Direction.Sent, "core", TimeSpan.Zero, 1, 2, 3, 4, 5),
            Frame(2, Direction.Received, "home", TimeSpan.FromTicks(1), 6, 7)
        );

    private static Domain Domain { get; } =
        new()
        {
            Links = [new(Ports.Core, LinkKind.Core), new(Ports.Home, LinkKind.Home)],
            Nodes =
            [
                new("LMA1", NodeRole.Lma, [new(Ports.Core) { Addresses = [IPAddress.Parse("2001:db8:100::1")] }])
                {
                    Player = NodePlayer.Implementation,
                },
            ],
        };

    private static BedFacts Facts() =>
        new(
            "simulated",
            4711,
            TimeSpan.FromMilliseconds(1.5),
            new Ixit
            {
                Domain = Domain,
                IdentifierPattern = "{mac}@{kind}.pmip.example",
                LinkLayerPattern = "02:5e:00:00:{n}",
                OwnedPrefix = Ipv6Prefix.Parse("2001:db8:8000::/48"),
                ForeignPrefix = Ipv6Prefix.Parse("2001:db8:dead::/64"),
                Timers = new Dictionary<string, TimeSpan> { ["MinDelayBeforeBCEDelete"] = TimeSpan.FromSeconds(10) },
            },
            ["ipv6-transport"]
        );
}
