using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The state of a mobile access gateway between two inputs, read and changed by its rules.</summary>
public sealed class GatewayState
{
    private readonly Dictionary<LinkId, Attachment> _attachments = [];
    private readonly Dictionary<LinkId, IPAddress> _linkLocalAddresses = [];
    private readonly Dictionary<LinkId, Ipv4Link> _ipv4Links = [];
    private readonly HashSet<LinkId> _tentative = [];
    private readonly Dictionary<IPAddress, uint> _pathMtus = [];

    internal GatewayState(MobileAccessGatewaySettings settings, MobileAccessGatewayRules rules, Random random)
    {
        Settings = settings;
        Rules = rules;
        Random = random;
        Forwarding = new Forwarding<LinkId>(Actions);
        HasRegularAccess = settings.AccessLinks.Any(link => link.VisitedPrefix is not null);
    }

    /// <summary>The settings in force, which system management changes.</summary>
    public MobileAccessGatewaySettings Settings { get; set; }

    /// <summary>Whether an access link serves nodes without mobility service (RFC 5213, Section 6.14).</summary>
    public bool HasRegularAccess { get; }

    /// <summary>Whether packets of any mobile node may be routed locally.</summary>
    public bool HasLocalRouting =>
        Settings.EnableMAGLocalRouting || Settings.Profiles.Any(profile => profile.EnableMAGLocalRouting is true);

    public MobileAccessGatewayRules Rules { get; }

    public Random Random { get; }

    public ActionQueue Actions { get; } = new();

    public Forwarding<LinkId> Forwarding { get; }

    public DeadlineQueue<GatewayDeadline> Deadlines { get; } = new();

    /// <summary>Mobile nodes that are not registered again until an administrator intervenes (RFC 5213, Section 6.9.1.2(7)).</summary>
    public HashSet<MobileNodeIdentifierOption> NotEnabled { get; } = [];

    /// <summary>
    /// The IP versions for which mobile nodes are not registered until an administrator intervenes (RFC 5844, Section 3.2.3.2).
    /// </summary>
    public Dictionary<MobileNodeIdentifierOption, IpVersions> DeniedIpVersions { get; } = [];

    /// <summary>The IPv4 home addresses that are not requested again (RFC 5844, Section 3.2.3.2).</summary>
    public HashSet<(MobileNodeIdentifierOption MobileNode, Ipv4HomeAddress Address)> RefusedIpv4HomeAddresses { get; } = [];

    /// <summary>The DHCP messages of mobile nodes that wait for a registration, one for each link at most.</summary>
    public Dictionary<LinkId, DhcpExchange> HeldDhcp { get; } = [];

    /// <summary>The DHCP messages to mobile nodes that wait for a registration, one for each link at most.</summary>
    public Dictionary<LinkId, RelayedDhcpReply> HeldDhcpReplies { get; } = [];

    /// <summary>The last DHCP message of the mobile node on a link.</summary>
    public Dictionary<LinkId, DhcpMessage> LastDhcp { get; } = [];

    /// <summary>How the links that are up have come up, if that was reported.</summary>
    public Dictionary<LinkId, RoleInput.LinkUp> LinkUps { get; } = [];

    /// <summary>When the links that are up have come up, if that was reported.</summary>
    public Dictionary<LinkId, Instant> LinkUpTimes { get; } = [];

    /// <summary>The links that are down: messages that still arrive from them were sent before link down and are dropped.</summary>
    public HashSet<LinkId> DownLinks { get; } = [];

    /// <summary>When the attached mobile node of a link was last heard.</summary>
    public Dictionary<LinkId, Instant> LastHeard { get; } = [];

    /// <summary>The number of probes that a mobile node on a link has not answered yet.</summary>
    public Dictionary<LinkId, int> UnansweredProbes { get; } = [];

    /// <summary>The sequence number of the last message for any mobile node (RFC 5213, Section 6.9.1.1(6)).</summary>
    public ushort LastSequenceNumber { get; set; }

    /// <summary>The sequence number of the last message for each mobile node, if sequence numbers order the messages.</summary>
    public Dictionary<MobileNodeIdentifierOption, ushort> SessionSequenceNumbers { get; } = [];

    public UpdateRate UpdateRate { get; } = new();

    /// <summary>
    /// Interfaces that have left, and whose de-registration waits for the limit of the rate outside the Binding Update List.
    /// </summary>
    public Dictionary<MobileNodeInterface, Attachment.DeRegistering> Departed { get; } = [];

    /// <summary>The timestamp of the last message.</summary>
    public Timestamp LastTimestamp { get; set; }

    /// <summary>The Binding Update List.</summary>
    public IReadOnlyCollection<Attachment> Attachments => _attachments.Values;

    public bool TryFind(LinkId link, [NotNullWhen(true)] out Attachment? attachment) => _attachments.TryGetValue(link, out attachment);

    public AccessLinkSettings? FindLink(LinkId link) => Settings.AccessLinks.FirstOrDefault(settings => settings.Link == link);

    /// <summary>Puts an attachment into the list; replaces the previous attachment of the same link.</summary>
    public void Put(Attachment attachment) => _attachments[attachment.Link] = attachment;

    /// <summary>Removes an attachment from the list and cancels its deadlines.</summary>
    public void Remove(LinkId link)
    {
        _attachments.Remove(link);
        HeldDhcp.Remove(link);
        HeldDhcpReplies.Remove(link);
        LastDhcp.Remove(link);
        LastHeard.Remove(link);
        CancelDeadlines(link);
    }

