using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The lifetime of a binding has to be extended, if the mobile node is still attached.</summary>
public sealed class PresenceCheck(GatewayState gateway, Attachment attachment, Now now)
{
    public GatewayState Gateway { get; } = gateway;

    public Attachment Attachment { get; } = attachment;

    public Now Now { get; } = now;

    /// <summary>Something shows that the mobile node is there.</summary>
    public bool IsPresent { get; set; }
}

/// <summary>
/// RFC 5213, Section 6.13: the binding of a mobile node that may have left is ended, not extended. A link that goes down shows that the
/// mobile node has left; while the link is up, packets show that it is there.
/// </summary>
internal static class PresenceProbingRules
{
    /// <summary>RFC 4861, Section 10: MAX_UNICAST_SOLICIT.</summary>
    private const int MaxUnicastSolicit = 3;

    /// <summary>RFC 4861, Section 10: RETRANS_TIMER.</summary>
    private static readonly TimeSpan _retransTimer = TimeSpan.FromSeconds(1);

    public static RuleList<PresenceCheck> Default { get; } =
        new(
            new("6.13", "RecentlyHeard", RecentlyHeard),
            new("6.13", "NothingToAsk", NothingToAsk),
            new("6.13", "Probed", Probed),
            new("6.13", "BindingEnded", BindingEnded)
        );

    /// <summary>Starts the extension for a link, unless the mobile node has to be asked first or does not answer.</summary>
    public static void ExtendIfPresent(GatewayState gateway, LinkId link, Now now)
    {
        if (
            gateway.TryFind(link, out var attachment)
            && gateway.Rules.PresenceProbing.Apply(new PresenceCheck(gateway, attachment, now)) == RuleOutcome.Continue
        )
        {
            gateway.Deadlines.Cancel(new GatewayDeadline.Probe(link));
            gateway.UnansweredProbes.Remove(link);
            gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(gateway, attachment, now));
        }
    }

    /// <summary>Any message of the mobile node counts for as long as the probes would take.</summary>
    private static RuleOutcome RecentlyHeard(PresenceCheck check)
    {
        check.IsPresent |=
            check.Gateway.LastHeard.TryGetValue(check.Attachment.Link, out var heard)
            && heard + (_retransTimer * MaxUnicastSolicit) > check.Now.Monotonic;
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The carrier alone says that a mobile node is there if no address of it is known, or if the MAG has none to ask from.
    /// </summary>
    private static RuleOutcome NothingToAsk(PresenceCheck check)
    {
        check.IsPresent |= AddressOf(check) is null || SourceOf(check) is null;
        return RuleOutcome.Continue;
    }

    /// <summary>The last wait ends before the lifetime does.</summary>
    private static RuleOutcome Probed(PresenceCheck check)
    {
        var (gateway, link) = (check.Gateway, check.Attachment.Link);
        var sent = gateway.UnansweredProbes.GetValueOrDefault(link);
        if (
            check.IsPresent
            || sent == MaxUnicastSolicit
            || check.Attachment is not Attachment.Registered { Registration.ExpiresAt: var end }
            || AddressOf(check) is not { } address
            || SourceOf(check) is not { } source
        )
        {
            return RuleOutcome.Continue;
        }

        var options = gateway.FindLink(link) is { } port
            ? new NdOptionList(new SourceLinkLayerAddressOption(gateway.Settings.LinkLayerAddressOn(port)))
            : NdOptionList.Empty;
        gateway.Actions.Send(source, address, link, new NeighborSolicitation(address, options));
        gateway.UnansweredProbes[link] = sent + 1;
        var share = (end - check.Now.Monotonic) / (MaxUnicastSolicit - sent + 1);
        gateway.Deadlines.Set(new GatewayDeadline.Probe(link), check.Now.Monotonic + (share < _retransTimer ? share : _retransTimer));
        return RuleOutcome.Stop;
    }

    private static RuleOutcome BindingEnded(PresenceCheck check)
    {
        if (check.IsPresent || check.Attachment is not Attachment.Registered)
        {
            return RuleOutcome.Continue;
        }

        check.Gateway.Actions.Log("Silent", $"{check.Attachment.MobileNode.Identifier.Nai} on {check.Attachment.Link} does not answer");
        check.Gateway.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(check.Gateway, check.Attachment, check.Now));
        return RuleOutcome.Stop;
    }

    /// <summary>A link-local address of the mobile node, the same one each time; null if none is known.</summary>
    private static IPAddress? AddressOf(PresenceCheck check) =>
        check.Attachment.MobileNode.LinkLocalAddresses.MinBy(address => address.ToString(), StringComparer.Ordinal);

    private static IPAddress? SourceOf(PresenceCheck check) =>
        check.Gateway.IsTentative(check.Attachment.Link) ? null : check.Gateway.LinkLocalAddressOn(check.Attachment.Link);
}
