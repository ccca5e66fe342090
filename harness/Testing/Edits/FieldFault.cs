using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>The error about words that name neither an option nor a field.</summary>
internal static class FieldFault
{
    public static ScenarioFaultException Unknown(string words, WireEdition edition, IEnumerable<string> fields) =>
        new($"'{words}' is not a field of this message. Options: {OptionNames(edition)}. Fields: {string.Join(", ", fields)}.");

    public static string OptionNames(WireEdition edition) =>
        string.Join(", ", MobilityOptionKind.All.Where(kind => kind.IsIn(edition)).Select(kind => kind.Name).Append("Option <number>"));
}
