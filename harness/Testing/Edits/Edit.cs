using System.Text.RegularExpressions;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>One change to an otherwise valid message, in the words of a scenario.</summary>
public abstract record Edit
{
    /// <summary><c>no Handoff Indicator</c>.</summary>
    public sealed record Absent(string Field) : Edit;

    /// <summary><c>two Handoff Indicator</c>: the option occurs twice.</summary>
    public sealed record Twice(string Field) : Edit;

    /// <summary><c>Handoff Indicator = 3</c>.</summary>
    public sealed record Set(string Field, string Value) : Edit;

    /// <summary><c>len(Handoff Indicator) = 3</c>: the Length octet has a wrong value.</summary>
    public sealed record Length(string Field, string Value) : Edit;
}

/// <summary>A list of changes: <c>no Timestamp; Handoff Indicator = 2</c>.</summary>
public sealed partial record EditList(IReadOnlyList<Edit> Edits)
{
    public static EditList None { get; } = new([]);

    /// <exception cref="ScenarioFaultException">A part has none of the forms.</exception>
    public static EditList Parse(string text)
    {
        var edits = new List<Edit>();
        foreach (var part in Separator().Split(text).Select(part => part.Trim()))
        {
            edits.Add(ParseOne(part));
        }

        return new EditList(edits);
    }

    private static Edit ParseOne(string part)
    {
        if (LengthForm().Match(part) is { Success: true } length)
        {
            return new Edit.Length(length.Groups["field"].Value, length.Groups["value"].Value);
        }

        if (SetForm().Match(part) is { Success: true } set)
        {
            return new Edit.Set(set.Groups["field"].Value, set.Groups["value"].Value);
        }

        if (CountForm().Match(part) is { Success: true } count)
        {
            var field = count.Groups["field"].Value;
            return count.Groups["count"].Value == "no" ? new Edit.Absent(field) : new Edit.Twice(field);
        }

        throw new ScenarioFaultException(
            $"'{part}' is not a change to a message: say 'no Field', 'two Field', 'Field = value' or 'len(Field) = n'."
        );
    }

    [GeneratedRegex(@"\s*;\s*|\s+and\s+(?=no |two |len\(|(?:inner |outer )?[A-Z][^=;]*=|(?:inner|outer) source)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^len\((?<field>[^)]+)\)\s*=\s*(?<value>.+)$")]
    private static partial Regex LengthForm();

    [GeneratedRegex(@"^(?<field>[^=]+?)\s*=\s*(?<value>.+)$")]
    private static partial Regex SetForm();

    [GeneratedRegex(@"^(?<count>no|two) (?<field>.+)$")]
    private static partial Regex CountForm();
}
