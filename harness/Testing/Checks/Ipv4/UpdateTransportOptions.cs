using System.Net.Sockets;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of flags and options of a Proxy Binding Update over IPv4, and of what an update has in common with the first one of its
/// session.
/// </summary>
internal static class UpdateTransportOptions
{
    /// <summary>The length in octets of the longest packet that a TLV header can announce.</summary>
    private const int MostBehindTlv = 255;

    private const string Force = "ForceIPv4UDPEncapsulationSupport",
        Request = "RequestIPv4UDPEncapsulationSupport";

    public static IReadOnlyList<EditionCheck<Update>> All { get; } =
    [
        UpdateSet.Row("IPv4 Care-of Address option", "", "4.2.2-k4 4.2.2.1-k3", "4.2.2-k14", CareOfAddress),
        UpdateSet.Row("IPv4 care-of address", "", "4.2.2-k5 4.2.2.1-k4", "4.2.2-k8", IsOfEgress),
        UpdateSet.Row("IPv4 care-of address of the MAG", "", "", "4.2.2-k15", IsOwn),
        UpdateSet.Row("F flag by variable", "4.2.2.1-k5", "4.2.2.1-k5 5.2-k6", "", ForcesUdp),
        UpdateSet.Row("TLV header of the T flag", "", "", "4.2.2-k10", HasTlv),
        UpdateSet.Row("T flag of the TLV header", "", "", "4.2.2-k11", HasFlag),
        UpdateSet.Row("options over IPv4", "", "", "4.2.2-k13", Mandatory),
        UpdateSet.Row("transport of a session", "4.2.2-k4", "4.2.2-k7", "", AsFirst),
    ];

    private static bool IsOverIpv4(Update update) => update.Carriage.IsUdp;

    private static List<OptionOctets> CareOfOptions(Update update) => [.. update.Message.All(Ipv4CareOfAddressKind.Type)];

    private static CheckResult? CareOfAddress(Update update) =>
        IsOverIpv4(update)
            ? new(update.Has(Ipv4CareOfAddressKind.Type), "an IPv4 Care-of Address option", "none") { IsAbsence = true }
            : null;

    private static CheckResult? IsOfEgress(Update update) =>
        IsOverIpv4(update)
        && CareOfOptions(update) is { Count: > 0 } options
        && update.Session.Ixit.Domain.Find(update.Session.Tested)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is { } mag
            ? new(
                options is [var one] && Ipv4CareOfAddressKind.AddressOf(one).Equals(mag),
                $"one IPv4 Care-of Address option with {mag}, the IPv4-Proxy-CoA",
                string.Join(", ", options.Select(Ipv4CareOfAddressKind.AddressOf)),
                options[0]
            )
            : null;

    private static CheckResult? IsOwn(Update update) =>
        IsOverIpv4(update) && CareOfOptions(update) is { Count: > 0 } options && update.Session.Ixit.Domain.Tested is { } mag
            ? new(
                options.TrueForAll(option => mag.Addresses.Contains(Ipv4CareOfAddressKind.AddressOf(option))),
                $"an address of {mag.Name} in the IPv4 Care-of Address option",
                string.Join(", ", options.Select(Ipv4CareOfAddressKind.AddressOf)),
                options[0]
            )
            : null;

    /// <summary>
    /// What the variables were before the scenario is not known here; a step about the flag judges that. In draft -04, the second variable
    /// must be set, too (Section 5.2).
    /// </summary>
    private static CheckResult? ForcesUdp(Update update) =>
        IsOverIpv4(update)
        && update.Packet.Frame.At > update.Session.Device.ToldAt
        && IsSet(update, Force)
        && (update.Session.Scenario.Edition.Name == "rfc5844" || IsSet(update, Request))
            ? new(Flag(update, "F"), $"the F flag set to 1, as {Force} is 1", "the F flag is 0", update.Message.OffsetOf("F"))
            : null;

    private static bool IsSet(Update update, string variable) => update.Session.Device.ValueOf(variable) == "1";

    private static CheckResult? HasTlv(Update update) =>
        update.Carriage is { IsUdp: true, Inner: { } inner } && Flag(update, "T") && inner.Part.Length <= MostBehindTlv
            ? new(update.Carriage.Tlv is not null, "a TLV header behind UDP, as the T flag is 1", "none")
            : null;

    private static CheckResult? HasFlag(Update update) =>
        update.Carriage.Tlv is not null
            ? new(Flag(update, "T"), "the T flag set to 1, as there is a TLV header", "the T flag is 0", update.Message.OffsetOf("T"))
            : null;

    private static CheckResult? Mandatory(Update update)
    {
        if (!IsOverIpv4(update))
        {
            return null;
        }

        (string Name, bool Has)[] parts =
        [
            ("P = 1", update.Message.ProxyFlag),
            ("Mobile Node Identifier", update.Has(MobileNodeIdentifierKind.Type)),
            ("Access Technology Type", update.Has(AccessTechnologyTypeKind.Type)),
            ("Home Network Prefix or an IPv4 request", UpdateIpv4.HasPrefixes(update) || UpdateIpv4.RequestsOf(update).Count > 0),
            ("IPv4 Care-of Address", update.Has(Ipv4CareOfAddressKind.Type)),
        ];
        return new(
            parts.All(part => part.Has),
            string.Join(", ", parts.Select(part => part.Name)),
            "without " + string.Join(", ", parts.Where(part => !part.Has).Select(part => part.Name))
        )
        {
            IsAbsence = update.Message.ProxyFlag,
        };
    }

    /// <summary>The source port of each update is free (RFC 5844, Section 4.1.3.2, answers to any).</summary>
    private static CheckResult? AsFirst(Update update)
    {
        if (
            update is not { InitialPacket: { } first }
            || !(update.IsExtension || update.IsDeregistration)
            || update.Session.Device.HasNewVariables
            || Carriage.Of(first) is not { IsUdp: true } before
        )
        {
            return null;
        }

        var (wanted, given) = (Path(before, first.Mobility!), Path(update.Carriage, update.Message));
        return new(wanted == given, $"an update as the first of its session, {wanted}", given);
    }

    private static string Path(Carriage carriage, MobilityOctets message)
    {
        var careOf = message.First(Ipv4CareOfAddressKind.Type) is { } option ? $", care-of {Ipv4CareOfAddressKind.AddressOf(option)}" : "";
        return carriage is { Outer: { } outer, Udp: { } udp }
            ? $"{carriage.Words}, {outer.Source} to {outer.Destination} port {udp.DestinationPort}, "
                + $"F = {(Flag(message, "F") ? 1 : 0)}{careOf}"
            : $"over {carriage.Words}";
    }

    private static bool Flag(Update update, string name) => Flag(update.Message, name);

    private static bool Flag(MobilityOctets message, string name) =>
        MessageFields.Find(message.Type, name) is { } field && message.Part.Bits(field.Bit, field.Width) == 1;
}
