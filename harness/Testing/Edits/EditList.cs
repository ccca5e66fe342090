using System.Globalization;
using System.Text.RegularExpressions;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>
/// A list of changes in the words of a scenario: <c>no Timestamp; Handoff Indicator = 2 and option[Timestamp].Length = 3</c>. The forms
/// are those of <see cref="Edit"/>.
/// </summary>
public sealed partial record EditList(IReadOnlyList<Edit> Edits)
{
    public static EditList None { get; } = new([]);

    /// <param name="text">Changes, separated by semicolons, line ends or <c>and</c>; empty for no changes.</param>
    /// <exception cref="ScenarioFaultException">A part has none of the forms; the message names it.</exception>
    public static EditList Parse(string text) =>
        new([.. Separator().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0).Select(ParseOne)]);

    private static Edit ParseOne(string text)
    {
        if (StructureForm().Match(text) is { Success: true } structure)
        {
            return Structure(text, structure);
        }

        if (TruncateForm().Match(text) is { Success: true } truncate)
        {
            return new Edit.Truncate(text, Number(text, truncate.Groups["length"].Value));
        }

        if (CutForm().Match(text) is { Success: true } cut)
        {
            return new Edit.Cut(text, Number(text, cut.Groups["length"].Value));
        }

        if (PadForm().Match(text) is { Success: true } pad)
        {
            return new Edit.Pad(text, Reference(text, pad.Groups["option"].Value));
        }

        if (LengthForm().Match(text) is { Success: true } length)
        {
            return new Edit.Length(text, length.Groups["option"].Value, length.Groups["value"].Value);
        }

        if (SetForm().Match(text) is { Success: true } set)
        {
            var (field, value) = (set.Groups["field"].Value, set.Groups["value"].Value);
            return set.Groups["option"].Success
                ? new Edit.SetInOption(text, Reference(text, set.Groups["option"].Value), field, value)
                : new Edit.Set(text, field, value);
        }

        if (CountForm().Match(text) is { Success: true } count)
        {
            var option = count.Groups["option"].Value;
            return count.Groups["count"].Value == "no" ? new Edit.Absent(text, option) : new Edit.Twice(text, option);
        }

        throw Fault(
            text,
            "not a change to a message; say 'no Option', 'two Option', 'Option = value', 'Field = value', 'octet n = value', "
                + "'len(Option) = n', 'option[Name].Field = value', 'drop option[Name]', 'duplicate option[Name]', "
                + "'swap option[Name] with option[Name]', 'misalign option[Name] by n', 'pad behind Option', 'truncate n' or 'cut n'"
        );
    }

    private static Edit Structure(string text, Match match)
    {
        var option = Reference(text, match.Groups["option"].Value);
        return (match.Groups["verb"].Value, match.Groups["other"].Success, match.Groups["by"].Success) switch
        {
            ("drop", false, false) => new Edit.Drop(text, option),
            ("duplicate", false, false) => new Edit.Duplicate(text, option),
            ("swap", true, false) => new Edit.Swap(text, option, Reference(text, match.Groups["other"].Value)),
            ("misalign", false, true) => new Edit.Misalign(text, option, Number(text, match.Groups["by"].Value)),
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

    private static ScenarioFaultException Fault(string text, string why) => new($"'{text}': {why}.");

    [GeneratedRegex(
        @"\s*[;\n]\s*|\s+and\s+(?=no |two |len\(|option\[|octet |(?:drop|duplicate|swap|misalign) option|truncate |cut |pad "
            + @"|(?:inner |outer )?[A-Z][^=;\n]*=|(?:inner|outer) s(?:ource|ize)|quoted |protection |source port)"
    )]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"^(?<verb>drop|duplicate|swap|misalign)\s+option\[(?<option>[^\]]+)\]"
            + @"(?:\s+with\s+option\[(?<other>[^\]]+)\])?(?:\s+by\s+(?<by>\d+))?$"
    )]
    private static partial Regex StructureForm();

    [GeneratedRegex(@"^truncate\s+(?<length>\d+)$")]
    private static partial Regex TruncateForm();

    [GeneratedRegex(@"^cut\s+(?<length>\d+)$")]
    private static partial Regex CutForm();

    [GeneratedRegex(@"^pad behind (?<option>.+)$")]
    private static partial Regex PadForm();

    [GeneratedRegex(@"^len\((?<option>[^)]+)\)\s*=\s*(?<value>.+)$")]
    private static partial Regex LengthForm();

    [GeneratedRegex(@"^(?:option\[(?<option>[^\]]+)\]\.)?(?<field>[^=\[\]]*[^=\[\]\s])\s*=\s*(?<value>\S.*)$")]
    private static partial Regex SetForm();

    [GeneratedRegex(@"^(?<count>no|two) (?<option>.+)$")]
    private static partial Regex CountForm();

    [GeneratedRegex(@"^\s*(?<name>.*?)\s*(?:#(?<number>\d+)\s*)?$")]
    private static partial Regex ReferenceForm();
}
