using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Mobile Prefix Solicitation, RFC 6275, Section 6.7.</summary>
/// <param name="Agent">The state of the home agent.</param>
/// <param name="Message">The message as received.</param>
/// <param name="Solicitation">The parsed message.</param>
public sealed record PrefixRequest(HomeAgentState Agent, RoleInput.Icmp Message, MobilePrefixSolicitation Solicitation);

/// <summary>
/// RFC 6275, Sections 10.6.2 and 10.6.3: the answer to a Mobile Prefix Solicitation. Prefixes do not change, so nothing is advertised
/// without one.
/// </summary>
internal static class PrefixDiscoveryRules
{
    public static RuleList<PrefixRequest> Default { get; } =
        new(
            new("RFC 6275 10.6.2", "CareOfAddressRegistered", CareOfAddressRegistered),
            new("RFC 6275 10.6.3", "AdvertisementSent", AdvertisementSent)
        );

    /// <summary>RFC 5648, Section 9.2: one care-of address is as good as another.</summary>
    private static RuleOutcome CareOfAddressRegistered(PrefixRequest request)
    {
        var (agent, message) = (request.Agent, request.Message);
        if (message.HomeAddress is { } home && agent.Bindings.Of(home).Any(binding => binding.CareOf.Equals(message.Source)))
        {
            return RuleOutcome.Continue;
        }
        agent.Actions.Log("CareOfAddressRegistered", $"a solicitation from {message.Source} has no binding");
        return RuleOutcome.Stop;
    }

    private static RuleOutcome AdvertisementSent(PrefixRequest request)
    {
        var (agent, message) = (request.Agent, request.Message);
        var home = message.HomeAddress ?? message.Source;
        var options = agent.Settings.HomePrefixes.Select(prefix => InformationOf(agent.Settings, prefix));
        var answer = new MobilePrefixAdvertisement(request.Solicitation.Identifier, Managed: false, OtherConfig: false, [.. options]);
        agent.Actions.Add(
            new RoleAction.SendIcmp(agent.Settings.Address, message.Source, Link: null, answer.ToBytes(agent.Settings.Address, home))
            {
                RoutedTo = home,
            }
        );
        return RuleOutcome.Continue;
    }

    private static PrefixInformationOption InformationOf(HomeAgentSettings settings, Ipv6Prefix prefix) =>
        new(prefix, OnLink: true, Autonomous: true, PrefixInformationOption.Infinite, PrefixInformationOption.Infinite)
        {
            RouterAddress = prefix.Contains(settings.Address) ? settings.Address : null,
        };
}
