using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// The checks of the form of a type 2 routing header (RFC 6275, Section 6.4.1). <see cref="MobilityObserver"/> makes those of packets that
/// are no mobility messages.
/// </summary>
internal static class RoutingHeaders
{
    private const int LengthOffset = 1;
    private const int SegmentsOffset = 3;
    private const int ReservedOffset = 4;
    private const int LengthUnits = 2;

    private static readonly (string Name, string Statement, Func<ExtensionHeaderLayer, CheckResult> Judge)[] _rows =
    [
        ("reserved field of a type 2 routing header", "6.4.1-k1", Reserved),
        ("length of a type 2 routing header", "6.4.1-k3", Length),
        ("segments left of a type 2 routing header", "6.4.1-k4", Segments),
    ];

    public static IEnumerable<MobilityCheck> All =>
        _rows.Select(row => new MobilityCheck<SentMessage>(
            row.Name,
            row.Statement,
            null,
            null,
            sent => In(sent.Packet.Ip!) is { } header ? row.Judge(header) with { Octet = null } : null
        ));

    /// <summary>The type 2 routing header of a packet; null if it has none.</summary>
    public static ExtensionHeaderLayer? In(IpLayer ip) =>
        ip.Headers.FirstOrDefault(header => header is { Type: IpProtocols.Routing, RoutingType: ExtensionHeaderLayer.Type2 });

    /// <summary>What the checks say of a header, by their names; the octets count from the header on.</summary>
    public static IEnumerable<(string Name, CheckResult Result)> Judge(ExtensionHeaderLayer header) =>
        _rows.Select(row => (row.Name, row.Judge(header)));

    private static CheckResult Reserved(ExtensionHeaderLayer header)
    {
        var reserved = header.Part.Number(ReservedOffset, 4);
        return new(
            reserved == 0,
            "Reserved 0 in a type 2 routing header",
            string.Create(CultureInfo.InvariantCulture, $"0x{reserved:x8}"),
            ReservedOffset
        );
    }

    private static CheckResult Length(ExtensionHeaderLayer header) =>
        new(
            header.Part.Octet(LengthOffset) == LengthUnits,
            $"Hdr Ext Len {LengthUnits} in a type 2 routing header",
            $"{header.Part.Octet(LengthOffset)}",
            LengthOffset
        );

    private static CheckResult Segments(ExtensionHeaderLayer header) =>
        new(header.SegmentsLeft == 1, "Segments Left 1 in a type 2 routing header", $"{header.SegmentsLeft}", SegmentsOffset);
}
