using Conformance.Testing.Octets;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>Judges the value of a Timestamp option: RFC 5213, Sections 5.5 and 8.8.</summary>
internal static class TimestampChecks
{
    /// <summary>
    /// Compares with the true time of day, not with the device's clock, so that a wrong format does not pass for a wrong clock.
    /// </summary>
    public static CheckResult Format(CheckedMessage message, OptionOctets given)
    {
        var stated = TimestampOctets.ToTime(given.Timestamp);
        return new(
            (stated - message.Packet.Frame.At).Duration() < TimeSpan.FromDays(1),
            "seconds since 1970-01-01 UTC in 48.16 fixed point",
            $"{stated:yyyy-MM-dd HH:mm:ss.fff}",
            given
        );
    }

    /// <summary>The device may have read its clock when the request arrived, not when the answer left.</summary>
    public static CheckResult TimeOfDay(Answer answer, OptionOctets asked, OptionOctets given)
    {
        var clock = answer.Session.Clock;
        var now = clock.OnDevice(answer.Packet.Frame.At);
        var stated = TimestampOctets.ToTime(given.Timestamp);
        return new(
            stated >= clock.OnDevice(answer.Exchange.Request.Frame.At) - clock.Tolerance
                && stated <= now + clock.Tolerance
                && given.Timestamp != asked.Timestamp,
            $"the LMA's time of day, {now:HH:mm:ss.fff}, not the request's timestamp",
            $"{stated:HH:mm:ss.fff}",
            given
        );
    }
}
