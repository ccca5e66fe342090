using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A Router Advertisement while it is being constructed, RFC 5213, Section 6.9.2.</summary>
public sealed class RouterAdvertisementDraft(GatewayState gateway, Attachment attachment)
{
    public GatewayState Gateway { get; } = gateway;

    public Attachment Attachment { get; } = attachment;

    /// <summary>The MTU of the path to the LMA of the mobile node, in octets.</summary>
    public uint PathMtu => Gateway.PathMtuTo(Gateway.TunnelOf(Attachment).Remote);

    /// <summary>True if the mobile node has asked for the advertisement.</summary>
    public bool IsSolicited { get; init; }

    /// <summary>A prefix that the mobile node loses (RFC 5213, Section 6.12); null if it loses none.</summary>
    public Ipv6Prefix? Withdrawn { get; init; }

    public IPAddress? Source { get; set; }

    /// <summary>All nodes: the link has only one listener, whose address need not be resolved.</summary>
    public IPAddress Destination { get; set; } = Ipv6Multicast.AllNodes;

    public byte CurHopLimit { get; set; }

    public ushort RouterLifetimeSeconds { get; set; }

    public AddressConfigurationFlags Flags { get; set; }

    public List<NdOption> Options { get; } = [];

    /// <summary>Sends the mobile node of an attachment a Router Advertisement with its prefixes.</summary>
    public static void Send(GatewayState gateway, Attachment attachment, bool isSolicited = false, Ipv6Prefix? withdrawn = null)
    {
        var draft = new RouterAdvertisementDraft(gateway, attachment) { IsSolicited = isSolicited, Withdrawn = withdrawn };
        if (gateway.Rules.RouterAdvertisement.Apply(draft) == RuleOutcome.Stop || draft.Source is null)
        {
            return;
        }

        var message = new RouterAdvertisement(
            draft.CurHopLimit,
            draft.Flags.Managed,
            draft.Flags.OtherConfig,
            draft.RouterLifetimeSeconds,
            ReachableTimeMilliseconds: 0,
            RetransTimerMilliseconds: 0,
            new NdOptionList(draft.Options)
        );
        gateway.Actions.Send(draft.Source, draft.Destination, attachment.Link, message);
    }
}
