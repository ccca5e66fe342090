using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A mobile node on a link on which none is registered.</summary>
public sealed record UnregisteredMobileNode(GatewayState Gateway, LinkId Link, AttachedMobileNode MobileNode, Now Now)
{
    /// <summary>The IP versions for which it is registered.</summary>
    public IpVersions IpVersions { get; set; } = MobileNode.IpVersions;
}

/// <summary>RFC 5213, Section 6.9.1.1: the start of an initial registration. <see cref="UpdateRules"/> construct the message.</summary>
internal static class StartOfRegistrationRules
{
    public static RuleList<UnregisteredMobileNode> Default { get; } =
        new(
            new("6.9.1.2(7)", "NotEnabled", NotEnabled),
            new("RFC 5844 3.2.3.1", "IpVersions", Versions),
            new("RFC 5844 3.2.3.2", "Denied", Denied),
            new("6.9.1.1(1)", "UpdatePending", UpdatePending),
            new("6.9.1.1(1)", "UpdateSent", UpdateSent)
        );

    private static RuleOutcome NotEnabled(UnregisteredMobileNode unregistered)
    {
        var (gateway, link, mobileNode, _) = unregistered;
        if (!gateway.NotEnabled.Contains(mobileNode.Identifier))
        {
            return RuleOutcome.Continue;
        }

        gateway.Put(new Attachment.Refused(link, mobileNode, BindingStatus.PROXY_REG_NOT_ENABLED));
        gateway.Actions.Log("NotEnabled", $"{mobileNode.Identifier.Nai} on {link} was refused before");
        return RuleOutcome.Stop;
    }

    /// <summary>A mobile node of both IP versions may get its IPv4 home address when it asks for it (RFC 5844, Section 3.4.1).</summary>
    private static RuleOutcome Versions(UnregisteredMobileNode unregistered)
    {
        var (gateway, _, mobileNode, _) = unregistered;
        unregistered.IpVersions = gateway.IpVersionsOf(mobileNode);
        if (unregistered.IpVersions == IpVersions.Both && gateway.Settings.Ipv4 is { WaitsForDhcp: true })
        {
            unregistered.IpVersions = IpVersions.Ipv6;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Denied(UnregisteredMobileNode unregistered)
    {
        var (gateway, link, mobileNode, _) = unregistered;
        if (unregistered.IpVersions != IpVersions.None)
        {
            return RuleOutcome.Continue;
        }

        gateway.Put(new Attachment.Refused(link, mobileNode, BindingStatus.ADMINISTRATIVELY_PROHIBITED));
        gateway.Actions.Log("Denied", $"{mobileNode.Identifier.Nai} on {link} was denied all IP versions before");
        return RuleOutcome.Stop;
    }

    private static RuleOutcome UpdatePending(UnregisteredMobileNode unregistered)
    {
        var (gateway, link, mobileNode, _) = unregistered;
        DelayedDeRegistration.Suspend(gateway, mobileNode);
        var update = new PendingUpdate(UpdateKind.Initial, mobileNode.HomeNetworkPrefixes)
        {
            IpVersions = unregistered.IpVersions,
            Ipv4HomeAddresses = gateway.Ipv4HomeAddressesOf(mobileNode),
        };
        gateway.Put(new Attachment.Registering(link, mobileNode, update));
        return RuleOutcome.Continue;
    }

    private static RuleOutcome UpdateSent(UnregisteredMobileNode unregistered)
    {
        UpdateTransmission.Run(unregistered.Gateway, unregistered.Link, unregistered.Now);
        return RuleOutcome.Continue;
    }
}
