using System.Net;
using Pmip.Protocol.Dhcp;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>
/// RFC 5844, Section 3.4.2: the DHCP relay agent of a MAG. It relays nothing before the mobile node is registered, tells the servers the
/// address that the LMA has assigned, and keeps other addresses from the mobile node.
/// </summary>
internal static class DhcpRelayRules
{
    /// <summary>RFC 1542, Section 4.1.1: a relay agent discards messages with more hops.</summary>
    private const byte MaximumHops = 16;

    public static RuleList<RelayedDhcpRequest> Requests { get; } =
        new(
            new("RFC 5844 3.4.2", "RequestedAddress", RequestedAddress),
            new("RFC 1542 4.1.1", "Hops", Hops),
            new("RFC 5844 3.4", "RelayAddress", RelayAddress),
            new("RFC 3046 2.0", "CircuitIdentifier", CircuitIdentifier),
            new("RFC 5844 3.4.2", "RemoteIdentifier", RemoteIdentifier),
            new("RFC 3527 3", "LinkSelection", LinkSelection),
            new("RFC 5107 4", "ServerIdentifierOverride", ServerIdentifierOverride),
            new("RFC 1542 4.1.1", "Forwarded", Forwarded)
        );

    public static RuleList<RelayedDhcpReply> Replies { get; } =
        new(
            new("RFC 1542 4.1.2", "FromServer", FromServer),
            new("RFC 3046 2.1", "OfMobileNode", OfMobileNode),
            new("RFC 5844 3.4.2", "AssignedAddress", AssignedAddress),
            new("RFC 3046 2.1", "AgentInformationRemoved", AgentInformationRemoved),
            new("RFC 1542 4.1.2", "Delivered", Delivered)
        );

    private static RuleOutcome RequestedAddress(RelayedDhcpRequest relayed)
    {
        var exchange = relayed.Exchange;
        return
            relayed.Message.Type == DhcpMessageType.Request && exchange.RequestedAddress is { } asked && exchange.Ipv4?.Has(asked) != true
            ? exchange.Drop("OtherAddress", $"{asked} is not assigned to it")
            : RuleOutcome.Continue;
    }

    private static RuleOutcome Hops(RelayedDhcpRequest relayed) =>
        relayed.Message.Hops > MaximumHops ? RuleOutcome.Stop : RuleOutcome.Continue;

    private static RuleOutcome RelayAddress(RelayedDhcpRequest relayed)
    {
        relayed.RelayAddress = relayed.Gateway.Settings.Ipv4?.RelayAddress ?? relayed.Exchange.DhcpAddress;
        return RuleOutcome.Continue;
    }

    /// <summary>The server returns it, so that the link of the mobile node is known without any state.</summary>
    private static RuleOutcome CircuitIdentifier(RelayedDhcpRequest relayed)
    {
        relayed.SubOptions.Add(new CircuitIdSubOption(RelayedDhcpReply.CircuitOf(relayed.Exchange.Link)));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RemoteIdentifier(RelayedDhcpRequest relayed)
    {
        if (relayed.Exchange.Ipv4 is { } assigned)
        {
            relayed.SubOptions.Add(RemoteIdSubOption.ForAddress(assigned.HomeAddress.Address));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>An address of the MAG alone does not tell the server the home network of the mobile node.</summary>
    private static RuleOutcome LinkSelection(RelayedDhcpRequest relayed)
    {
        if (relayed is { Gateway.Settings.Ipv4.RelayAddress: not null, Exchange.Ipv4: { } assigned })
        {
            relayed.SubOptions.Add(new LinkSelectionSubOption(assigned.HomeAddress.HomeNetwork.Network));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome ServerIdentifierOverride(RelayedDhcpRequest relayed)
    {
        if (relayed is { Gateway.Settings.Ipv4.OverridesServerIdentifier: true, Exchange.DhcpAddress: { } own })
        {
            relayed.SubOptions.Add(new RelayAgentFlagsSubOption(relayed.Exchange.IsUnicast));
            relayed.SubOptions.Add(new ServerIdentifierOverrideSubOption(own));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Forwarded(RelayedDhcpRequest relayed)
    {
        if (relayed.RelayAddress is not { } own)
        {
            return relayed.Exchange.Drop("RelayAddress", "the relay agent has no address");
        }

        if (!DhcpDatagram.TryWrite(relayed.ToMessage(), relayed.Gateway.Actions, out var message))
        {
            return RuleOutcome.Stop;
        }

        foreach (var server in relayed.Gateway.Settings.Ipv4?.DhcpServers ?? [])
        {
            relayed.Gateway.Actions.Add(
                new RoleAction.SendUdp(new UdpPath(own, UdpPort.DhcpServer, server, UdpPort.DhcpServer), Link: null, message)
            );
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome FromServer(RelayedDhcpReply relayed) =>
        relayed.Message.Operation == DhcpOperation.BootReply
        && relayed.Gateway.Settings.Ipv4?.DhcpServers.Contains(relayed.Datagram.Path.Source) == true
            ? RuleOutcome.Continue
            : RuleOutcome.Stop;

    /// <summary>By what the relay agent has told the server, or else by the hardware address of the client.</summary>
    private static RuleOutcome OfMobileNode(RelayedDhcpReply relayed)
    {
        var circuit = relayed.Circuit;
        relayed.Attachment = relayed
            .Gateway.Attachments.Where(attachment => attachment.Binding?.Ipv4 is { ActsAsDhcpServer: false })
            .FirstOrDefault(attachment => relayed.IsFor(attachment, circuit));
        return relayed.Attachment is null ? RuleOutcome.Stop : RuleOutcome.Continue;
    }

    private static RuleOutcome AssignedAddress(RelayedDhcpReply relayed)
    {
        var (message, gateway) = (relayed.Message, relayed.Gateway);
        if (message.YourAddress.Equals(IPAddress.Any) || relayed.Attachment?.Binding?.Ipv4?.Has(message.YourAddress) == true)
        {
            return RuleOutcome.Continue;
        }

        gateway.Actions.Log(
            "OtherAddress",
            $"{relayed.Datagram.Path.Source} gives {relayed.Attachment?.MobileNode.Identifier.Nai} the address {message.YourAddress}"
        );
        return RuleOutcome.Stop;
    }

    private static RuleOutcome AgentInformationRemoved(RelayedDhcpReply relayed)
    {
        relayed.Message = relayed.Message with
        {
            Options = new DhcpOptionList(relayed.Message.Options.Where(option => option is not DhcpRelayAgentInformationOption)),
        };
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Delivered(RelayedDhcpReply relayed)
    {
        if (relayed.Attachment is { Link: var link } && relayed.Gateway.Ipv4On(link)?.DhcpAddress is { } source)
        {
            DhcpDelivery.ToClient(relayed.Gateway, link, source, relayed.Message, relayed.Message.ClientAddress);
        }
        return RuleOutcome.Continue;
    }
}
