using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>The error about words that name neither an option nor a field.</summary>
internal static class FieldFault
{
    public static ScenarioFaultException Unknown(string words, IEnumerable<string> fields) =>
        new($"'{words}' is not a field of this message. Options: {OptionNames}. Fields: {string.Join(", ", fields)}.");

    public static string OptionNames => string.Join(", ", MobilityOptionKind.All.Select(kind => kind.Name).Append("Option <number>"));
}
