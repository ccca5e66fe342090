using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5213, Sections 6.2, 6.6 and 6.9.1.1: identifies the mobile node on an access link by its port or its messages.</summary>
internal static class IdentificationRules
{
    public static RuleList<DetectionEvent> Default { get; } =
        new([
            new("6.6", "NotOwnMessage", NotOwnMessage),
            new("6.6", "ByPort", ByPort),
            new("6.6", "ByLinkLayerAddress", ByLinkLayerAddress),
            new("6.2", "Profile", Profile),
            Ipv4TransportRules.Anchor,
            new("6.6", "StoredIdentifier", StoredIdentifier),
            new("6.9.1.1(4)-(5)", "Hint", Hint),
            new("5.5", "Timestamp", Timestamp),
            new("6.9.1.1(7)", "LinkLayerIdentifier", LinkLayerIdentifier),
            new("6.9.1.2(15)", "LinkLocalAddress", LinkLocalAddress),
        ]);

    private static RuleOutcome NotOwnMessage(DetectionEvent detected) =>
        detected.LinkLayerAddress == detected.Gateway.Settings.LinkLayerAddressOn(detected.Port) ? RuleOutcome.Stop : RuleOutcome.Continue;

    /// <summary>The mobile node to which the port is bound, or which was authenticated there, before it has sent a message.</summary>
    private static RuleOutcome ByPort(DetectionEvent detected)
    {
        if ((detected.Port.BoundIdentifier ?? detected.Authenticated) is { } identifier)
        {
            detected.Identify(identifier);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ByLinkLayerAddress(DetectionEvent detected)
    {
        if (
            detected is { MobileNode: null, LinkLayerAddress: { } address }
            && detected.Gateway.Settings.Identification.FirstOrDefault(known => known.Matches(address)) is { } identification
        )
        {
            detected.Identify(identification.IdentifierOf(address));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Profile(DetectionEvent detected)
    {
        if (
            detected.MobileNode is { } mobileNode
            && detected.Gateway.Settings.Profiles.FirstOrDefault(known => known.Matches(mobileNode.Identifier.Nai)) is { } profile
        )
        {
            detected.Profile = profile;
            detected.MobileNode = mobileNode with
            {
                AnchorAddress = profile.LocalMobilityAnchorAddress ?? mobileNode.AnchorAddress,
                IsEntitled = profile.IsEntitled,
                EnableMAGLocalRouting = profile.EnableMAGLocalRouting,
                AddressConfiguration = profile.AddressConfiguration,
                PrefixLifetimes = profile.PrefixLifetimes,
                HomeNetworkPrefixes = profile.PrefixesOf(mobileNode.Identifier.Nai, detected.LinkLayerAddress),
                IpVersions = profile.IpVersions,
                Ipv4HomeAddresses = profile.Ipv4HomeAddresses,
            };
        }
        return RuleOutcome.Continue;
    }

    /// <summary>From here on, the mobile node is known by the identifier that the policy store has for it.</summary>
    private static RuleOutcome StoredIdentifier(DetectionEvent detected)
    {
        if (detected is { MobileNode: { } mobileNode, Profile: { MobileNodeIdentifier: not null } profile })
        {
            var stored = profile.MobileNodeIdentifierOf(mobileNode.Identifier.Nai);
            detected.MobileNode = mobileNode with { Identifier = MobileNodeIdentifierOption.ForNai(stored) };
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Hint(DetectionEvent detected)
    {
        if (detected.MobileNode is { } mobileNode)
        {
            detected.MobileNode = mobileNode with { Hint = detected.LinkUp?.Hint };
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Timestamp(DetectionEvent detected)
    {
        if (detected.MobileNode is { } mobileNode)
        {
            detected.MobileNode = mobileNode with
            {
                Timestamp = detected.LinkUp?.Timestamp,
                AttachedAt = detected.Gateway.LinkUpTimes.GetValueOrDefault(detected.Link, detected.Now.Monotonic),
            };
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome LinkLayerIdentifier(DetectionEvent detected)
    {
        if (detected is { MobileNode: { } mobileNode, LinkLayerAddress: { } address })
        {
            detected.MobileNode = mobileNode with { LinkLayerIdentifier = new OctetString(address.ToArray()) };
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The source address of the message, or the address that the mobile node tests for uniqueness.</summary>
    private static RuleOutcome LinkLocalAddress(DetectionEvent detected)
    {
        if (detected is not { MobileNode: { } mobileNode, Packet: { } packet })
        {
            return RuleOutcome.Continue;
        }

        var isTest = packet.Source.Equals(IPAddress.IPv6Any);
        var address = isTest && detected.Message is NeighborSolicitation solicitation ? solicitation.Target : packet.Source;
        if (address.IsIPv6LinkLocal)
        {
            detected.MobileNode = mobileNode with { LinkLocalAddresses = [new IPAddress(address.GetAddressBytes())] };
        }
        return RuleOutcome.Continue;
    }
}
