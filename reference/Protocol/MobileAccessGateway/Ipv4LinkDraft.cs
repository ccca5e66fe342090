using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What a MAG is to be on an access link in IPv4, while it is put together.</summary>
/// <param name="registration">What is assigned to the mobile node on the link.</param>
public sealed class Ipv4LinkDraft(GatewayState gateway, LinkId link, Ipv4Registration registration)
{
    public GatewayState Gateway { get; } = gateway;

    public LinkId Link { get; } = link;

    public Ipv4Registration Registration { get; } = registration;

    public List<IPAddress> Addresses { get; } = [];

    public List<IpPrefix> Proxied { get; } = [];

    public IPAddress? DhcpAddress { get; set; }

    /// <summary>Sets up IPv4 on a link, or ends it if nothing is assigned to the mobile node.</summary>
    public static void Apply(GatewayState gateway, LinkId link, Ipv4Registration? registration)
    {
        if (registration is null)
        {
            End(new EndedIpv4(gateway, link) { IsLost = true });
            return;
        }

        var draft = new Ipv4LinkDraft(gateway, link, registration);
        gateway.Rules.Ipv4Link.Apply(draft);
        gateway.Configure(
            link,
            new Ipv4Link
            {
                Addresses = [.. draft.Addresses.Distinct()],
                Proxied = draft.Proxied,
                DhcpAddress = draft.DhcpAddress,
            }
        );
    }

    /// <summary>Ends IPv4 on a link; no effect if there is none.</summary>
    public static void End(EndedIpv4 ended)
    {
        if (ended.Gateway.Ipv4On(ended.Link) is not null)
        {
            ended.Gateway.Rules.EndOfIpv4.Apply(ended);
        }
    }
}
