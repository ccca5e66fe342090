using Conformance.Testing.Octets;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>The checks of the header of every mobility message: RFC 6275, Section 6.1.1.</summary>
internal static class HeaderForm
{
    private const int Unit = 8;
    private const int ReservedOffset = 3;

    /// <typeparam name="T">The messages that are judged.</typeparam>
    public static IEnumerable<MobilityCheck> Of<T>()
        where T : CheckedMessage =>
        [
            Row<T>("Payload Proto of a message", "6.1.1-k1", PayloadProto),
            Row<T>("length of a message", "6.1.1-k2", Length),
            Row<T>("reserved field of a message", "6.1.1-k3", Reserved),
            Row<T>("checksum of a message", "6.1.1-d1", Checksum),
        ];

    private static MobilityCheck<T> Row<T>(string name, string rfc6275, Func<CheckedMessage, CheckResult?> judge)
        where T : CheckedMessage => new(name, rfc6275, null, null, judge);

    private static CheckResult PayloadProto(CheckedMessage sent) =>
        new(sent.Message.PayloadProto == IpProtocols.NoNextHeader, "Payload Proto 59", $"Payload Proto {sent.Message.PayloadProto}", 0);

    private static CheckResult? Length(CheckedMessage sent) =>
        sent.Packet.Ip is { IsComplete: true, IsFragment: false }
            ? new(
                sent.Message.Part.Length % Unit == 0,
                $"a message of a multiple of {Unit} octets",
                $"{sent.Message.Part.Length} octets",
                Octet: 1
            )
            : null;

    private static CheckResult Reserved(CheckedMessage sent) =>
        new(sent.Message.Reserved == 0, "Reserved of 0", $"it is 0x{sent.Message.Reserved:x}", ReservedOffset);

    /// <summary>With a type 2 routing header, the home address counts as destination (RFC 6275, Section 6.1.1).</summary>
    private static CheckResult? Checksum(CheckedMessage sent) =>
        sent.Message.HasRightChecksum is { } isRight
            ? new(isRight, "a Mobility Header with a correct checksum", "the checksum is wrong", MessageFields.ChecksumOffset)
            : null;
}
