using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>The names of mobility options in scenarios.</summary>
public static class FieldName
{
    private static readonly Dictionary<string, int> _options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Alternate Care-of Address"] = OptionType.AlternateCareOfAddress,
        ["Mobile Node Identifier"] = OptionType.MobileNodeIdentifier,
        ["Home Network Prefix"] = OptionType.HomeNetworkPrefix,
        ["Handoff Indicator"] = OptionType.HandoffIndicator,
        ["Access Technology Type"] = OptionType.AccessTechnologyType,
        ["Mobile Node Link-layer Identifier"] = OptionType.MobileNodeLinkLayerIdentifier,
        ["Link-local Address"] = OptionType.LinkLocalAddress,
        ["Timestamp"] = OptionType.Timestamp,
    };

    /// <summary>
    /// The type number of an option by its name, or of <c>Option 200</c>; null if the name is not the name of an option.
    /// </summary>
    public static int? OptionTypeOf(string field)
    {
        if (_options.TryGetValue(field, out var type))
        {
            return type;
        }

        return
            field.StartsWith("Option ", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(field.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out type)
            && type is > 1 and < 256
            ? type
            : null;
    }

    public static string NameOf(int optionType) => _options.FirstOrDefault(pair => pair.Value == optionType).Key ?? $"Option {optionType}";

    public static ScenarioFaultException Unknown(string field) =>
        new(
            $"'{field}' is not a field of this message. Options: {string.Join(", ", _options.Keys)}, Option <number>. "
                + $"Fields: {string.Join(", ", MessageDraft.Fields)}."
        );
}
