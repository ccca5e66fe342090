using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What an administrator asks of a MAG.</summary>
public sealed record AdministrativeRequest(GatewayState Gateway, AdministrativeAction Action, Now Now);

/// <summary>
/// RFC 5213, Sections 9.2 and 9.3: system management sets a variable; Sections 6.9.1.2(7), 6.9.1.4(1) and 6.12: an administrator
/// intervenes. A MAG authorizes no MAGs.
/// </summary>
internal static class AdministrationRules
{
    public static RuleList<AdministrativeRequest> Default { get; } =
        new(
            new("9.2", "VariableSet", VariableSet),
            new("9.2", "VariableSaved", VariableSaved),
            new("9.2", "LocalRouting", LocalRouting),
            new("9.3", "FixedLinkLocalAddress", FixedLinkLocalAddress),
            new("9.3", "FixedLinkLayerAddress", FixedLinkLayerAddress),
            new("RFC 5844 3.4", "FixedServerIdentifier", FixedServerIdentifier),
            new("RFC 5844 3.2.3.2", "IpVersionsEnabled", IpVersionsEnabled),
            new("6.9.1.2(7)", "RegistrationEnabled", RegistrationEnabled),
            new("6.9.1.4(1)", "SessionsTerminated", SessionsTerminated),
            new("6.12", "PrefixWithdrawn", PrefixWithdrawn)
        );

    private static RuleOutcome VariableSet(AdministrativeRequest request)
    {
        var (gateway, action, _) = request;
        if (action is not AdministrativeAction.SetVariable(var name, var value))
        {
            return RuleOutcome.Continue;
        }

        if (!GatewayVariables.TrySet(gateway.Settings, name, value, out var settings))
        {
            gateway.Actions.Log("VariableSet", $"{name} cannot be '{value}'");
            return RuleOutcome.Stop;
        }

        gateway.Settings = settings;
        return RuleOutcome.Continue;
    }

    private static RuleOutcome VariableSaved(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.SetVariable(var name, var value))
        {
            request.Gateway.Actions.Add(new RoleAction.SaveVariable(name, value));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The routes of the mobile nodes that are attached follow the flag at once.</summary>
    private static RuleOutcome LocalRouting(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.SetVariable { Name: nameof(MobileAccessGatewaySettings.EnableMAGLocalRouting) })
        {
            RoutingDraft.UpdateRoutes(request.Gateway);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// A fixed address is used on every access link at once. If it is not fixed any more, it stays in use for the mobile nodes that have
    /// learned it.
    /// </summary>
    private static RuleOutcome FixedLinkLocalAddress(AdministrativeRequest request)
    {
        var gateway = request.Gateway;
        if (
            request.Action
            is not AdministrativeAction.SetVariable { Name: nameof(MobileAccessGatewaySettings.FixedMAGLinkLocalAddressOnAllAccessLinks) }
        )
        {
            return RuleOutcome.Continue;
        }

        var address = gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks;
        foreach (var link in gateway.Settings.AccessLinks.Select(access => access.Link))
        {
            var attachment = gateway.TryFind(link, out var found) ? found : null;
            if (!address.Equals(IPAddress.IPv6Any))
            {
                gateway.Configure(link, address, performDad: false);
            }
            else if (attachment is null)
            {
                gateway.Deconfigure(link);
            }

            if (attachment is not null)
            {
                RouterAdvertisementDraft.Send(gateway, attachment);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The mobile nodes that are attached learn the new address from an advertisement.</summary>
    private static RuleOutcome FixedLinkLayerAddress(AdministrativeRequest request)
    {
        var gateway = request.Gateway;
        if (
            request.Action is AdministrativeAction.SetVariable
            {
                Name: nameof(MobileAccessGatewaySettings.FixedMAGLinkLayerAddressOnAllAccessLinks)
            }
        )
        {
            gateway.SetLinkLayerAddresses();
            foreach (var attachment in gateway.Attachments)
            {
                RouterAdvertisementDraft.Send(gateway, attachment);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Mobile nodes learn the address from the next DHCP message.</summary>
    private static RuleOutcome FixedServerIdentifier(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.SetVariable { Name: nameof(Ipv4GatewaySettings.FixedDHCPServerId) })
        {
            foreach (var attachment in request.Gateway.Attachments.Where(attachment => attachment.Binding?.Ipv4 is not null))
            {
                Ipv4LinkDraft.Apply(request.Gateway, attachment.Link, attachment.Binding?.Ipv4);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>A mobile node that is registered gets the other IP version with its next registration, or when it asks for it.</summary>
    private static RuleOutcome IpVersionsEnabled(AdministrativeRequest request)
    {
        var (gateway, action, now) = request;
        if (action is not AdministrativeAction.EnableRegistration { MobileNode: var enabled })
        {
            return RuleOutcome.Continue;
        }

        gateway.RefusedIpv4HomeAddresses.RemoveWhere(refused => refused.MobileNode == enabled);
        if (gateway.DeniedIpVersions.Remove(enabled))
        {
            foreach (var refused in Attachments(gateway, enabled).OfType<Attachment.Refused>())
            {
                gateway.Rules.StartOfRegistration.Apply(new UnregisteredMobileNode(gateway, refused.Link, refused.MobileNode, now));
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixWithdrawn(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.WithdrawPrefix { Prefix: var prefix })
        {
            foreach (var attachment in request.Gateway.Attachments.Where(attachment => Has(attachment, prefix)).ToList())
            {
                request.Gateway.Rules.PrefixWithdrawal.Apply(new WithdrawnPrefix(request.Gateway, attachment, prefix));
            }
        }
        return RuleOutcome.Continue;
    }

    private static bool Has(Attachment attachment, Ipv6Prefix prefix) => attachment.Binding?.HomeNetworkPrefixes.Contains(prefix) ?? false;

    /// <summary>A mobile node that is still attached is registered now.</summary>
    private static RuleOutcome RegistrationEnabled(AdministrativeRequest request)
    {
        var (gateway, action, now) = request;
        if (action is not AdministrativeAction.EnableRegistration { MobileNode: var enabled } || !gateway.NotEnabled.Remove(enabled))
        {
            return RuleOutcome.Continue;
        }

        foreach (var refused in Attachments(gateway, enabled).OfType<Attachment.Refused>())
        {
            gateway.Rules.StartOfRegistration.Apply(new UnregisteredMobileNode(gateway, refused.Link, refused.MobileNode, now));
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome SessionsTerminated(AdministrativeRequest request)
    {
        if (request.Action is AdministrativeAction.TerminateSessions { MobileNode: var ended })
        {
            foreach (var attachment in Attachments(request.Gateway, ended))
            {
                request.Gateway.Rules.StartOfDeRegistration.Apply(new AttachmentEvent(request.Gateway, attachment, request.Now));
            }
        }
        return RuleOutcome.Continue;
    }

    private static List<Attachment> Attachments(GatewayState gateway, MobileNodeIdentifierOption mobileNode) =>
        [.. gateway.Attachments.Where(attachment => attachment.MobileNode.Identifier == mobileNode)];
}
