using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents whose messages have a wrong format: RFC 6275, Sections 6.1 and 6.4, and RFC 5648, Section 4.3.</summary>
internal static class HaFormatDeviations
{
    private const int ReservedOffset = 3;
    private const int OptionsOffset = 12;
    private const int OptionLength = 6;
    private const int SegmentsLeftOffset = 3;
    private const int RoutingReservedOffset = 4;

    public static IReadOnlyList<Deviation> All { get; } =
    [
        Octets(
            "ha-reserved-octet-set",
            "sets the Reserved field of the Mobility Header",
            "rfc6275-6.1.1-k3",
            octets => octets[ReservedOffset] = 0xff
        ),
        HaParts.Acting(
            "ha-error-with-routing-header",
            "sends Binding Errors with a routing header",
            "rfc6275-6.1-k1",
            action =>
                action is RoleAction.SendSignal { Path: Ipv6Signaling path } signal && HaParts.MessageIn(action) is BindingError error
                    ? [(signal with { Path = path with { RoutedTo = error.HomeAddress } }).With(error)]
                    : [action]
        ),
        HaParts.Acting(
            "ha-answer-with-home-address-option",
            "sends its answers with a Home Address option",
            "rfc6275-6.1-k2",
            action =>
                action is RoleAction.SendSignal { Path: Ipv6Signaling path } signal && HaParts.MessageIn(action) is { } message
                    ? [(signal with { Path = path with { HomeAddress = path.Source } }).With(message)]
                    : [action]
        ),
        HaParts.Acting(
            "ha-error-to-home-address",
            "sends Binding Errors to the home address",
            "rfc6275-9.3.1-k6",
            action =>
                action is RoleAction.SendSignal { Path: Ipv6Signaling path } signal
                && HaParts.MessageIn(action) is BindingError { HomeAddress: var home } error
                && !home.Equals(System.Net.IPAddress.IPv6Any)
                    ? [(signal with { Path = path with { Destination = home } }).With(error)]
                    : [action]
        ),
        RoutingHeader(
            "ha-routing-header-reserved",
            "sets the Reserved field of routing headers",
            "rfc6275-6.4.1-k1",
            RoutingReservedOffset,
            1
        ),
        RoutingHeader("ha-routing-header-segments", "has 0 Segments Left in routing headers", "rfc6275-6.4.1-k4", SegmentsLeftOffset, 0),
        HaParts.Rules(
            "ha-identifier-reserved",
            "sets reserved bits of the options of its answers",
            "rfc5648-4.3-k7",
            rules => rules.WhenAnswered(answer => Rewrite(answer, data => data[^1] |= 1))
        ),
        HaParts.Rules(
            "ha-identifier-too-long",
            "has two octets too many in the options of its answers",
            "rfc5648-4.3-k2",
            rules => rules.WhenAnswered(answer => Rewrite(answer, _ => { }, surplus: 2))
        ),
        HaParts.Rules(
            "ha-identifier-of-20-octets",
            "writes options of 20 octets with their header in its answers, so that the care-of address is cut off",
            "rfc5648-4.3-k4",
            rules => rules.WhenAnswered(answer => Rewrite(answer, _ => { }, surplus: 14))
        ),
        HaParts.Rules(
            "ha-identifier-with-c",
            "sets C in the options of its answers, which have no care-of address",
            "mcoa-draft-04-4.2.1-k2",
            rules => rules.WhenAnswered(answer => Rewrite(answer, data => data[^1] |= 0x80))
        ),
        HaParts.Any(
            "ha-identifier-misaligned",
            "puts the option of its answers at an odd offset",
            "rfc5648-4.3-d1",
            ha => ha with { Around = (_, create) => new ActingRole(create(), Misaligned) }
        ),
    ];

    private static Deviation Octets(string name, string description, string statement, Action<byte[]> edit) =>
        HaParts.Acting(
            name,
            description,
            statement,
            action => action is RoleAction.SendSignal { Path: Ipv6Signaling path } signal ? [Edited(signal, path, edit)] : [action]
        );

    private static RoleAction.SendSignal Edited(RoleAction.SendSignal signal, Ipv6Signaling path, Action<byte[]> edit)
    {
        var octets = signal.MobilityHeader.ToArray();
        edit(octets);
        MobilityHeader.FillChecksum(path.HomeAddress ?? path.Source, path.RoutedTo ?? path.Destination, octets);
        return signal with { MobilityHeader = octets };
    }

    private static Deviation RoutingHeader(string name, string description, string statement, int offset, byte value) =>
        HaParts.Any(
            name,
            description,
            statement,
            ha =>
                ha with
                {
                    Output = () =>
                        new PacketRewriter(
                            (_, packet) =>
                            {
                                if (packet.NextHeader != IpProtocol.Routing)
                                {
                                    return packet;
                                }
                                var payload = packet.Payload.ToArray();
                                payload[offset] = value;
                                return packet with { Payload = payload };
                            }
                        ),
                }
        );

    /// <summary>Writes the options of an answer anew, as options of no layout.</summary>
    private static void Rewrite(HomeAcknowledgement answer, Action<byte[]> edit, int surplus = 0)
    {
        for (var i = 0; i < answer.Options.Count; i++)
        {
            if (answer.Options[i] is BindingIdentityOption option)
            {
                var data = new byte[option.DataLength];
                option.WriteData(data);
                edit(data);
                answer.Options[i] = new UnknownOption(option.Type, new OctetString([.. data, .. new byte[surplus]]));
            }
        }
    }

    /// <summary>One padding octet ahead of a single option, and one less behind it.</summary>
    private static IEnumerable<RoleAction> Misaligned(RoleAction action)
    {
        if (
            action is not RoleAction.SendSignal { Path: Ipv6Signaling path } signal
            || HaParts.MessageIn(action) is not BindingAcknowledgement { Options: [BindingIdentityOption { DataLength: 4 }] }
        )
        {
            return [action];
        }
        return
        [
            Edited(
                signal,
                path,
                octets =>
                {
                    var option = octets.AsSpan(OptionsOffset, OptionLength).ToArray();
                    octets.AsSpan(OptionsOffset).Clear();
                    option.CopyTo(octets, OptionsOffset + 1);
                    var padding = OptionsOffset + 1 + OptionLength;
                    octets[padding] = (byte)MobilityOptionType.PadN;
                    octets[padding + 1] = (byte)(octets.Length - padding - 2);
                }
            ),
        ];
    }
}
