using System.Globalization;
using Conformance.Testing.Bed;

namespace Conformance.Testing.Session;

/// <summary>How the tester measures time on a bed: limits, tolerances, and the clock of the implementation under test.</summary>
public sealed class TesterClock(BedFacts facts)
{
    private static readonly TimeSpan _minimumMargin = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// The permitted difference between the clocks of a domain: the default TimestampValidityWindow (RFC 5213, Section 9.1).
    /// </summary>
    public static TimeSpan Allowance { get; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The permitted difference between a time stated by the implementation and the tester's estimate of its clock.</summary>
    public TimeSpan Tolerance => Allowance + facts.Tolerance + Uncertainty;

    /// <summary>The uncertainty of the tester about the clock of the implementation under test.</summary>
    public TimeSpan Uncertainty => facts.DeviceClock?.Uncertainty ?? TimeSpan.Zero;

    /// <summary>The tester's distance from a time limit if a scenario says "just under" or "just over".</summary>
    public TimeSpan Margin => facts.Tolerance > _minimumMargin ? facts.Tolerance : _minimumMargin;

    /// <summary>The time for an answer that has no time limit in the specification.</summary>
    public TimeSpan AnswerWithin => facts.Ixit.AnswerWithin;

    /// <summary>The time after which the tester concludes that nothing came.</summary>
    public TimeSpan Guard => facts.Ixit.Guard;

    /// <summary>Converts a time of the bed's clock to the clock of the implementation under test.</summary>
    public DateTimeOffset OnDevice(DateTimeOffset time) => time + (facts.DeviceClock?.Offset ?? TimeSpan.Zero);

    /// <summary>
    /// Requires that a message was sent in time. A late message would be another stimulus, with another correct answer.
    /// </summary>
    /// <param name="intended">The time that the message states, or the time by which it had to be sent.</param>
    /// <exception cref="TesterLateException">The message was sent later than allowed.</exception>
    public static void RequirePunctual(Frame frame, DateTimeOffset intended, TimeSpan allowance)
    {
        var late = frame.At - intended;
        if (late > allowance)
        {
            throw new TesterLateException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the tester sent packet {frame.Number} {late.TotalMilliseconds:0} ms late, but a delay of more than "
                        + $"{allowance.TotalMilliseconds:0} ms cannot be told from a fault of the device: this machine is too busy"
                )
            );
        }
    }
}
