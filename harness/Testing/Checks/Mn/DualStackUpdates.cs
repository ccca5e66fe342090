using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Mn;

/// <summary>The checks of Binding Updates for IPv4 care-of addresses of a mobile node: RFC 5648, Sections 4.3 and 8.1.</summary>
internal static class DualStackUpdates
{
    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        Row("length of a BID option with an IPv4 care-of address", "4.3-k3", Length),
        Row("no bulk update for a new IPv4 care-of address", "8.1-k1", NotInBulk),
        Row("the way of an update over IPv4", "8.1-k2 8.1-k4", Way),
        Row("no IPv4 Care-of Address beside a BID", "8.1-k3 8.1-k5", NoCareOfAddress),
    ];

    private static MobilityCheck<NodeMessage> Row(string name, string rfc5648, Func<NodeMessage, CheckResult?> judge) =>
        new(name, null, null, rfc5648, update => update is { IsUpdate: true, Identities.Count: > 0 } ? judge(update) : null);

    /// <summary>The IPv4 care-of addresses that an update registers, over IPv4 its source.</summary>
    private static IEnumerable<IPAddress> Ipv4CareOf(NodeMessage update) =>
        update.IsFromIpv4 ? [update.Tunnel!.Source] : update.Identities.Select(identity => identity.Ipv4CareOf).OfType<IPAddress>();

    /// <summary>An option in an update over IPv4 may have no care-of address, or one of IPv6 in a bulk update.</summary>
    private static CheckResult? Length(NodeMessage update)
    {
        var wrong = update.Identities.FirstOrDefault(identity =>
            (update.IsFromIpv4 && !identity.HasKnownLength) || identity.CareOf is { IsIPv4MappedToIPv6: true }
        );
        return wrong is not null || update.Identities.Any(identity => identity.Ipv4CareOf is not null)
            ? new(
                wrong is null,
                Text($"an IPv4 care-of address in a BID option of Length {BindingIdentity.Ipv4Length}"),
                Text($"Length {wrong?.Option.Length}"),
                wrong?.Option.Offset + 1
            )
            : null;
    }

    private static CheckResult? NotInBulk(NodeMessage update)
    {
        var fresh =
            update.IsRegistration && update.IsToHomeAgent ? Ipv4CareOf(update).FirstOrDefault(careOf => !IsKnown(update, careOf)) : null;
        return fresh is null
            ? null
            : new(
                update is { IsFromIpv4: true, Identities.Count: 1 },
                $"{fresh} in an update of its own from there, as it is registered for the first time",
                update.IsFromIpv4 ? Text($"{update.Identities.Count} BID options") : "an update over IPv6",
                update.Identities[^1].Option.Offset
            );
    }

    /// <summary>True once the home agent has accepted the address in an update from there.</summary>
    private static bool IsKnown(NodeMessage update, IPAddress careOf) =>
        update
            .Ledger.To(update.Addresses.HomeAgent)
            .Any(sent =>
                sent is { Packet: { IsMessageInUdp: true, Outer: { } outer }, Answer.Mobility: { } answer }
                && outer.Source.Equals(careOf)
                && IsAccepted(sent, careOf, BindingIdentity.In(answer, update.Session.Scenario.Edition.Wire))
            );

    private static bool IsAccepted(SentUpdate sent, IPAddress careOf, IReadOnlyList<BindingIdentity> answered) =>
        sent
            .Identities.Zip(sent.CareOfAddresses)
            .Any(pair => pair.Second.Equals(careOf) && sent.StatusOf(pair.First.Bid, answered) < MobilityOctets.FirstRejection);

    private static CheckResult? Way(NodeMessage update)
    {
        if (!update.IsFromIpv4)
        {
            return null;
        }

        var session = update.Session;
        var (agent, port) = (session.AddressOf(session.First(NodeRole.Ha), AddressFamily.InterNetwork), session.Ixit.DualStackPort);
        var (outer, udp) = (update.Tunnel!, update.Packet.Stack.Layers.OfType<UdpLayer>().FirstOrDefault());
        return new(
            outer.Destination.Equals(agent)
                && udp?.DestinationPort == port
                && update.Destination.Equals(update.Addresses.HomeAgent)
                && update.IsFromHome,
            Text($"an update to {agent}, UDP port {port}, in a packet from {update.Addresses.HomeAddress} to {update.Addresses.HomeAgent}"),
            Text($"one to {outer.Destination}, ")
                + (udp is null ? "without UDP" : Text($"UDP port {udp.DestinationPort}"))
                + $", in a packet from {update.Source} to {update.Destination}"
        );
    }

    private static CheckResult? NoCareOfAddress(NodeMessage update)
    {
        var given = update.Message.First(Ipv4CareOfAddressKind.Type);
        return given is not null || Ipv4CareOf(update).Any()
            ? new(given is null, "no IPv4 Care-of Address option beside a BID option", "one is there", given?.Offset)
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
