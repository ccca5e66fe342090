using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A Proxy Binding Acknowledgement while the rules of RFC 5213, Section 6.9.1.2, are applied.</summary>
public sealed class ReceivedAcknowledgement
{
    /// <summary>
    /// How many prefixes, and how many IPv4 home addresses, a mobile node may have: an update that extends all of them fits into a message.
    /// </summary>
    internal const int MaximumAssigned = 48;

    public ReceivedAcknowledgement(GatewayState gateway, RoleInput.Signal signal, BindingAcknowledgement acknowledgement, Now now)
    {
        Gateway = gateway;
        Signal = signal;
        Acknowledgement = acknowledgement;
        Now = now;
        Candidates = gateway.Attachments;
        HomeNetworkPrefixes =
        [
            .. acknowledgement
                .Options.All<HomeNetworkPrefixOption>()
                .Select(option => option.Prefix)
                .Where(prefix => !prefix.IsAllZero)
                .Distinct()
                .Take(MaximumAssigned),
        ];
    }

    public GatewayState Gateway { get; }

    public RoleInput.Signal Signal { get; }

    public BindingAcknowledgement Acknowledgement { get; }

    public Now Now { get; }

    public MobileNodeIdentifierOption? MobileNode => Acknowledgement.Options.First<MobileNodeIdentifierOption>();

    /// <summary>
    /// The assigned prefixes without duplicates and without ALL_ZERO, and without those that nobody has asked for; at most
    /// <see cref="MaximumAssigned"/>.
    /// </summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; set; }

    /// <summary>The assigned IPv4 home addresses; empty until the options were read.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddresses { get; set; } = [];

    /// <summary>The default router of the mobile node in IPv4; null if the message names none.</summary>
    public IPAddress? DefaultRouter { get; set; }

    /// <summary>The MAG is to be the DHCP server of the mobile node.</summary>
    public bool ActsAsDhcpServer { get; set; }

    /// <summary>What is assigned of IPv4; null if nothing.</summary>
    public Ipv4Registration? Ipv4 =>
        Ipv4HomeAddresses.Count == 0
            ? null
            : new Ipv4Registration(Ipv4HomeAddresses) { DefaultRouter = DefaultRouter, ActsAsDhcpServer = ActsAsDhcpServer };

    /// <summary>How the LMA of the mobile node is reached over IPv4; null if it is reached over IPv6.</summary>
    public Ipv4GatewayTransport? Transport =>
        Attachment is { MobileNode.Ipv4AnchorAddress: not null } ? Gateway.Settings.Ipv4Transport : null;

    public IPAddress? LinkLocalAddress => Acknowledgement.Options.First<LinkLocalAddressOption>()?.Address;

    /// <summary>The attachments for which the sender may answer: a view of the list, valid until a rule changes it.</summary>
    public IEnumerable<Attachment> Candidates { get; set; }

    /// <summary>The attachment whose request this message answers, set once found.</summary>
    public Attachment? Attachment { get; set; }

    /// <summary>The request that this message answers, as last sent.</summary>
    public BindingUpdate? Answered { get; set; }

    /// <summary>The prefixes to request in a further registration; null if there is none.</summary>
    public IReadOnlyList<Ipv6Prefix>? RegisterAgainWith { get; set; }

    /// <summary>
    /// The IPv4 home addresses to request in that registration, empty to leave the choice to the LMA; null for those of this one.
    /// </summary>
    public IReadOnlyList<Ipv4HomeAddress>? RegisterAgainWithIpv4 { get; set; }

    /// <summary>When to extend the registration at the latest, from now on; null if only the lifetime decides.</summary>
    public TimeSpan? RefreshAfter { get; set; }

    /// <summary>The packets of the mobile node go to its LMA so from now on.</summary>
    public void Use(NegotiatedEncapsulation encapsulation)
    {
        if (Attachment is { } attachment)
        {
            Attachment = attachment with { MobileNode = attachment.MobileNode with { Encapsulation = encapsulation } };
            Gateway.Put(Attachment);
        }
    }

    /// <summary>Drops the message without effect.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Gateway.Actions.Log(rule, $"{MobileNode?.Nai ?? "unknown mobile node"} from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
