using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The tests of a Binding Update to a correspondent node, RFC 6275, Section 9.5.1. An answer needs the key, so the nonces and the
/// authenticator are tested before the Sequence Number.
/// </summary>
internal static class CorrespondentUpdateRules
{
    public static RuleList<CorrespondentRegistration> Default { get; } =
        new(
            new("RFC 6275 9.5.4", "SourceUnicast", SourceUnicast),
            new("RFC 6275 9.5.1", "HomeAddressRoutable", HomeAddressRoutable),
            new("RFC 6275 6.1.7", "CareOfAddressRoutable", CareOfAddressRoutable),
            new("RFC 6275 9.5.1", "RegistrationTypeKept", RegistrationTypeKept),
            new("RFC 6275 10.3.1", "NoHomeRegistration", NoHomeRegistration),
            new("RFC 6275 9.5.1", "NonceIndicesPresent", NonceIndicesPresent),
            new("RFC 6275 9.5.1", "AuthorizationPresent", AuthorizationPresent),
            new("RFC 6275 9.5.1", "AuthorizationLast", AuthorizationLast),
            new("RFC 6275 5.2.7, 9.5.1", "NoncesRecognized", NoncesRecognized),
            new("RFC 6275 9.5.3", "NoncesNotSpent", NoncesNotSpent),
            new("RFC 6275 5.2.5", "BindingManagementKey", BindingManagementKeyMade),
            new("RFC 6275 5.2.6, 9.5.1", "AuthenticatorRight", AuthenticatorRight),
            new("RFC 6275 9.5.1", "SequenceNumberGreater", SequenceNumberGreater),
            new("RFC 6275 5.2.8", "SequenceNumberOfEndedBinding", SequenceNumberOfEndedBinding),
            new("RFC 6275 9.5.1", "SequenceNumberStored", SequenceNumberStored)
        );

    private static RuleOutcome SourceUnicast(CorrespondentRegistration request) =>
        request.Signal.Source is { IsIPv6Multicast: false } source && !source.Equals(IPAddress.IPv6Any)
            ? RuleOutcome.Continue
            : request.Ignore("SourceUnicast", "the source is no unicast address");

    private static RuleOutcome HomeAddressRoutable(CorrespondentRegistration request) =>
        McoaRules.IsRoutable(request.Home)
            ? RuleOutcome.Continue
            : request.Ignore("HomeAddressRoutable", "the home address is no routable unicast address");

    private static RuleOutcome CareOfAddressRoutable(CorrespondentRegistration request) =>
        request.IsRemoval || McoaRules.IsRoutable(request.RequestedCareOf)
            ? RuleOutcome.Continue
            : request.Ignore("CareOfAddressRoutable", $"{request.RequestedCareOf} is no routable unicast address");

    /// <summary>No binding of a correspondent node is a home registration.</summary>
    private static RuleOutcome RegistrationTypeKept(CorrespondentRegistration request) =>
        IsHomeRegistration(request) && request.NonceIndices is null && request.Bindings.Of(request.Home).Count > 0
            ? request.Answer(BindingStatus.REGISTRATION_TYPE_CHANGE_DISALLOWED)
            : RuleOutcome.Continue;

    private static RuleOutcome NoHomeRegistration(CorrespondentRegistration request)
    {
        if (!IsHomeRegistration(request))
        {
            return RuleOutcome.Continue;
        }
        return request.NonceIndices is null
            ? request.Answer(BindingStatus.HOME_REGISTRATION_NOT_SUPPORTED)
            : request.Ignore("NoHomeRegistration", "a home registration with Nonce Indices");
    }

    private static RuleOutcome NonceIndicesPresent(CorrespondentRegistration request) =>
        request.NonceIndices is null ? request.Ignore("NonceIndicesPresent", "no Nonce Indices option") : RuleOutcome.Continue;

    private static RuleOutcome AuthorizationPresent(CorrespondentRegistration request) =>
        request.Update.Options.First<BindingAuthorizationDataOption>() is null
            ? request.Ignore("AuthorizationPresent", "no Binding Authorization Data option")
            : RuleOutcome.Continue;

    private static RuleOutcome AuthorizationLast(CorrespondentRegistration request) =>
        BindingAuthorization.CheckPlace(request.Signal.MobilityHeader.Span) is { } error
            ? request.Ignore("AuthorizationLast", $"{error.Detail} at octet {error.Offset}")
            : RuleOutcome.Continue;

