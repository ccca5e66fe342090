using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of a Binding Update by the answers that the mobile node has got before: RFC 5648, Sections 5.2, 5.7 and 5.9;
/// draft-ietf-monami6-multiplecoa-04, Sections 5.6 and 5.9; RFC 6275, Sections 11.7.1 and 11.7.3.
/// </summary>
/// <remarks>
/// An answer counts if the mobile node has to take it. What the node sends while the answer is on its way is not judged. What a peer has
/// once refused stays refused until the node restarts.
/// </remarks>
internal static class UpdateReactions
{
    private const byte AddressInUse = 134;
    private const int FlagsOffset = 8;

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        new MobilityCheck<NodeMessage>("no use of a home address that another node has", "11.7.1-k23", null, null, NoReuse),
        Row("no BID option after an answer without one", "5.6-k2", "5.7-k2", NoneAfterNone),
        Row("one care-of address after MCOA_PROHIBITED", "5.6-k4", "5.7-k4", OneAfterProhibition),
        Row("no BID option after MCOA_PROHIBITED", "5.6-k5", null, NoneAfterProhibition),
        Row("no bulk update after the refusal of one", "5.6-k6", "5.7-d2", NoBulk),
        Row("flags after MCOA_FLAG_CONFLICTS", "5.6-k7", null, FlagsAfterConflict),
        Row("O after MCOA_BID_CONFLICT", "5.6-k8", null, OverwriteAfterConflict),
        Row("O after MCOA_NON_MCOA_BINDING_EXISTS", null, "5.7-k5", OverwriteAfterPlain),
        Row("care-of address after MCOA_UNKNOWN_COA", null, "5.7-k6", CareOfAfterUnknown),
        Row("O in the first update after a start", "5.9-k1", "5.9-k1", OverwriteAfterStart),
        new MobilityCheck<NodeMessage>(
            "no BID after a Care-of Test without one",
            null,
            "5.2-k4",
            null,
            update => update is { IsUpdate: true, IsToHomeAgent: false } ? NoneAfterTest(update) : null
        ),
    ];

    private static MobilityCheck<NodeMessage> Row(string name, string? draft04, string? rfc5648, Func<NodeMessage, CheckResult?> judge) =>
        new(name, null, draft04, rfc5648, update => update.IsUpdate ? judge(update) : null);

    private static IReadOnlyList<BindingIdentity> AnsweredIn(SentUpdate update, NodeMessage message) =>
        BindingIdentity.In(update.Answer!.Mobility!, message.Session.Scenario.Edition.Wire);

    /// <summary>True if the answer says this status of any BID. What is said of a removal need not be taken for more.</summary>
    private static bool Says(NodeMessage message, SentUpdate update, string status) =>
        !update.IsRemoval
        && message.Status(status) is { } number
        && AnsweredIn(update, message) is var answered
        && (
            update.Identities.Count == 0
                ? update.Answer!.Mobility!.Status == number
                : update.Identities.Any(identity => update.StatusOf(identity.Bid, answered) == number)
        );

    private static SentUpdate? After(NodeMessage update, string status) =>
        update.Ledger.AnsweredBy(update.Destination, update.Packet).FirstOrDefault(sent => Says(update, sent, status));

    /// <summary>The update whose answer said this status, if it is the last one, and no update of a kind has followed it yet.</summary>
    private static SentUpdate? JustAfter(NodeMessage update, string status, Func<SentUpdate, bool> isNext) =>
        update.Ledger.JustAnswered(update.Destination, update.Packet, isNext) is { } sent && Says(update, sent, status) ? sent : null;

    private static string Words(NodeMessage update) => update.Identities.Count == 0 ? "none" : string.Join(", ", update.Identities);

    /// <summary>After a scenario the node may go on: it has no other home address, by which it could be tried.</summary>
    private static CheckResult? NoReuse(NodeMessage update) =>
        update is { IsRegistration: true, IsToHomeAgent: true, Session.Phase: not Phase.Postamble }
        && update.Ledger.AnsweredBy(update.Destination, update.Packet).Any(sent => sent.Answer!.Mobility!.Status == AddressInUse)
            ? new(false, $"no Binding Update for {update.Addresses.HomeAddress}, which another node has by status 134", "one was sent")
            : null;

    /// <summary>
    /// An answer without BID option to an update with one: the peer does not know the option, whatever the status is. After a scenario, all
    /// links have been lost and all bindings have ended, and a node may have forgotten its peers with them.
    /// </summary>
    private static CheckResult? NoneAfterNone(NodeMessage update)
    {
        if (update.Session.Phase == Phase.Postamble)
        {
            return null;
        }

        var ignored = update
            .Ledger.AnsweredBy(update.Destination, update.Packet)
            .Any(sent =>
                sent is { IsRemoval: false, Identities.Count: > 0 }
                && !sent.Answer!.Mobility!.HidesOptions
                && AnsweredIn(sent, update).Count == 0
            );
        return ignored && !update.IsRemoval
            ? new(
                update.Identities.Count == 0,
                "no BID option to a peer that does not know it",
                Words(update),
                update.FirstIdentity?.Option.Offset
            )
            : null;
    }

    /// <summary>A second BID is a second care-of address, unless the first is over or replaced.</summary>
    private static CheckResult? OneAfterProhibition(NodeMessage update)
    {
        if (After(update, "MCOA_PROHIBITED") is not { Answer: { } answer } || update.Identities.Count == 0 || !update.IsRegistration)
        {
            return null;
        }

        var later = update
            .Ledger.To(update.Destination)
            .Where(sent => sent.Packet.Frame.Number > answer.Frame.Number && !sent.IsRemoval && sent.Answer is { Mobility.Status: 0 })
            .SelectMany(sent => sent.Identities);
        var live = update.Ledger.At(update.Destination).Select(binding => binding.Bid).ToHashSet();
        var other = later.FirstOrDefault(identity =>
            live.Contains(identity.Bid) && !update.Overwrites && update.Identities.All(own => own.Bid != identity.Bid)
        );
        return new(
            update.Identities.Count == 1 && other is null,
            "at most one care-of address at a peer that has said MCOA_PROHIBITED",
            other is null ? Words(update) : $"{Words(update)} beside {other}",
            update.Identities[^1].Option.Offset
        );
    }

    private static CheckResult? NoneAfterProhibition(NodeMessage update) =>
        After(update, "MCOA_PROHIBITED") is not null && !update.IsRemoval
            ? new(
                update.Identities.Count == 0,
                "no BID option to a peer that has said MCOA_PROHIBITED",
                Words(update),
                update.FirstIdentity?.Option.Offset
            )
            : null;

    private static CheckResult? NoBulk(NodeMessage update) =>
        (After(update, "MCOA_BULK_REGISTRATION_PROHIBITED") ?? After(update, "MCOA_BULK_REGISTRATION_NOT_SUPPORTED")) is not null
        && update is { IsRegistration: true, Identities.Count: > 0 }
            ? new(
                update.Identities.Count == 1,
                "one BID option, as the peer refuses bulk updates",
                Words(update),
                update.Identities[^1].Option.Offset
            )
            : null;

    private static CheckResult? FlagsAfterConflict(NodeMessage update) =>
        JustAfter(update, "MCOA_FLAG_CONFLICTS", sent => sent.Identities.Count > 1) is null ? null : UpdateIdentifiers.EqualFlags(update);

    private static CheckResult? OverwriteAfterConflict(NodeMessage update) =>
        JustAfter(update, "MCOA_BID_CONFLICT", _ => true) is null || update.IsRemoval
            ? null
            : new(
                update.Identities.Count == 0 || update.Overwrites,
                "no BID option, or O set in all of them",
                $"{Words(update)} with O clear",
                update.FirstIdentity?.Option.Offset
            );

    private static CheckResult? OverwriteAfterPlain(NodeMessage update) =>
        update is { IsRegistration: true, Identities.Count: > 0 }
        && JustAfter(update, "MCOA_NON_MCOA_BINDING_EXISTS", sent => sent.Identities.Count > 0) is not null
            ? new(update.Overwrites, "O set, as there is a binding without BID", "O is clear", FlagsOffset)
            : null;

    /// <summary>Only the first update that names the BID again shows what the answer has led to.</summary>
    private static CheckResult? CareOfAfterUnknown(NodeMessage update)
    {
        if (
            !update.IsRegistration
            || update.Ledger.JustAnswered(update.Destination, update.Packet, sent => sent.Identities.Count > 0) is not { } last
        )
        {
            return null;
        }

        var answered = AnsweredIn(last, update);
        var unknown = update
            .Identities.Where(identity =>
                !last.IsRemoval
                && last.Identities.FirstOrDefault(own => own.Bid == identity.Bid) is { Option.Length: BindingIdentity.ShortLength }
                && last.StatusOf(identity.Bid, answered) == update.Status("MCOA_UNKNOWN_COA")
            )
            .ToList();
        var wrong = unknown.Find(identity => identity.Option.Length == BindingIdentity.ShortLength);
        return unknown.Count == 0
            ? null
            : new(wrong is null, "the care-of address in the BID option", $"none for BID {wrong?.Bid}", wrong?.Option.Offset);
    }

    /// <summary>
    /// Only after a restart that the tester has caused, the first update of the node is known to be the first. In the draft, O does not go
    /// to correspondent nodes.
    /// </summary>
    private static CheckResult? OverwriteAfterStart(NodeMessage update) =>
        update.Session.Device.RestartedAt != DateTimeOffset.MinValue
        && update is { IsRegistration: true, IsToHomeAgent: true, Identities.Count: > 0 }
        && !update.Ledger.To(update.Destination).Any(sent => sent.Identities.Count > 0)
            ? new(
                update.Overwrites,
                "O set in the first update with a BID after a start",
                "O is clear",
                update.IsOfDraft ? update.FirstIdentity!.Option.Offset : FlagsOffset
            )
            : null;

    private static CheckResult? NoneAfterTest(NodeMessage update)
    {
        var edition = update.Session.Scenario.Edition.Wire;
        var ignored = update
            .Ledger.Tokens.CareOfTests(update.Destination)
            .Any(test =>
                update.Ledger.HasSeen(test, update.Packet)
                && BindingIdentity.FirstIn(test.Mobility!, edition) is null
                && test.Mobility is { HidesOptions: false }
                && update.Ledger.Tokens.RequestOf(test) is { } request
                && BindingIdentity.FirstIn(request.Mobility!, edition) is not null
            );
        return ignored
            ? new(
                update.Identities.Count == 0,
                "no BID option to a correspondent node whose Care-of Test had none",
                Words(update),
                update.FirstIdentity?.Option.Offset
            )
            : null;
    }
}
