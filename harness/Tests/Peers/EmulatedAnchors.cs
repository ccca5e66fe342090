using Conformance.Harness.Tests.Beds;
using Conformance.Harness.Tests.Checks;
using Conformance.Harness.Tests.Protection;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Peers;

/// <summary>An emulated LMA that has got an update of MAG1 and answers it.</summary>
internal sealed class EmulatedAnchors
{
    private readonly Packet _update;

    /// <param name="isIpv4">
    /// Whether there are associations of the IPv4 addresses, or of the IPv6 addresses; null for none of them.
    /// </param>
    /// <param name="octets">The frame with the update; null for one over IPv4.</param>
    public EmulatedAnchors(TransportMessages update, bool? isIpv4 = null, byte[]? octets = null)
    {
        var domain = TransportMessages.Ixit.Domain;
        Made = new HandMade(
            edition: update.Edition,
            claims: [.. TransportMessages.Claims],
            ixit: TransportMessages.Ixit with
            {
                Domain = domain with
                {
                    Associations = isIpv4 is { } ofIpv4
                        ? [.. EspNetwork.Associations.Take(2).Select(known => known with { IsIpv4 = ofIpv4 })]
                        : [],
                },
            },
            keys: EspNetwork.Keys
        );
        var network = new EmulatedNetwork(Made.Session);
        network.AddAt("LMA1", Ports.Core);
        Anchor = new EmulatedAnchor(Made.Session, network, network.Named("LMA1", Ports.Core), _ => { });
        Made.Receive(Messages.ArpReply(TransportMessages.Mag, MacAddress.Parse("02:7e:00:00:00:01"), TransportMessages.Lma));
        Made.Receive(
            Messages.Icmp(
                TransportMessages.Mag6,
                TransportMessages.Lma6,
                new NeighborAdvertisement(
                    TransportMessages.Mag6,
                    Router: true,
                    Solicited: true,
                    Override: true,
                    new NdOptionList(new TargetLinkLayerAddressOption(Messages.Device))
                )
            )
        );
        Made.Receive(octets ?? update.Frame());
        _update = Packet.Of(Made.Session.Bed.LastFrame!);
    }

    public HandMade Made { get; }

    public EmulatedAnchor Anchor { get; }

    /// <summary>The answer with edits.</summary>
    public Packet Answer(string edits, byte status = 0)
    {
        Anchor.Answer(_update, status, EditList.Parse(edits));
        return Packet.Of(Made.Session.Bed.Frames.Last(frame => frame.Direction == Direction.Sent));
    }
}