    /// <summary>In a removal the care-of nonce index does not count.</summary>
    private static RuleOutcome NoncesRecognized(CorrespondentRegistration request)
    {
        if (request.NonceIndices is not { } indices)
        {
            return RuleOutcome.Continue;
        }

        var now = request.Now.Monotonic;
        var home = request.Node.Recognized(indices.HomeNonceIndex, now) is not null;
        var careOf = request.IsRemoval || request.Node.Recognized(indices.CareOfNonceIndex, now) is not null;
        return (home, careOf) switch
        {
            (true, true) => RuleOutcome.Continue,
            (false, true) => request.Answer(BindingStatus.EXPIRED_HOME_NONCE_INDEX),
            (true, false) => request.Answer(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX),
            (false, false) => request.Answer(BindingStatus.EXPIRED_NONCES),
        };
    }

    /// <summary>The mobile node gets a new care-of nonce by another test.</summary>
    private static RuleOutcome NoncesNotSpent(CorrespondentRegistration request) =>
        !request.IsRemoval && request.NonceUse is { } use && request.Node.NonceUses.IsSpent(use)
            ? request.Answer(BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX)
            : RuleOutcome.Continue;

    private static RuleOutcome BindingManagementKeyMade(CorrespondentRegistration request)
    {
        if (
            request.NonceIndices is not { } indices
            || request.Node.Nonces.Find(indices.HomeNonceIndex)?.HomeToken(request.Home) is not { } home
        )
        {
            return RuleOutcome.Continue;
        }

        if (request.IsRemoval)
        {
            request.Key = BindingManagementKey.ForDeletion(home);
        }
        else if (request.Node.Nonces.Find(indices.CareOfNonceIndex)?.CareOfToken(request.RequestedCareOf) is { } careOf)
        {
            request.Key = BindingManagementKey.ForRegistration(home, careOf);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome AuthenticatorRight(CorrespondentRegistration request)
    {
        if (request.Key is not { } key)
        {
            return request.Ignore("AuthenticatorRight", "no key for the authenticator");
        }

        var octets = request.Signal.MobilityHeader.Span;
        return BindingAuthorization.TryVerify(key, request.AuthorizedAddress, request.Node.Settings.Address, octets, out var error)
            ? RuleOutcome.Continue
            : request.Ignore("AuthenticatorRight", $"the authenticator {error.Detail}");
    }

    /// <summary>Without Binding Identifier options the message is about all bindings of the home address.</summary>
    private static RuleOutcome SequenceNumberGreater(CorrespondentRegistration request)
    {
        var keys = request.HasIdentities
            ? request.Items.Select(item => item.Key)
            : request.Bindings.Of(request.Home).Select(binding => binding.Key);
        request.LastAcceptedSequenceNumber = request.Node.SequenceNumbers.NotExceeded(keys, request.Update.SequenceNumber);
        return request.LastAcceptedSequenceNumber is null
            ? RuleOutcome.Continue
            : request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    /// <summary>The numbers of a binding that has ended count for as long as its nonces could bring it back.</summary>
    private static RuleOutcome SequenceNumberOfEndedBinding(CorrespondentRegistration request)
    {
        if (
            request.IsRemoval
            || request.Items.Any(item => request.Bindings.Find(item.Key) is not null)
            || request.NonceUse is not { } use
            || request.Node.NonceUses.LastSequenceNumber(use) is not { } last
            || SequenceWindow.IsGreater(request.Update.SequenceNumber, last)
        )
        {
            return RuleOutcome.Continue;
        }

        request.LastAcceptedSequenceNumber = last;
        return request.Answer(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    /// <summary>Also of a message that is refused for another reason than those above, if there is a binding to store it in.</summary>
    private static RuleOutcome SequenceNumberStored(CorrespondentRegistration request)
    {
        foreach (var item in request.Items)
        {
            var scope = request.Node.SequenceNumbers.ScopeOf(item.Key);
            if (request.Bindings.Of(request.Home).Any(binding => request.Node.SequenceNumbers.ScopeOf(binding.Key) == scope))
            {
                request.Node.SequenceNumbers.Accept(item.Key, request.Update.SequenceNumber);
            }
        }
        return RuleOutcome.Continue;
    }

    private static bool IsHomeRegistration(CorrespondentRegistration request) =>
        request.Update.Flags.HasFlag(BindingUpdateFlags.HomeRegistration);
}
