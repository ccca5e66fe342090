using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// The construction of a Proxy Binding Update: RFC 5213, Sections 6.9.1.1 and 6.9.1.5, and the exceptions that Sections
/// 6.9.1.3 and 6.9.1.4 make for extensions and de-registrations.
/// </summary>
internal static class UpdateRules
{
    /// <summary>How far timestamps may be ahead of the clock, in units of 2^-16 s: 100 ms, well inside TimestampValidityWindow.</summary>
    private const ulong MaximumLead = 6_553;

    public static RuleList<UpdateDraft> Initial { get; } =
        new([
            new("6.9.1.5 b1", "Flags", Flags),
            new("6.9.1.5 b2", "SourceAddress", SourceAddress),
            new("6.9.1.5 b3", "DestinationAddress", DestinationAddress),
            .. Ipv4TransportRules.Construction,
            new("8.1", "Lifetime", Lifetime),
            new("6.9.1.1(2)", "MobileNodeIdentifier", MobileNodeIdentifier),
            new("6.9.1.1(3)", "HomeNetworkPrefix", HomeNetworkPrefix),
            new("6.9.1.1(4)-(5)", "HandoffStateUnknown", HandoffStateUnknownWithoutHint),
            new("6.9.1.1(6)", "Timestamp", TimeOfDay),
            new("6.9.1.1(6)", "SequenceNumber", SequenceNumber),
            new("6.9.1.1(7)", "LinkLayerIdentifier", LinkLayerIdentifier),
            new("6.9.1.1(8)", "AccessTechnologyType", AccessTechnology),
            new("6.9.1.1(9)", "LinkLocalAddress", LinkLocalAddress),
            new("RFC 5844 3.2.3.1", "Ipv4HomeAddressRequest", Ipv4HomeAddressRequest),
            new("6.9.1.5 b11", "SecurityAssociation", SecurityAssociation),
        ]);

    public static RuleList<UpdateDraft> Extension { get; } =
        new(new("6.9.1.3(2)", "AssignedPrefixes", AssignedPrefixes), new("6.9.1.3(3)", "HandoffStateNotChanged", HandoffStateNotChanged));

    public static RuleList<UpdateDraft> DeRegistration { get; } =
        new(
            new("6.9.1.4(1)", "LifetimeZero", LifetimeZero),
            new("6.9.1.4(2)", "AssignedPrefixes", AssignedPrefixes),
            new("6.9.1.4(3)", "HandoffStateUnknown", HandoffStateUnknown)
        );

