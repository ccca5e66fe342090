using Conformance.Testing.Checks.Mobility;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of when a mobile node renews its bindings at the home agent: RFC 6275, Section 11.7.3; RFC 5648, Section 5.6.3.
/// </summary>
internal static class Renewals
{
    public static IReadOnlyList<MobilityCheck> All { get; } =
    [
        new MobilityCheck<NodeMessage>(
            "care-of address renewed in time",
            "11.7.3-k10",
            null,
            null,
            update => InTime(update, isHome: false)
        ),
        new MobilityCheck<NodeMessage>("home binding renewed in time", null, null, "5.6.3-k9", update => InTime(update, isHome: true)),
    ];

    /// <summary>
    /// Who registers again what is over, without any change of links in between nor an update before the end, has wanted it all the time.
    /// </summary>
    private static CheckResult? InTime(NodeMessage update, bool isHome)
    {
        if (update is not { IsRegistration: true, IsToHomeAgent: true })
        {
            return null;
        }

        var wanted = update
            .Ledger.All(update.Destination)
            .Where(binding =>
                binding.IsHome == isHome
                && binding.Until != DateTimeOffset.MaxValue
                && binding.At > (update.Session.LinkChangedAt ?? DateTimeOffset.MinValue)
                && update.CareOfAddresses.Contains(binding.CareOf)
                && (update.Identities.Count == 0 ? binding.Bid is null : update.Identities.Any(identity => identity.Bid == binding.Bid))
                && !update.Ledger.To(update.Destination).Any(sent => sent.At > binding.At)
            )
            .ToList();
        var late = wanted.Find(binding => update.At > binding.Until + update.Session.Bed.Facts.Tolerance);
        return wanted.Count == 0
            ? null
            : new(
                late is null,
                "a new update before the granted lifetime is over",
                $"one {(update.At - late?.Until)?.TotalSeconds:0.#} s after that"
            );
    }
}
