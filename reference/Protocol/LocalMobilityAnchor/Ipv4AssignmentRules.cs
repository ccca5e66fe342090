using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>RFC 5844, Section 3.1.2.2, by bullet: the IPv4 home addresses of a session.</summary>
internal static class Ipv4AssignmentRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("RFC 5844 3.1.2.2 b1", "AddressAllocated", AddressAllocated),
            new("RFC 5844 3.1.2.2 b3", "AddressAvailable", AddressAvailable),
            new("RFC 5844 3.1.2.2 b2", "AddressAuthorized", AddressAuthorized)
        );

    /// <summary>
    /// RFC 5844, Section 3.1.2.1, b8: an existing session without IPv4 gets it; likewise one without prefixes, if the request asks for
    /// some.
    /// </summary>
    public static RuleOutcome Extension(RegistrationRequest request)
    {
        if (request is { Entry.Binding.Ipv4HomeAddresses.Count: 0, Ipv4Requests.Count: > 0 })
        {
            if (request.Anchor.Rules.Ipv4Assignment.Apply(request) == RuleOutcome.Stop)
            {
                return RuleOutcome.Stop;
            }
            request.Entry = request.Entry with { Binding = request.WithIpv4(request.Entry.Binding) };
        }

        if (request is { Entry.Binding.HomeNetworkPrefixes.Count: 0, HomeNetworkPrefixes.Count: > 0 })
        {
            if (InitialRegistrationRules.Prefixes.Apply(request) == RuleOutcome.Stop)
            {
                return RuleOutcome.Stop;
            }
            request.Entry = request.Entry with { Binding = request.Entry.Binding with { HomeNetworkPrefixes = request.AssignedPrefixes } };
            SessionRouting.RoutesAnnounced(request);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>One 0.0.0.0 leaves the choice to the local mobility anchor, even if the request has other addresses.</summary>
    private static RuleOutcome AddressAllocated(RegistrationRequest request)
    {
        if (!LeavesChoice(request) || request.Anchor is not { Rules.Ipv4: { } vocabulary, Ipv4Addresses: { } allocator })
        {
            return RuleOutcome.Continue;
        }

        var own = request.Policy?.Ipv4HomeAddresses ?? [];
        request.AssignIpv4(
            own.Count > 0
                ? own.Where(address => !request.Anchor.Bindings.IsInUse(address)).Take(vocabulary.MaximumAddresses)
                : allocator.Draw(Math.Min(request.Policy?.Ipv4AddressCount ?? 1, vocabulary.MaximumAddresses))
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AddressAvailable(RegistrationRequest request) =>
        LeavesChoice(request) && request.AssignedIpv4.Count == 0
            ? request.Reject(BindingStatus.INSUFFICIENT_RESOURCES)
            : RuleOutcome.Continue;

    private static RuleOutcome AddressAuthorized(RegistrationRequest request)
    {
        if (LeavesChoice(request) || request.Anchor.Rules.Ipv4 is not { } vocabulary)
        {
            return RuleOutcome.Continue;
        }
        if (!request.Ipv4Requests.All(home => IsAuthorized(request, home.Address)))
        {
            return request.Reject(vocabulary.NotAuthorizedForAddress);
        }

        request.AssignIpv4(request.Ipv4Requests.Select(home => home.Address).Distinct());
        return RuleOutcome.Continue;
    }

    private static bool LeavesChoice(RegistrationRequest request) => request.Ipv4Requests.Any(home => home.IsAllZero);

    /// <summary>Anchored on this local mobility anchor, authorized for the mobile node, and not used by another session.</summary>
    private static bool IsAuthorized(RegistrationRequest request, IPAddress address)
    {
        var own = request.Policy?.Ipv4HomeAddresses ?? [];
        var allowed = own.Count > 0 ? own.Contains(address) : request.Anchor.Ipv4Addresses?.IsAssignable(address) == true;
        return allowed && !request.Anchor.Bindings.IsInUse(address);
    }
}
