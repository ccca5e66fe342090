using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>RFC 5844, Section 3.2.3.2: what a Proxy Binding Acknowledgement says of IPv4.</summary>
internal static class Ipv4AcknowledgementRules
{
    /// <summary>The lowest Status of an option that is a refusal (RFC 5844, Section 3.3.2).</summary>
    private const byte FirstRefusal = 128;

    /// <summary>Applied before a rejection ends the service.</summary>
    public static RuleList<ReceivedAcknowledgement> Rejected { get; } =
        new(
            new("RFC 5844 3.2.3.2 b1", "Ipv4Denied", Ipv4Denied),
            new("RFC 5844 3.2.3.2 b2", "Ipv4HomeAddressDenied", Ipv4HomeAddressDenied),
            new("RFC 5844 3.2.3.2 b3", "Ipv6Denied", Ipv6Denied)
        );

    /// <summary>Applied to an acceptance before anything is assigned.</summary>
    public static RuleList<ReceivedAcknowledgement> Accepted { get; } =
        new(
            new("RFC 5844 3", "RequestedPrefixes", RequestedPrefixes),
            new("RFC 5844 3.2.3.2 b4-b6", "Ipv4HomeAddressReply", Ipv4HomeAddressReply),
            new("RFC 5844 3.2.3.2 b9", "DefaultRouterAddress", DefaultRouterAddress),
            new("RFC 5844 3.2.3.2 b10", "DhcpSupportMode", DhcpSupportMode)
        );

    private static RuleOutcome Ipv4Denied(ReceivedAcknowledgement received) =>
        received.Acknowledgement.Status == BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
            ? Deny(received, IpVersions.Ipv4)
            : RuleOutcome.Continue;

    /// <summary>
    /// The refused address is not requested again; the next request leaves the choice to the LMA, unless this one did so already.
    /// </summary>
    private static RuleOutcome Ipv4HomeAddressDenied(ReceivedAcknowledgement received)
    {
        if (
            received is
            {
                Acknowledgement.Status: BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS,
                Attachment: { Request: { Ipv4HomeAddresses.Count: > 0 } request, MobileNode.Identifier: var mobileNode }
            }
        )
        {
            received.Gateway.RefusedIpv4HomeAddresses.UnionWith(request.Ipv4HomeAddresses.Select(address => (mobileNode, address)));
            received.RegisterAgainWith = request.HomeNetworkPrefixes;
            received.RegisterAgainWithIpv4 = [];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv6Denied(ReceivedAcknowledgement received) =>
        received.Acknowledgement.Status == BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE
            ? Deny(received, IpVersions.Ipv6)
            : RuleOutcome.Continue;

    /// <summary>The mobile node is registered for the other IP version, if the request was about both.</summary>
    private static RuleOutcome Deny(ReceivedAcknowledgement received, IpVersions version)
    {
        if (received.Attachment is not { Request: { } request, MobileNode.Identifier: var mobileNode })
        {
            return RuleOutcome.Continue;
        }

        var denied = received.Gateway.DeniedIpVersions;
        denied[mobileNode] = denied.GetValueOrDefault(mobileNode) | version;
        received.RegisterAgainWith = version == IpVersions.Ipv6 ? [] : request.HomeNetworkPrefixes;
        return RuleOutcome.Continue;
    }

    /// <summary>A mobile node of IPv4 alone gets no prefix.</summary>
    private static RuleOutcome RequestedPrefixes(ReceivedAcknowledgement received)
    {
        if (received.Attachment?.Request is { } request && !request.IpVersions.HasFlag(IpVersions.Ipv6))
        {
            received.HomeNetworkPrefixes = [];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4HomeAddressReply(ReceivedAcknowledgement received)
    {
        if (
            received.Attachment?.Request is { } request
            && request.IpVersions.HasFlag(IpVersions.Ipv4)
            && received.Acknowledgement.Options.First<Ipv4HomeAddressReplyOption>() is { } reply
            && (byte)reply.Status < FirstRefusal
            && !reply.HomeAddress.Equals(IPAddress.Any)
        )
        {
            received.Ipv4HomeAddresses = [new Ipv4HomeAddress(reply.HomeAddress, reply.PrefixLength)];
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DefaultRouterAddress(ReceivedAcknowledgement received)
    {
        var router = received.Acknowledgement.Options.First<Ipv4DefaultRouterAddressOption>()?.Address;
        received.DefaultRouter = IPAddress.Any.Equals(router) ? null : router;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome DhcpSupportMode(ReceivedAcknowledgement received)
    {
        received.ActsAsDhcpServer = received.Acknowledgement.Options.First<Ipv4DhcpSupportModeOption>() is { ActsAsServer: true };
        return RuleOutcome.Continue;
    }
}
