using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Peers;

/// <summary>
/// The synchronised clock of the MAGs that the tester plays. It gives each request a Timestamp of its own, because the LMA under test must
/// not have to decide which of two requests of the same moment came first (RFC 5213, Section 5.5).
/// </summary>
public sealed class GatewayClock(TestSession session)
{
    private const string OrderByTimestamp = "timestamp-option";
    private const string OrderBySequenceNumber = "sequence-number-scheme";

    private ulong _last;

    /// <summary>The time at which the clock was read for the message about to be sent; null if the message is a repeated one.</summary>
    private DateTimeOffset? _composed;

    /// <summary>True unless the LMA claims to order requests by sequence numbers only: then no request has a Timestamp.</summary>
    public bool IsUsed => session.Claims(OrderByTimestamp) || !session.Claims(OrderBySequenceNumber);

    /// <summary>The time of day, or a later time if necessary to keep requests of the same moment in order.</summary>
    /// <exception cref="StepFailedException">
    /// The uncertainty of the LMA's clock is too large to choose a time that the LMA must accept.
    /// </exception>
    public ulong Next()
    {
        var window = session.Ixit.Timer("TimestampValidityWindow");
        if (session.Clock.Uncertainty > window + session.Clock.Margin)
        {
            throw new StepFailedException(
                $"the device's clock is known to within {session.Clock.Uncertainty.TotalMilliseconds:0} ms, and its "
                    + $"TimestampValidityWindow is {window.TotalMilliseconds:0} ms: no Timestamp is certain to be inside it"
            );
        }

        _composed = session.Bed.Now;
        return _last = Math.Max(TimestampOctets.FromTime(session.Clock.OnDevice(_composed.Value)), _last + 1);
    }

    /// <summary>Makes later times follow a time that a scenario has sent.</summary>
    public void Follow(ulong timestamp) => _last = Math.Max(_last, timestamp);

    /// <summary>Requires that the request left while its Timestamp, if it is of this clock, was still certain to be valid.</summary>
    /// <exception cref="TesterLateException">The request left too late.</exception>
    public void RequirePunctual(Frame frame, MobilityOctets request)
    {
        if (_composed is { } time && request.First(TimestampKind.Type) is { Length: 8 } stamp && stamp.Timestamp == _last)
        {
            var margin = session.Clock.Margin;
            var reserved = margin + session.Clock.Uncertainty;
            var window = session.Ixit.Timer("TimestampValidityWindow");
            TesterClock.RequirePunctual(frame, time, window > reserved + (margin / 2) ? window - reserved : margin / 2);
        }

        _composed = null;
    }
}
