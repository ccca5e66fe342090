using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What a gateway has and knows between two inputs: what its rules read and change.</summary>
public sealed class GatewayState
{
    private readonly Dictionary<LinkId, Attachment> _attachments = [];
    private readonly Dictionary<LinkId, IPAddress> _linkLocalAddresses = [];

    internal GatewayState(MobileAccessGatewaySettings settings, MobileAccessGatewayRules rules, Random random)
    {
        Settings = settings;
        Rules = rules;
        Random = random;
        Forwarding = new Forwarding<LinkId>(Actions);
        CoreMtu = settings.CoreMtu;
    }

    public MobileAccessGatewaySettings Settings { get; }

    public MobileAccessGatewayRules Rules { get; }

    public Random Random { get; }

    public ActionQueue Actions { get; } = new();

    public Forwarding<LinkId> Forwarding { get; }

    public DeadlineQueue<GatewayDeadline> Deadlines { get; } = new();

    /// <summary>Mobile nodes that are not registered again until somebody has seen to it (RFC 5213, Section 6.9.1.2(7)).</summary>
    public HashSet<MobileNodeIdentifierOption> NotEnabled { get; } = [];

    /// <summary>The MTU of the path to the anchor: the configured one until a router reports a smaller one.</summary>
    public uint CoreMtu { get; set; }

    /// <summary>The number of the last message, whoever it was for (RFC 5213, Section 6.9.1.1(6)).</summary>
    public ushort LastSequenceNumber { get; set; }

    /// <summary>The number of the last message for a mobile node, where sequence numbers order the messages.</summary>
    public Dictionary<MobileNodeIdentifierOption, ushort> SessionSequenceNumbers { get; } = [];

    /// <summary>The timestamp of the last message.</summary>
    public Timestamp LastTimestamp { get; set; }

    /// <summary>The tunnel to the anchor.</summary>
    public Tunnel Tunnel => new(Settings.ProxyCareOfAddress, Settings.LocalMobilityAnchorAddress);

    /// <summary>The binding update list.</summary>
    public IReadOnlyCollection<Attachment> Attachments => _attachments.Values;

    public bool TryFind(LinkId link, [NotNullWhen(true)] out Attachment? attachment) => _attachments.TryGetValue(link, out attachment);

    public AccessLinkSettings? FindLink(LinkId link) => Settings.AccessLinks.FirstOrDefault(settings => settings.Link == link);

    /// <summary>Puts an attachment into the list, in place of the earlier one of its link.</summary>
    public void Put(Attachment attachment) => _attachments[attachment.Link] = attachment;

    /// <summary>Takes an attachment out of the list; nothing more becomes due for it.</summary>
    public void Remove(LinkId link)
    {
        _attachments.Remove(link);
        CancelDeadlines(link);
    }

    public void CancelDeadlines(LinkId link)
    {
        Deadlines.Cancel(new GatewayDeadline.Transmission(link));
        Deadlines.Cancel(new GatewayDeadline.Extension(link));
        Deadlines.Cancel(new GatewayDeadline.Expiry(link));
        Deadlines.Cancel(new GatewayDeadline.EndOfDeRegistration(link));
    }

    /// <summary>The gateway's address on an access link, if it has one.</summary>
    public IPAddress? LinkLocalAddressOn(LinkId link) => _linkLocalAddresses.GetValueOrDefault(link);

    /// <summary>Gives the gateway this link-local address on a link, and no other.</summary>
    public void Configure(LinkId link, IPAddress address, bool performDad)
    {
        if (address.Equals(LinkLocalAddressOn(link)))
        {
            return;
        }

        Deconfigure(link);
        _linkLocalAddresses.Add(link, address);
        Actions.Add(new RoleAction.AddAddress(link, address, performDad));
    }

    /// <summary>Takes the gateway's link-local address off a link.</summary>
    public void Deconfigure(LinkId link)
    {
        if (_linkLocalAddresses.Remove(link, out var address))
        {
            Actions.Add(new RoleAction.RemoveAddress(link, address));
        }
    }
}
