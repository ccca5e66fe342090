using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A mobile access gateway that advertises the same prefix to every mobile node that sends a solicitation, without asking an LMA.
/// </summary>
internal sealed class AdvertisingRole : IdleRole
{
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:8000::/64");

    private static readonly IPAddress _router = IPAddress.Parse("fe80::1");

    public override void Handle(RoleInput input, Now now)
    {
        if (
            input is RoleInput.Icmp { Link: var link, Message: var octets }
            && Icmpv6Message.TryParse(octets.Span, out var message, out _)
            && message is RouterSolicitation or NeighborSolicitation
        )
        {
            var option = new PrefixInformationOption(
                _prefix,
                OnLink: true,
                Autonomous: true,
                ValidLifetimeSeconds: 3600,
                PreferredLifetimeSeconds: 3600
            );
            var advertisement = new RouterAdvertisement(
                64,
                Managed: false,
                OtherConfig: false,
                RouterLifetimeSeconds: 1800,
                ReachableTimeMilliseconds: 0,
                RetransTimerMilliseconds: 0,
                new NdOptionList(option)
            );
            Actions.Send(_router, Ipv6Multicast.AllNodes, link, advertisement);
        }
    }
}
