using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of the format of the options about IPv4 home addresses in every binding message: RFC 5844, Sections 3.3.1 to 3.3.4; draft
/// -04, Section 3.3.1. The drafts take their other options from other documents.
/// </summary>
internal abstract class FormatSet(string edition) : ICheckSet
{
    private const string Reserved = "Reserved";
    private const int BitsPerOctet = 8;

    private static readonly IReadOnlyList<EditionCheck<OptionInMessage>> _all =
    [
        .. Of(new Ipv4HomeAddressRequestKind(), "rfc5844-3.3.1-k1", "rfc5844-3.3.1-d1", "rfc5844-3.3.1-k2"),
        .. Of(new Ipv4HomeAddressReplyKind(), "rfc5844-3.3.2-k1", "rfc5844-3.3.2-d1", "rfc5844-3.3.2-k2"),
        .. Of(new Ipv4DefaultRouterAddressKind(), "rfc5844-3.3.3-k1", "rfc5844-3.3.3-d1", "rfc5844-3.3.3-k2", "ipv4-draft-04-3.3.1"),
        .. Of(new Ipv4DhcpSupportModeKind(), "rfc5844-3.3.4-k1", null, "rfc5844-3.3.4-k2"),
    ];

    public Edition Edition { get; } = Edition.Find(edition)!;

    public IReadOnlyList<string> Roles { get; } = ["LMA", "MAG", "E2E"];

    public IReadOnlyList<Check> Checks => [.. _all.Select(check => check.In(Edition)).OfType<Check>()];

    /// <param name="aligned">The statement about the alignment; null if the option may stand anywhere.</param>
    /// <param name="draft04">The section of draft -04 with the same statements; null if it does not define the option.</param>
    private static IEnumerable<EditionCheck<OptionInMessage>> Of(
        MobilityOptionKind kind,
        string length,
        string? aligned,
        string reserved,
        string? draft04 = null
    )
    {
        yield return Row("length", length, "k1", Length);
        if (aligned is not null)
        {
            yield return Row("alignment", aligned, "d1", Alignment);
        }

        yield return Row("reserved field", reserved, "k2", ReservedBits);

        EditionCheck<OptionInMessage> Row(
            string what,
            string statement,
            string number,
            Func<OptionOctets, MobilityOptionKind, CheckResult?> judge
        ) =>
            new(
                $"{what} of the {kind.Name} option",
                statement,
                draft04 is null ? null : $"{draft04}-{number}",
                null,
                message =>
                    (message.Packet.Ip is Ipv6Layer || message.Packet.IsMessageInUdp)
                    && message.Option.Type == kind.NumberIn(message.Session.Scenario.Edition.Wire)
                        ? judge(message.Option, kind)
                        : null
            );
    }

    private static CheckResult Length(OptionOctets option, MobilityOptionKind kind) =>
        new(
            option.Length == kind.FixedLength,
            $"{kind.Name} option of length {kind.FixedLength}",
            $"length {option.Length}",
            option.Offset + 1
        );

    private static CheckResult Alignment(OptionOctets option, MobilityOptionKind kind)
    {
        var (multiple, offset) = kind.Alignment(option.Length);
        return new(
            option.Offset % multiple == offset,
            $"{kind.Name} option aligned to {multiple}n+{offset}",
            $"it starts at octet {option.Offset} of the Mobility Header",
            option.Offset
        );
    }

    private static CheckResult? ReservedBits(OptionOctets option, MobilityOptionKind kind)
    {
        var field = kind.Fields.Single(each => each.Name == Reserved);
        var first = field.Bit - (MobilityOptionKind.HeaderLength * BitsPerOctet);
        var bits = new FramePart(option.Data, Offset: 0).Bits(first, field.Width);
        return option.Length * BitsPerOctet < first + field.Width
            ? null
            : new(
                bits == 0,
                $"the reserved field of the {kind.Name} option set to 0",
                $"it is 0x{bits:x}",
                option.Offset + MobilityOptionKind.HeaderLength + (first / BitsPerOctet)
            );
    }
}

internal sealed class FormatOfRfc5844() : FormatSet("rfc5844");

internal sealed class FormatOfDraft04() : FormatSet("ipv4-draft-04");
