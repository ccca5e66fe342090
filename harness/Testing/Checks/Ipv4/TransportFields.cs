using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The rows of a table about how a message goes (RFC 5844, Section 4, and the drafts): <c>transport</c>, <c>outer source</c>,
/// <c>source port</c>, <c>UDP checksum</c>, <c>ESP</c> and so on, and the flags F and T.
/// </summary>
internal static class TransportFields
{
    private const string None = "none",
        Right = "right",
        Wrong = "wrong";

    public static IReadOnlyList<string> Names { get; } =
    [
        "transport",
        "outer source",
        "outer destination",
        "source port",
        "destination port",
        "UDP checksum",
        MessageFields.Checksum,
        "inner source",
        "inner destination",
        "F",
        "T",
        "ESP",
    ];

    /// <summary>The judgement of a row; null if the row is about no such field.</summary>
    public static FieldJudgement? Judge(TestSession session, Packet packet, string field, string expected)
    {
        var carriage = Carriage.Of(packet);
        return field switch
        {
            "transport" => Of(Observation.Options, Transport(packet, carriage)),
            "outer source" => OfAddress(packet.Outer!.Source),
            "outer destination" => OfAddress(packet.Outer!.Destination),
            "source port" => Of(Observation.Source, Port(carriage.Udp?.SourcePort)),
            "destination port" => Of(Observation.Source, Port(carriage.Udp?.DestinationPort)),
            "UDP checksum" => Of(Observation.Options, UdpChecksum(carriage.Udp)),
            MessageFields.Checksum => Of(Observation.Options, Checksum(packet.Mobility!), MessageFields.ChecksumOffset),
            "inner source" => OfAddress(packet.Ip is Ipv6Layer inner ? inner.Source : null),
            "inner destination" => OfAddress(packet.Ip is Ipv6Layer inner ? inner.Destination : null),
            "F" or "T" => OfFlag(packet.Mobility!),
            "ESP" => Of(Observation.Options, Esp(carriage, packet)),
            _ => null,
        };

        FieldJudgement Of(Observation observation, string actual, int? octet = null) =>
            new(observation, actual == expected, $"{field} {expected}", $"{field} {actual}", octet);

        // The name of a node stands for its address of the family of the header.
        FieldJudgement OfAddress(IPAddress? actual) =>
            new(
                Observation.Source,
                actual is not null && actual.Equals(Wanted(session, expected, actual.AddressFamily)),
                $"{field} {expected}",
                $"{field} {actual?.ToString() ?? None}",
                Octet: null
            );

        FieldJudgement OfFlag(MobilityOctets message) =>
            Of(
                Observation.Flags,
                MessageFields.Find(message.Type, field) is { } flag
                    ? message.Part.Bits(flag.Bit, flag.Width).ToString(CultureInfo.InvariantCulture)
                    : None,
                message.OffsetOf(field)
            );
    }

    /// <exception cref="ScenarioFaultException">The words are no address and no node of the IXIT.</exception>
    private static IPAddress? Wanted(TestSession session, string words, AddressFamily family) =>
        session.Ixit.Domain.Find(words) is { } node ? node.AddressOf(family)
        : IPAddress.TryParse(words, out var address) ? address
        : throw new ScenarioFaultException($"'{words}' is neither an address nor a node of the IXIT.");

    private static string Transport(Packet packet, Carriage carriage) => packet.Outer is Ipv4Layer ? carriage.Words : "IPv6";

    private static string Port(int? port) => port?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static string UdpChecksum(UdpLayer? udp) =>
        udp is null ? None
        : udp.Checksum == 0 ? "0"
        : udp.HasRightChecksum == false ? Wrong
        : Right;

    private static string Checksum(MobilityOctets message) =>
        message.HasRightChecksum == true ? Right
        : message.Part.Word(MessageFields.ChecksumOffset) == 0 ? "0"
        : Wrong;

    private static string Esp(Carriage carriage, Packet packet) =>
        packet.Esp is null ? None
        : carriage.Inner?.Esp is not null ? "inside"
        : carriage.Outer is not null ? "outside"
        : "transport mode";
}