    public void CancelDeadlines(LinkId link)
    {
        Deadlines.Cancel(new GatewayDeadline.Transmission(link));
        Deadlines.Cancel(new GatewayDeadline.Extension(link));
        Deadlines.Cancel(new GatewayDeadline.Probe(link));
        UnansweredProbes.Remove(link);
        Deadlines.Cancel(new GatewayDeadline.Expiry(link));
        Deadlines.Cancel(new GatewayDeadline.EndOfDeRegistration(link));
    }

    /// <summary>The tunnel to the LMA of a mobile node.</summary>
    public Tunnel TunnelOf(Attachment attachment) =>
        (Settings.Ipv4Transport, attachment.MobileNode)
            is ({ Address: var local }, { Ipv4AnchorAddress: { } remote, Encapsulation: var over })
            ? new Tunnel(local, remote, over.Mode, over.Ports)
            : new Tunnel(
                Settings.ProxyCareOfAddress,
                attachment.MobileNode.AnchorAddress,
                Settings.TunnelModeTo(attachment.MobileNode.AnchorAddress)
            );

    /// <summary>The IP versions for which a mobile node may be registered.</summary>
    public IpVersions IpVersionsOf(AttachedMobileNode mobileNode) =>
        mobileNode.IpVersions & ~DeniedIpVersions.GetValueOrDefault(mobileNode.Identifier);

    /// <summary>The IPv4 home addresses of the profile of a mobile node, without those that were refused.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddressesOf(AttachedMobileNode mobileNode) =>
        [.. mobileNode.Ipv4HomeAddresses.Where(address => !RefusedIpv4HomeAddresses.Contains((mobileNode.Identifier, address)))];

    /// <summary>RFC 5213, Section 9.2: the policy of a mobile node takes precedence over the flag.</summary>
    public bool RoutesLocally(AttachedMobileNode mobileNode) => mobileNode.EnableMAGLocalRouting ?? Settings.EnableMAGLocalRouting;

    /// <summary>
    /// The MTU of the path to an LMA by the address at which it is reached, in octets: the configured one until a router reports a smaller
    /// one.
    /// </summary>
    public uint PathMtuTo(IPAddress anchor) => _pathMtus.GetValueOrDefault(anchor, Settings.CoreMtu);

    public void SetPathMtu(IPAddress anchor, uint mtu) => _pathMtus[anchor] = mtu;

    /// <summary>The MAG's address on an access link, if it has one.</summary>
    public IPAddress? LinkLocalAddressOn(LinkId link) => _linkLocalAddresses.GetValueOrDefault(link);

    /// <summary>
    /// True while the MAG's address on a link is tested for uniqueness: nothing may be sent from it (RFC 4862, Section 5.4).
    /// </summary>
    public bool IsTentative(LinkId link) => _tentative.Contains(link);

    /// <summary>The MAG's address on a link is unique.</summary>
    public void Confirm(LinkId link) => _tentative.Remove(link);

    /// <summary>Configures this link-local address on a link and removes the previous one.</summary>
    public void Configure(LinkId link, IPAddress address, bool performDad)
    {
        if (address.Equals(LinkLocalAddressOn(link)))
        {
            return;
        }

        Deconfigure(link);
        _linkLocalAddresses.Add(link, address);
        if (performDad)
        {
            _tentative.Add(link);
        }

        Actions.Add(new RoleAction.AddAddress(link, address, performDad));
    }

    /// <summary>What the MAG is on an access link in IPv4; null if it is nothing there.</summary>
    public Ipv4Link? Ipv4On(LinkId link) => _ipv4Links.GetValueOrDefault(link);

    /// <summary>Configures the addresses of the MAG on an access link, and for whom it answers there, and ends what was before.</summary>
    public void Configure(LinkId link, Ipv4Link? ipv4)
    {
        var (before, after) = (Ipv4On(link) ?? Ipv4Link.None, ipv4 ?? Ipv4Link.None);
        foreach (var prefix in before.Proxied.Except(after.Proxied))
        {
            Actions.Add(new RoleAction.RemoveProxyNeighbor(link, prefix));
        }
        foreach (var address in before.Addresses.Except(after.Addresses))
        {
            Actions.Add(new RoleAction.RemoveAddress(link, address));
        }
        foreach (var address in after.Addresses.Except(before.Addresses))
        {
            Actions.Add(new RoleAction.AddAddress(link, address, PerformDad: false));
        }
        foreach (var prefix in after.Proxied.Except(before.Proxied))
        {
            Actions.Add(new RoleAction.AddProxyNeighbor(link, prefix));
        }

        if (ipv4 is null)
        {
            _ipv4Links.Remove(link);
        }
        else
        {
            _ipv4Links[link] = ipv4;
        }
    }

    /// <summary>Gives the interface of each access link the link-layer address that the settings say.</summary>
    public void SetLinkLayerAddresses()
    {
        foreach (var access in Settings.AccessLinks)
        {
            Actions.Add(new RoleAction.SetLinkLayerAddress(access.Link, Settings.LinkLayerAddressOn(access)));
        }
    }

    /// <summary>Removes the MAG's link-local address from a link.</summary>
    public void Deconfigure(LinkId link)
    {
        _tentative.Remove(link);
        if (_linkLocalAddresses.Remove(link, out var address))
        {
            Actions.Add(new RoleAction.RemoveAddress(link, address));
        }
    }
}
