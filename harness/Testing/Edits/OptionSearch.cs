using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>Finds the option of a message for the words <c>option[Name #2]</c>, or reports why there is no such option.</summary>
internal static class OptionSearch
{
    public static OptionForm FormOf(string text, OptionReference reference, WireEdition edition) =>
        OptionForm.Named(reference.Name, edition)
        ?? throw OctetEdit.Fault(
            text,
            $"'{reference.Name}' is not an option. Options: {string.Join(", ", OptionForm.Names)}, Option <number>"
        );

    public static int TypeOf(string text, OptionReference reference, WireEdition edition) => FormOf(text, reference, edition).Type;

    public static OptionOctets Find(string text, OptionReference reference, OptionForm form, MobilityOctets message, WireEdition edition) =>
        message.All(form.Type).Skip(reference.Number - 1).FirstOrDefault()
        ?? throw Missing(text, reference, message.Options.Select(option => OptionForm.OfType(option.Type, edition).Name));

    public static ScenarioFaultException Missing(string text, OptionReference reference, IEnumerable<string> present) =>
        OctetEdit.Fault(text, $"the message has no option '{reference}'. It has: {string.Join(", ", present.DefaultIfEmpty("none"))}");
}
