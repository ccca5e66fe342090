using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>One binding that a Binding Update of the mobile node under test is about.</summary>
/// <param name="Bid">Null without a BID option.</param>
/// <param name="CareOf">The care-of address that its option states; null if it states none.</param>
/// <param name="IsHome">The H flag of the option.</param>
public sealed record RequestedEntry(int? Bid, IPAddress? CareOf, bool IsHome);

/// <summary>A Binding Update of the mobile node under test, as its peer reads it.</summary>
public sealed class RequestedUpdate
{
    private RequestedUpdate(Packet packet, MobilityOctets message, WireEdition edition)
    {
        (Packet, Message) = (packet, message);
        var identities = BindingIdentity.In(message, edition);
        HasIdentifiers = identities.Count > 0;
        Entries = HasIdentifiers
            ? [.. identities.Select(option => new RequestedEntry(option.Bid, CareOfIn(option), option.IsHome))]
            : [new RequestedEntry(Bid: null, CareOf: null, IsHome: false)];
        Overwrites = edition.OverwriteFlag switch
        {
            OverwritePlace.Option => identities.Any(option => option.Overwrites),
            OverwritePlace.BindingUpdate => message.OverwriteFlag,
            _ => false,
        };
    }

    public Packet Packet { get; }

    public MobilityOctets Message { get; }

    public bool HasIdentifiers { get; }

    /// <summary>One for each BID option; without such an option, one for the update.</summary>
    public IReadOnlyList<RequestedEntry> Entries { get; }

    /// <summary>The O flag, wherever the edition has it.</summary>
    public bool Overwrites { get; }

    public DateTimeOffset At => Packet.Frame.At;

    /// <summary>The source in the IPv4 header of an update in UDP (RFC 5555, Section 4.2); null for an update over IPv6.</summary>
    public IPAddress? Ipv4Source => Packet.IsMessageInUdp ? Packet.Outer!.Source : null;

    /// <summary>The source in the IPv6 header.</summary>
    public IPAddress Source => Packet.Ip!.Source;

    /// <summary>The home address: that of the Home Address option, or else the source.</summary>
    public IPAddress Home => Packet.Ip!.UpperSource;

    /// <summary>The care-of address of a binding whose option states none (RFC 6275, Section 6.2.5).</summary>
    public IPAddress PlainCareOf => Ipv4Source ?? Message.First(AlternateCareOfAddressKind.Type)?.Address ?? Source;

    /// <summary>RFC 6275, Section 9.5.1: no lifetime, or the home address as care-of address.</summary>
    public bool IsDeregistration => Message.LifetimeUnits == 0 || (!HasIdentifiers && PlainCareOf.Equals(Home));

    /// <summary>In an update over IPv4, its source stands for every IPv4 address (RFC 5648, Section 8.1).</summary>
    private IPAddress? CareOfIn(BindingIdentity option) => option.Ipv4CareOf is { } stated ? Ipv4Source ?? stated : option.CareOf;

    /// <summary>The update in a packet; null if the packet has none.</summary>
    public static RequestedUpdate? In(Packet packet, WireEdition edition) =>
        packet.IsMobility(MobilityOctets.BindingUpdateType, out var message) && packet.Ip is not null
            ? new RequestedUpdate(packet, message, edition)
            : null;
}
