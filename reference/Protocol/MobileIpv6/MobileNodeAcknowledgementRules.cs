using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>What a mobile node checks of Binding Acknowledgements, and takes from each as a whole: RFC 6275, Section 11.7.3.</summary>
internal static class MobileNodeAcknowledgementRules
{
    /// <summary>How often an update is sent again at once because of its number; after that it waits for its time-out.</summary>
    private const int RetriesAtOnce = 3;

    public static RuleList<MobileNodeAcknowledgement> Default { get; } =
        new(
            new("RFC 6275 11.7.3", "PeerKnown", PeerKnown),
            new("RFC 6275 6.1.8", "ToHomeAddress", ToHomeAddress),
            new("RFC 6275 11.7.3 b2", "AuthorizationLast", AuthorizationLast),
            new("RFC 6275 11.7.3 b3", "UpdateOutstanding", UpdateOutstanding),
            new("RFC 6275 11.7.3 b1", "AuthorizationRight", AuthorizationRight),
            new("RFC 6275 11.7.3", "SequenceNumberOutOfWindow", SequenceNumberOutOfWindow),
            new("RFC 6275 11.7.3", "RetransmissionEnded", RetransmissionEnded),
            new("RFC 6275 11.7.3", "StatusApplied", StatusApplied),
            new("RFC 6275 11.7.3", "RefreshAdvice", RefreshAdvice),
            new("RFC 6275 11.7.3", "PrefixDiscovery", PrefixDiscovery)
        );

    private static RuleOutcome PeerKnown(MobileNodeAcknowledgement answer) =>
        answer.Peer is null ? answer.Ignore("PeerKnown", "nothing was registered there") : RuleOutcome.Continue;

    private static RuleOutcome ToHomeAddress(MobileNodeAcknowledgement answer)
    {
        var path = (answer.Signal.Path as Ipv4UdpIpv6Signaling)?.Inner ?? answer.Signal.Path as Ipv6Signaling;
        var destination = path?.RoutedTo ?? path?.Destination ?? answer.Signal.Destination;
        return destination.Equals(answer.Node.Settings.HomeAddress)
            ? RuleOutcome.Continue
            : answer.Ignore("ToHomeAddress", $"an acknowledgement for {destination}");
    }

    private static RuleOutcome AuthorizationLast(MobileNodeAcknowledgement answer) =>
        answer.Message.Options.First<BindingAuthorizationDataOption>() is not null
        && BindingAuthorization.CheckPlace(answer.Signal.MobilityHeader.Span) is { } error
            ? answer.Ignore("AuthorizationLast", $"{error.Detail} at octet {error.Offset}")
            : RuleOutcome.Continue;

    /// <summary>
    /// The number of a message with status 135 is that of another update: it answers the last update with its BIDs, or else the last.
    /// </summary>
    private static RuleOutcome UpdateOutstanding(MobileNodeAcknowledgement answer)
    {
        var pending = answer.Peer?.Pending.Where(update => update.IsSent).Reverse().ToList() ?? [];
        answer.Update =
            answer.Message.Status == BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW
                ? pending.Find(update => HasBindingIdsOf(update, answer)) ?? pending.FirstOrDefault()
                : pending.Find(update => update.SequenceNumber == answer.Message.SequenceNumber);
        return answer.Update is null
            ? answer.Ignore("UpdateOutstanding", $"no update with the number {answer.Message.SequenceNumber} is outstanding")
            : RuleOutcome.Continue;
    }

    /// <summary>Without nonces the correspondent node has no key (RFC 6275, Section 9.5.4).</summary>
    private static RuleOutcome AuthorizationRight(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is not { Peer.IsHomeAgent: false } update || AreNoncesExpired(answer.Message.Status))
        {
            return RuleOutcome.Continue;
        }

        return
            update is { Key: { } key, AuthorizedAddress: { } address }
            && BindingAuthorization.TryVerify(key, address, update.Peer.Address, answer.Signal.MobilityHeader.Span, out _)
            ? RuleOutcome.Continue
            : answer.Ignore("AuthorizationRight", "the authenticator is missing or wrong");
    }

    private static RuleOutcome SequenceNumberOutOfWindow(MobileNodeAcknowledgement answer)
    {
        if (answer.Message.Status != BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW || answer.Update is not { } update)
        {
            return RuleOutcome.Continue;
        }

        update.Peer.SequenceNumber = answer.Message.SequenceNumber;
        answer.IsRetried = update.OutOfWindow++ < RetriesAtOnce;
        return RuleOutcome.Stop;
    }

    private static RuleOutcome RetransmissionEnded(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is { } update)
        {
            answer.Node.End(update);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome StatusApplied(MobileNodeAcknowledgement answer)
    {
        if (answer.Update is not { } update)
        {
            return RuleOutcome.Continue;
        }
        if (update.RemovesAll)
        {
            answer.Node.Rules.Outcome.Apply(new MobileNodeOutcome(answer, update, item: null, answer.Message.Status));
        }
        foreach (var item in update.Items)
        {
            answer.Node.Rules.Outcome.Apply(new MobileNodeOutcome(answer, update, item, answer.Node.Rules.StatusOf(answer, item)));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Advice of a correspondent node is ignored.</summary>
    private static RuleOutcome RefreshAdvice(MobileNodeAcknowledgement answer)
    {
        if (answer is { Update: { Peer.IsHomeAgent: true } update } && Interval(answer.Message) is { } interval)
        {
            foreach (var item in update.Items.Where(item => item.Binding.EndsAt > update.SentAt + interval))
            {
                answer.Node.Deadlines.Set(new MobileNodeDeadline.Refresh(update.Peer, item.Binding), update.SentAt + interval);
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome PrefixDiscovery(MobileNodeAcknowledgement answer)
    {
        if (
            answer is
            {
                Message.Status: BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY,
                Update: { Peer.IsHomeAgent: true, Source: { AddressFamily: AddressFamily.InterNetworkV6 } source }
            }
        )
        {
            var (home, agent) = (answer.Node.Settings.HomeAddress, answer.Signal.Source);
            var solicitation = new MobilePrefixSolicitation((ushort)answer.Node.NextCookie(), []);
            answer.Node.Actions.Add(
                new RoleAction.SendIcmp(source, agent, Link: null, solicitation.ToBytes(home, agent))
                {
                    HomeAddress = home.Equals(source) ? null : home,
                }
            );
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The correspondent node does not recognize a nonce (RFC 6275, Section 5.2.7).</summary>
    public static bool AreNoncesExpired(BindingStatus status) =>
        status is BindingStatus.EXPIRED_HOME_NONCE_INDEX or BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX or BindingStatus.EXPIRED_NONCES;

    private static TimeSpan? Interval(BindingAcknowledgement message) =>
        message.Options.First<BindingRefreshAdviceOption>() is { } advice ? LifetimeField.Unit * advice.RefreshIntervalUnits : null;

    private static bool HasBindingIdsOf(MobileNodeUpdate update, MobileNodeAcknowledgement answer) =>
        answer.Identities.Count > 0
        && update.Items.Select(item => item.Binding.BindingId).ToHashSet().SetEquals(answer.Identities.Select(id => (ushort?)id.BindingId));
}
