using System.Net;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A router has reported the MTU of the path to a node.</summary>
/// <param name="Anchor">The node, if it is an LMA of this MAG.</param>
/// <param name="Mtu">In octets, at least 1280 if the node has an IPv6 address.</param>
public sealed record ReportedPathMtu(GatewayState Gateway, IPAddress Anchor, uint Mtu);

/// <summary>RFC 5213, Section 6.9.5: the MTU of the tunnel follows that of the path, and is advertised to the mobile nodes.</summary>
internal static class PathMtuRules
{
    public static RuleList<ReportedPathMtu> Default { get; } =
        new(
            new("6.9.5", "PathOfTunnel", PathOfTunnel),
            new("6.9.5", "SmallerThanBefore", SmallerThanBefore),
            new("6.9.5", "MtuChanged", MtuChanged)
        );

    private static RuleOutcome PathOfTunnel(ReportedPathMtu reported) =>
        reported.Gateway.Settings.IsAnchor(reported.Anchor) ? RuleOutcome.Continue : RuleOutcome.Stop;

    private static RuleOutcome SmallerThanBefore(ReportedPathMtu reported) =>
        reported.Mtu < reported.Gateway.PathMtuTo(reported.Anchor) ? RuleOutcome.Continue : RuleOutcome.Stop;

    private static RuleOutcome MtuChanged(ReportedPathMtu reported)
    {
        var (gateway, anchor, mtu) = reported;
        var before = gateway.PathMtuTo(anchor);
        gateway.SetPathMtu(anchor, mtu);
        foreach (var attachment in gateway.Attachments)
        {
            var tunnel = gateway.TunnelOf(attachment);
            if (tunnel.Remote.Equals(anchor) && TunnelMtu.Over(mtu, tunnel.Mode) != TunnelMtu.Over(before, tunnel.Mode))
            {
                RouterAdvertisementDraft.Send(gateway, attachment);
            }
        }
        return RuleOutcome.Continue;
    }
}
