using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A Proxy Binding Acknowledgement on its way through the rules of RFC 5213, Section 6.9.1.2.</summary>
public sealed class ReceivedAcknowledgement
{
    public ReceivedAcknowledgement(GatewayState gateway, RoleInput.Signal signal, BindingAcknowledgement acknowledgement, Now now)
    {
        Gateway = gateway;
        Signal = signal;
        Acknowledgement = acknowledgement;
        Now = now;
        HomeNetworkPrefixes =
        [
            .. acknowledgement
                .Options.All<HomeNetworkPrefixOption>()
                .Select(option => option.Prefix)
                .Where(prefix => !prefix.IsAllZero)
                .Distinct(),
        ];
    }

    public GatewayState Gateway { get; }

    public RoleInput.Signal Signal { get; }

    public BindingAcknowledgement Acknowledgement { get; }

    public Now Now { get; }

    public MobileNodeIdentifierOption? MobileNode => Acknowledgement.Options.First<MobileNodeIdentifierOption>();

    /// <summary>The assigned prefixes, each once; an ALL_ZERO is none.</summary>
    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; }

    public IPAddress? LinkLocalAddress => Acknowledgement.Options.First<LinkLocalAddressOption>()?.Address;

    /// <summary>The attachment whose request this answers, once it has been found.</summary>
    public Attachment? Attachment { get; set; }

    /// <summary>The request that this answers, as sent last.</summary>
    public BindingUpdate? Answered { get; set; }

    /// <summary>The prefixes to ask for in a further registration; null when there is to be none.</summary>
    public IReadOnlyList<Ipv6Prefix>? RegisterAgainWith { get; set; }

    /// <summary>Drops the message: nothing has happened.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Gateway.Actions.Log(rule, $"{MobileNode?.Nai ?? "no mobile node"} from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
