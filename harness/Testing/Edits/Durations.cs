using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>
/// Durations in scenarios: <c>400 ms</c>, <c>5 s</c>, a configuration variable, <c>just under</c> or <c>just over</c> such a
/// duration, or <c>half</c> or <c>twice</c> of it. <c>the lifetime of MN1</c>, or <c>of the MN</c> under test, is what the last
/// acknowledgement for the node has granted.
/// </summary>
public static partial class Durations
{
    /// <inheritdoc cref="Parse"/>
    public static Duration Read(string text, TestSession session)
    {
        var margin = session.Clock.Margin;
        var side =
            text.StartsWith("just under", StringComparison.Ordinal) ? LimitSide.JustUnder
            : text.StartsWith("just over", StringComparison.Ordinal) ? LimitSide.JustOver
            : LimitSide.At;
        if (LifetimeForm().Match(text) is not { Success: true } lifetime)
        {
            return new Duration(Parse(text, session.Ixit, margin), side);
        }

        var node = lifetime.Groups["node"].Value;
        var granting =
            session.Nodes.Named(node).Binding.AcceptedRequest
            ?? throw new ScenarioFaultException($"'{text}': no registration of {node} was accepted.");
        var units = granting.Answer!.Mobility!.LifetimeUnits;
        if (units > granting.Message.LifetimeUnits)
        {
            // The wait might be hours; that the lifetime is too long is a finding of the answer.
            throw new StepFailedException($"'{text}': the lifetime granted, {units * 4} s, is longer than the one that {node} asked for");
        }

        var granted = TimeSpan.FromSeconds(units * 4);
        return new Duration(OnSide(lifetime.Groups["side"].Value, granted, margin), side) { Since = granting };
    }

    /// <exception cref="ScenarioFaultException">
    /// The text has none of these forms, or names a variable that the IXIT does not have.
    /// </exception>
    public static TimeSpan Parse(string text, Ixit ixit, TimeSpan margin = default)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success)
        {
            throw new ScenarioFaultException($"'{text}' is not a duration: say 400 ms, 5 s or the name of a configuration variable.");
        }

        var basis = match.Groups["number"].Success
            ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
                * (match.Groups["unit"].Value == "ms" ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1))
            : Variable(match.Groups["variable"].Value, ixit);
        return OnSide(match.Groups["side"].Value, basis, margin);
    }

    private static TimeSpan OnSide(string side, TimeSpan basis, TimeSpan margin) =>
        side switch
        {
            "just under" => basis - margin,
            "just over" => basis + margin,
            "half" => basis / 2,
            "twice" => basis * 2,
            _ => basis,
        };

    private static TimeSpan Variable(string name, Ixit ixit)
    {
        try
        {
            return ixit.Timer(name);
        }
        catch (KeyNotFoundException e)
        {
            throw new ScenarioFaultException(e.Message);
        }
    }

    [GeneratedRegex(
        @"^(?:(?<side>just under|just over|half|twice) )?(?:(?<number>\d+(?:\.\d+)?) ?(?<unit>ms|s)|(?<variable>[A-Za-z][A-Za-z_]+))$"
    )]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?:(?<side>just under|just over|half|twice) )?the lifetime of (?<node>MN\d+|the MN)$")]
    private static partial Regex LifetimeForm();
}
