using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// RFC 5213, Section 5.5: by timestamp if the request has one, otherwise by sequence number (RFC 6275, Section 9.5.1).
/// A timestamp can be both too low and outside the window; the check for too low comes first, in the order of items 8 and 9.
/// </summary>
internal static class OrderingRules
{
    public static RuleList<RegistrationRequest> Default { get; } =
        new(
            new("5.5 timestamps (8)", "TimestampNotLower", TimestampNotLower),
            new("5.5 timestamps (6)a, (9)", "TimestampInWindow", TimestampInWindow),
            new("5.5 timestamps (6)b, (9)", "TimestampGreater", TimestampGreater),
            new("5.5 sequence numbers (1)", "SequenceNumberGreater", SequenceNumberGreater)
        );

    private static RuleOutcome TimestampNotLower(RegistrationRequest request) =>
        request.Timestamp is { } timestamp && timestamp < LastAccepted(request)
            ? request.Reject(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED)
            : RuleOutcome.Continue;

    private static RuleOutcome TimestampInWindow(RegistrationRequest request)
    {
        if (request.Timestamp is not { } timestamp || request.Anchor.Settings.MobileNodeGeneratedTimestampInUse)
        {
            return RuleOutcome.Continue;
        }

        return IsWithin(request.Anchor.Settings.TimestampValidityWindow, timestamp, request.Now.Utc)
            ? RuleOutcome.Continue
            : request.Reject(BindingStatus.TIMESTAMP_MISMATCH);
    }

    /// <summary>Rejects a timestamp equal to the last accepted one: it is not lower, but not valid either.</summary>
    private static RuleOutcome TimestampGreater(RegistrationRequest request) =>
        request.Timestamp is { } timestamp && timestamp <= LastAccepted(request)
            ? request.Reject(BindingStatus.TIMESTAMP_MISMATCH)
            : RuleOutcome.Continue;

    private static RuleOutcome SequenceNumberGreater(RegistrationRequest request)
    {
        if (request.Timestamp is not null)
        {
            return RuleOutcome.Continue;
        }

        // Sequence numbers are counted per session, so the session must be looked up before item 13.
        var entry = BindingCacheLookup.Run(request) switch
        {
            LookupOutcome.Update update => update.Entry,
            LookupOutcome.WaitForDeRegistration wait => wait.Entry,
            _ => null,
        };
        if (entry?.Binding.LastSequenceNumber is not { } last || SequenceWindow.IsGreater(request.Update.SequenceNumber, last))
        {
            return RuleOutcome.Continue;
        }

        request.LastAcceptedSequenceNumber = last;
        return request.Reject(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    /// <summary>The highest timestamp accepted in any session of the mobile node (item 6).</summary>
    private static Timestamp LastAccepted(RegistrationRequest request)
    {
        Timestamp last = default;
        if (request.MobileNode is { } mobileNode)
        {
            foreach (var entry in request.Anchor.Bindings.Of(mobileNode))
            {
                last = entry.Binding.LastTimestamp > last ? entry.Binding.LastTimestamp : last;
            }
        }
        return last;
    }

    /// <summary>Compares exactly: neither value is rounded to the other's unit (2^-16 s and 100 ns).</summary>
    private static bool IsWithin(TimeSpan window, Timestamp timestamp, DateTimeOffset utc)
    {
        const int fractions = 1 << 16;
        var sent = (Int128)timestamp.Value * TimeSpan.TicksPerSecond;
        var received = (Int128)(utc - DateTimeOffset.UnixEpoch).Ticks * fractions;
        return Int128.Abs(sent - received) <= (Int128)window.Ticks * fractions;
    }
}
