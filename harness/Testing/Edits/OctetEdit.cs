using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>
/// A reference to an option of a message: <c>option[Home Network Prefix]</c> is the first option of that name,
/// <c>option[Home Network Prefix #2]</c> the second.
/// </summary>
/// <param name="Number">The position among the options of that name, from 1.</param>
public sealed record OptionReference(string Name, int Number)
{
    public override string ToString() => Number == 1 ? Name : $"{Name} #{Number}";
}

/// <summary>One change to the octets of a message, in the words of a scenario.</summary>
/// <param name="Text">The words of the change, for error messages.</param>
public abstract partial record OctetEdit(string Text)
{
    /// <summary><c>drop option[Timestamp]</c>.</summary>
    public sealed record Drop(string Text, OptionReference Option) : OctetEdit(Text);

    /// <summary><c>duplicate option[Timestamp]</c>: the copy directly follows the option.</summary>
    public sealed record Duplicate(string Text, OptionReference Option) : OctetEdit(Text);

    /// <summary><c>swap option[Timestamp] with option[Handoff Indicator]</c>.</summary>
    public sealed record Swap(string Text, OptionReference Option, OptionReference Other) : OctetEdit(Text);

    /// <summary><c>misalign option[Timestamp] by 2</c>: the option starts this number of octets after its aligned position.</summary>
    public sealed record Misalign(string Text, OptionReference Option, int Octets) : OctetEdit(Text);

    /// <summary><c>Header Len = 3</c>, <c>option[Timestamp].Length = 3</c>, <c>octet 12 = 0xff</c>.</summary>
    /// <param name="Option">The option that has the field; null for a field of the message.</param>
    public sealed record Set(string Text, OptionReference? Option, string Field, string Value) : OctetEdit(Text);

    /// <summary><c>truncate 10</c>: the first 10 octets remain.</summary>
    public sealed record Truncate(string Text, int Length) : OctetEdit(Text);

    /// <exception cref="ScenarioFaultException">The text has none of the forms.</exception>
    public static OctetEdit Parse(string text)
    {
        if (StructureForm().Match(text) is { Success: true } structure)
        {
            return Structure(text, structure);
        }

        if (TruncateForm().Match(text) is { Success: true } truncate)
        {
            return new Truncate(text, Number(text, truncate.Groups["length"].Value));
        }

        if (SetForm().Match(text) is { Success: true } set)
        {
            var option = set.Groups["option"].Success ? Reference(text, set.Groups["option"].Value) : null;
            return new Set(text, option, set.Groups["field"].Value, set.Groups["value"].Value);
        }

        throw Fault(
            text,
            "not a change to octets; say 'drop option[Name]', 'duplicate option[Name]', 'swap option[Name] with option[Name]', "
                + "'misalign option[Name] by n', 'truncate n', 'Field = value', 'octet n = value' or 'option[Name].Field = value'"
        );
    }

    internal static ScenarioFaultException Fault(string text, string why) => new($"'{text}': {why}.");

    private static OctetEdit Structure(string text, Match match)
    {
        var option = Reference(text, match.Groups["option"].Value);
        return (match.Groups["verb"].Value, match.Groups["other"].Success, match.Groups["by"].Success) switch
        {
            ("drop", false, false) => new Drop(text, option),
            ("duplicate", false, false) => new Duplicate(text, option),
            ("swap", true, false) => new Swap(text, option, Reference(text, match.Groups["other"].Value)),
            ("misalign", false, true) => new Misalign(text, option, Number(text, match.Groups["by"].Value)),
            ("swap", _, _) => throw Fault(text, "'with option[Name]' is missing"),
            ("misalign", _, _) => throw Fault(text, "'by' and the number of octets are missing"),
            var (verb, _, _) => throw Fault(text, $"'{verb}' takes one option and nothing else"),
        };
    }

    private static OptionReference Reference(string text, string name)
    {
        var match = ReferenceForm().Match(name);
        var number = match.Groups["number"].Success ? Number(text, match.Groups["number"].Value) : 1;
        return number > 0 ? new OptionReference(match.Groups["name"].Value, number) : throw Fault(text, "options are counted from #1");
    }

    private static int Number(string text, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault(text, $"'{digits}' is too large");

    [GeneratedRegex(
        @"^(?<verb>drop|duplicate|swap|misalign)\s+option\[(?<option>[^\]]+)\]"
            + @"(?:\s+with\s+option\[(?<other>[^\]]+)\])?(?:\s+by\s+(?<by>\d+))?$"
    )]
    private static partial Regex StructureForm();

    [GeneratedRegex(@"^truncate\s+(?<length>\d+)$")]
    private static partial Regex TruncateForm();

    [GeneratedRegex(@"^(?:option\[(?<option>[^\]]+)\]\.)?(?<field>[^=\[\]]*[^=\[\]\s])\s*=\s*(?<value>\S.*)$")]
    private static partial Regex SetForm();

    [GeneratedRegex(@"^\s*(?<name>.*?)\s*(?:#(?<number>\d+)\s*)?$")]
    private static partial Regex ReferenceForm();
}
