using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A local mobility anchor that gives every Binding Update the same answer, with the options of the request: no lookup, no session,
/// no route. If the request leaves a choice to the LMA, the choice is always the same.
/// </summary>
internal sealed class AnsweringRole(BindingStatus status) : IdleRole
{
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:8000::/64");

    private static readonly IPAddress _linkLocalAddress = IPAddress.Parse("fe80::1");

    public override void Handle(RoleInput input, Now now)
    {
        if (
            input is RoleInput.Signal signal
            && MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
            && message is BindingUpdate update
        )
        {
            var answer = new BindingAcknowledgement(
                status,
                BindingAcknowledgementFlags.ProxyRegistration,
                update.SequenceNumber,
                update.LifetimeUnits,
                new MobilityOptionList(update.Options.Select(Returned))
            );
            Actions.Send(signal.Path.Reversed.Direct, answer);
        }
    }

    private MobilityOption Returned(MobilityOption option) =>
        option switch
        {
            HomeNetworkPrefixOption { Prefix.IsAllZero: true } when status == BindingStatus.ACCEPTED => new HomeNetworkPrefixOption(
                _prefix
            ),
            LinkLocalAddressOption { Address: var address } when status == BindingStatus.ACCEPTED && IPAddress.IPv6Any.Equals(address) =>
                new LinkLocalAddressOption(_linkLocalAddress),
            _ => option,
        };
}