    private static RuleOutcome Flags(UpdateDraft draft)
    {
        draft.Flags |= BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SourceAddress(UpdateDraft draft)
    {
        draft.Source = draft.Gateway.Settings.ProxyCareOfAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DestinationAddress(UpdateDraft draft)
    {
        draft.Destination = draft.Attachment.MobileNode.AnchorAddress;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Lifetime(UpdateDraft draft)
    {
        draft.LifetimeUnits = LifetimeField.Units(draft.Gateway.Settings.RequestedLifetime);
        return RuleOutcome.Continue;
    }

    private static RuleOutcome MobileNodeIdentifier(UpdateDraft draft)
    {
        draft.MobileNode = draft.Attachment.MobileNode.Identifier;
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 5844, Section 3.2.3.1: the option is there only if the request is about IPv6.</summary>
    private static RuleOutcome HomeNetworkPrefix(UpdateDraft draft)
    {
        draft.HomeNetworkPrefixes =
            !draft.Update.IpVersions.HasFlag(IpVersions.Ipv6) ? []
            : draft.Update.HomeNetworkPrefixes.Count > 0 ? draft.Update.HomeNetworkPrefixes
            : [Ipv6Prefix.AllZero];
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Without a hint of the access network, the MAG cannot distinguish a handoff from an attachment over a new interface, so it
    /// indicates neither.
    /// </summary>
    private static RuleOutcome HandoffStateUnknownWithoutHint(UpdateDraft draft)
    {
        draft.HandoffIndicator = draft.Attachment.MobileNode.Hint ?? HandoffIndicator.HandoffStateUnknown;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HandoffStateUnknown(UpdateDraft draft)
    {
        draft.HandoffIndicator = HandoffIndicator.HandoffStateUnknown;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome TimeOfDay(UpdateDraft draft)
    {
        if (!draft.Gateway.Settings.TimestampBasedApproachInUse)
        {
            return RuleOutcome.Continue;
        }

        var mobileNode = draft.Attachment.MobileNode;
        var given = draft.Gateway.Settings.MobileNodeGeneratedTimestampInUse ? mobileNode.Timestamp : null;
        draft.Timestamp =
            given is null ? Later(Timestamp.FromUtc(draft.Now.Utc), draft.Gateway.LastTimestamp)
            : draft.Update is { Kind: UpdateKind.Initial, IsSecondAttempt: false, Message: null } ? given
            : Later(given.Value + (draft.Now.Monotonic - mobileNode.AttachedAt), draft.Gateway.LastTimestamp);
        draft.Gateway.LastTimestamp = draft.Timestamp.Value;
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Messages within one clock unit, 2^-16 s, get increasing timestamps; if the clock was set back, or if the last message had the time
    /// of another clock, the new time is used.
    /// </summary>
    private static Timestamp Later(Timestamp time, Timestamp last) =>
        last >= time && last.Value - time.Value < MaximumLead ? new Timestamp(last.Value + 1) : time;

    /// <summary>With timestamps, one counter for all messages of the MAG; otherwise one counter per session.</summary>
    private static RuleOutcome SequenceNumber(UpdateDraft draft)
    {
        var (gateway, mobileNode) = (draft.Gateway, draft.Attachment.MobileNode.Identifier);
        if (gateway.Settings.TimestampBasedApproachInUse)
        {
            draft.SequenceNumber = ++gateway.LastSequenceNumber;
        }
        else
        {
            draft.SequenceNumber = gateway.SessionSequenceNumbers[mobileNode] = (ushort)(
                gateway.SessionSequenceNumbers.GetValueOrDefault(mobileNode) + 1
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLayerIdentifier(UpdateDraft draft)
    {
        if (draft.Attachment.MobileNode.LinkLayerIdentifier is { IsAllZero: false } identifier)
        {
            draft.LinkLayerIdentifier = identifier;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AccessTechnology(UpdateDraft draft)
    {
        draft.AccessTechnology = draft.Gateway.Settings.AccessTechnology;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLocalAddress(UpdateDraft draft)
    {
        if (!draft.Gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks.Equals(IPAddress.IPv6Any))
        {
            return RuleOutcome.Continue;
        }

        var own = draft.Attachment.Binding is { IsLinkLocalAddressOwn: true }
            ? draft.Gateway.LinkLocalAddressOn(draft.Attachment.Link)
            : null;
        draft.LinkLocalAddress = own ?? IPAddress.IPv6Any;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4HomeAddressRequest(UpdateDraft draft)
    {
        if (draft.RequestedIpv4HomeAddresses is [var address, ..])
        {
            draft.Ipv4Options = [new Ipv4HomeAddressRequestOption(address.Address, address.PrefixLength)];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SecurityAssociation(UpdateDraft draft)
    {
        draft.ProtectedFor = draft.Gateway.Settings.ProtectionRequired ? draft.Attachment.MobileNode.AnchorAddress : null;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AssignedPrefixes(UpdateDraft draft)
    {
        draft.HomeNetworkPrefixes = draft.Update.HomeNetworkPrefixes;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome HandoffStateNotChanged(UpdateDraft draft)
    {
        draft.HandoffIndicator = HandoffIndicator.HandoffStateNotChanged;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LifetimeZero(UpdateDraft draft)
    {
        draft.LifetimeUnits = 0;
        return RuleOutcome.Continue;
    }
}
