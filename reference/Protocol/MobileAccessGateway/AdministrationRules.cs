using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What an administrator asks of a MAG.</summary>
public sealed record AdministrativeRequest(GatewayState Gateway, AdministrativeAction Action, Now Now);

/// <summary>RFC 5213, Sections 6.9.1.2(7) and 6.9.1.4(1): an administrator intervenes.</summary>
internal static class AdministrationRules
{
    public static RuleList<AdministrativeRequest> Default { get; } =
        new(new("6.9.1.2(7)", "RegistrationEnabled", RegistrationEnabled), new("6.9.1.4(1)", "SessionsTerminated", SessionsTerminated));

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
