using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>
/// The checks of every Proxy Binding Update that a MAG under test sends: RFC 5213, Sections 6.9.1.1, 6.9.1.3, 6.9.1.4 and 6.9.1.5.
/// </summary>
internal sealed class UpdateChecks : ICheckSet
{
    private const int FlagsOffset = 8;

    /// <summary>The ICS item of a MAG with TimestampBasedApproachInUse = 0.</summary>
    private const string SequenceNumbersInUse = "sequence-numbers-in-use";

    public Edition Edition => Edition.Rfc5213;

    public IReadOnlyList<string> Roles { get; } = ["MAG"];

    public IReadOnlyList<Check> Checks { get; } =
    [
        new Check<Update>("P flag", "rfc5213-6.9.1.5-k2a", ProxyFlag),
        new Check<Update>(
            "A flag",
            "rfc5213-6.9.1.5-k2b",
            update => new(update.Message.AcknowledgeFlag, "the A flag set to 1", "the A flag is 0", FlagsOffset)
        ),
        new Check<Update>("P flag of the format", "rfc5213-8.1-k1", ProxyFlag),
        new Check<Update>("source address", "rfc5213-6.9.1.5-k3", Source),
        new Check<Update>("destination address", "rfc5213-6.9.1.5-k4", Destination),
        new Check<Update>("no Home Address option", "rfc5213-6.9.1.5-k13", NoHomeAddress),
        .. UpdateOptions.All(),
        .. UpdateIdentity.All(),
        .. Ordering(),
        .. UpdatePurpose.All(),
    ];

    private static CheckResult ProxyFlag(Update update) =>
        new(update.Message.ProxyFlag, "the P flag set to 1", "the P flag is 0", FlagsOffset);

    private static CheckResult Source(Update update)
    {
        var mag = OfFamily(update, update.Session.Tested, update.Source);
        return new(update.Source.Equals(mag), $"source address {mag}, the MAG's address on its egress interface", $"{update.Source}");
    }

    internal static CheckResult Destination(Update update)
    {
        var lma = OfFamily(update, update.Session.AnchorOf(update.Node ?? update.OfInterface), update.Destination);
        return new(update.Destination.Equals(lma), $"destination address {lma}, the LMA's address", $"{update.Destination}");
    }

    /// <summary>
    /// The address of a node of the family of another address, on the link between MAG and LMA; of a node without one, its IPv6 address.
    /// </summary>
    private static IPAddress OfFamily(Update update, string name, IPAddress given) =>
        given.AddressFamily == AddressFamily.InterNetwork
        && update.Session.Ixit.Domain.Find(name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is { } address
            ? address
            : update.Session.AddressOf(name);

    private static CheckResult NoHomeAddress(Update update)
    {
        var present = update.Packet.Headers.Any(header =>
            header.Type == IpProtocols.DestinationOptions && header.HasOption(ExtensionHeaderLayer.HomeAddress)
        );
        return new(!present, "no Home Address destination option", "a Home Address destination option");
    }

    private static CheckResult? Timestamp(Update update, string expected) =>
        update.Session.Claims(SequenceNumbersInUse) ? null : new(update.Has(TimestampKind.Type), expected, "none");

    private static Check<Update>[] Ordering() =>
        [
            new(
                "Timestamp option",
                "rfc5213-6.9.1.1-k16",
                update => Timestamp(update, "a Timestamp option, as the timestamp-based approach is in use")
            ),
            new(
                "Timestamp option by TimestampBasedApproachInUse",
                "rfc5213-9.3-k4",
                update => Timestamp(update, "a Timestamp option, as TimestampBasedApproachInUse is 1")
            ),
            new(
                "format of the Timestamp",
                "rfc5213-5.5-k11",
                update => update.Given(TimestampKind.Type) is { } given ? TimestampChecks.Format(update, given) : null
            ),
            new(
                "growing sequence number",
                "rfc5213-6.9.1.1-k17",
                update =>
                    update is { Last.Mobility.SequenceNumber: var last, IsOvertaken: false } && update.Has(TimestampKind.Type)
                        ? new(
                            (short)(update.Message.SequenceNumber - last) > 0,
                            $"a sequence number after {last}",
                            $"{update.Message.SequenceNumber}",
                            update.Message.SequenceNumberOffset
                        )
                        : null
            ),
        ];
}
