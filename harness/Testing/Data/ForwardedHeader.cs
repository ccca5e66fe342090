using System.Globalization;
using System.Net.Sockets;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Data;

/// <summary>
/// The fields of the headers of a forwarded packet, in the words of a scenario: <c>outer ECN</c>, <c>inner Hop Limit</c>.
/// </summary>
internal static class ForwardedHeader
{
    /// <summary>Payload Length, and the addresses with all that follows.</summary>
    private static readonly Range[] _fixedInIpv6 = [4..6, 8..];

    /// <summary>Total Length, Identification, flags and Fragment Offset; Protocol; the addresses with all that follows.</summary>
    private static readonly Range[] _fixedInIpv4 = [2..8, 9..10, 12..];

    /// <summary>
    /// Compares the headers of a forwarded packet with a table: outer and inner ECN, hop limit, addresses. Whether a packet is forwarded is
    /// another observation than what it carries. A congestion mark at the entrance is as the ICS says.
    /// </summary>
    /// <param name="sent">The packet as it was sent.</param>
    public static void Require(TestSession session, IpPacket sent, Packet packet, IEnumerable<(string Field, string Expected)> rows) =>
        FieldTable.Require(
            session,
            rows.Select(row =>
            {
                var actual = row.Field == "inner content" ? Content(packet, sent) : Field(packet, row.Field);
                var wanted = Wanted(session, sent, packet, row);
                return new FieldJudgement(
                    Observation.Options,
                    actual == wanted,
                    $"{row.Field} {wanted}",
                    $"{row.Field} {actual}",
                    packet.IpOffset
                );
            }),
            packet.Frame
        );

    /// <summary>All that a router has no part in: the addresses, and what follows the header.</summary>
    private static string Content(Packet packet, IpPacket sent)
    {
        var inner = (packet.Inner ?? packet).Ip!;
        var octets = packet.Frame.Bytes.Span[inner.Offset..];
        var expected = sent.ToBytes().AsSpan();
        return
            inner.IsComplete
            && octets.Length >= expected.Length
            && AreEqual(octets[..expected.Length], expected, sent is Ipv4Packet ? _fixedInIpv4 : _fixedInIpv6)
            ? "unchanged"
            : "changed";
    }

    private static bool AreEqual(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> expected, Range[] ranges)
    {
        foreach (var range in ranges)
        {
            if (!octets[range].SequenceEqual(expected[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static string Wanted(TestSession session, IpPacket sent, Packet packet, (string Field, string Expected) row) =>
        row.Expected switch
        {
            // RFC 3168, Section 9.1.1, has a packet that has seen congestion enter the tunnel as one that can; RFC 6040 copies the mark.
            "ECT(0), or CE by RFC 6040" => session.Claims("rfc6040") ? "CE" : "ECT(0)",
            "one less" => (sent.HopLimit - 1).ToString(CultureInfo.InvariantCulture),
            _ => session.Ixit.Domain.Find(row.Expected)?.AddressOf(FamilyOf(row.Field, sent, packet))?.ToString() ?? row.Expected,
        };

    /// <summary>The name of a node stands for its address of the family of the header.</summary>
    private static AddressFamily FamilyOf(string field, IpPacket sent, Packet packet) =>
        field.StartsWith("inner", StringComparison.Ordinal) ? sent.Source.AddressFamily : packet.Ip!.Source.AddressFamily;

    /// <exception cref="ScenarioFaultException">There is no such field.</exception>
    public static string Field(Packet packet, string field)
    {
        if (field == "outer protection")
        {
            return packet.Esp switch
            {
                null => "none",
                { Association: null } => "not authentic",
                _ => "ESP",
            };
        }

        if (field == "encapsulation")
        {
            return TunnelForm.Of(packet) is { } form ? TunnelForm.Words(form.Encapsulation) : "none";
        }

        var words = field.Split(' ', 2);
        var header =
            words[0] == "inner" ? (packet.Inner ?? packet).Ip!
            : words[0] == "outer" ? packet.Ip!
            : throw Unknown(field);
        return words[^1] switch
        {
            "ECN" => EcnName(header.Ecn),
            "Hop Limit" => header.HopLimit.ToString(CultureInfo.InvariantCulture),
            "source" => header.Source.ToString(),
            "destination" => header.Destination.ToString(),
            "protocol" => IpProtocols.Text(header.Protocol),
            "source port" or "destination port" when words[0] == "outer" => packet.Udp is not { } udp ? "none"
            : words[^1] == "source port" ? udp.SourcePort.ToString(CultureInfo.InvariantCulture)
            : udp.DestinationPort.ToString(CultureInfo.InvariantCulture),
            "DF" when header is Ipv4Layer ipv4 => ipv4.DontFragment ? "1" : "0",
            "checksum" when header is Ipv4Layer ipv4 => ipv4.HasRightHeaderChecksum ? "right" : "wrong",
            "Tunnel Encapsulation Limit" => TunnelEncapsulationLimit(header),
            "headers" => header.Headers.Count == 0 ? "none" : string.Join(", ", header.Headers.Select(each => each.Name)),
            _ => throw Unknown(field),
        };
    }

    private static ScenarioFaultException Unknown(string field) =>
        new(
            $"'{field}' is not a field of a forwarded packet: say inner or outer, then ECN, Hop Limit, source, destination, protocol, "
                + "checksum or DF (of IPv4), headers or Tunnel Encapsulation Limit, or outer and source port or destination port, or "
                + "encapsulation, inner content or outer protection."
        );

    /// <summary>The limit in the only option of this kind, if all options of its header are as RFC 8200, Section 4.2, says.</summary>
    private static string TunnelEncapsulationLimit(IpLayer header) =>
        header.Headers.Where(each => each.HasOption(ExtensionHeaderLayer.TunnelEncapsulationLimit)).ToList() switch
        {
            [] => "none",
            [{ IsWellFormed: false }] => "in a malformed header",
            [{ Type: IpProtocols.DestinationOptions, TunnelLimits: [var limit] }] => limit.ToString(CultureInfo.InvariantCulture),
            [{ Type: IpProtocols.DestinationOptions }] => "of another form",
            _ => "in several headers or in another one than Destination Options",
        };

    private static string EcnName(Ecn ecn) =>
        ecn switch
        {
            Ecn.NotEct => "Not-ECT",
            Ecn.Ect0 => "ECT(0)",
            Ecn.Ect1 => "ECT(1)",
            _ => "CE",
        };
}
