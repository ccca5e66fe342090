using System.Globalization;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// Applies the changes that a scenario describes to a draft. Options and the values that the tester keeps track of are changed at once;
/// changes of octets are left to <see cref="OctetEditor"/>, which makes them in the encoded message.
/// </summary>
/// <param name="node">The mobile node that the message is about.</param>
/// <param name="lastSequenceNumber">The value of <c>last</c> for the Sequence Number.</param>
public sealed class DraftEditor(TestSession session, MobileNode node, ushort lastSequenceNumber)
{
    private const int MillisecondsPerUnit = 4000;

    /// <exception cref="ScenarioFaultException">A change names nothing that the message has, or gives it an impossible value.</exception>
    public void Apply(MessageDraft draft, EditList edits)
    {
        foreach (var edit in edits.Edits)
        {
            Apply(draft, edit);
        }
    }

    private void Apply(MessageDraft draft, Edit edit)
    {
        switch (edit)
        {
            case Edit.Absent(_, MessageDraft.HomeAddressField) when draft.IsOfMobileNode:
                draft.HomeAddress = null;
                break;
            case Edit.Absent absent:
                var type = TypeOf(draft, absent.Option);
                draft.Options.RemoveAll(option => option.Type == type);
                break;
            case Edit.Twice twice:
                draft.Options.Add(
                    draft.Options.Find(option => option.Type == TypeOf(draft, twice.Option))
                        ?? throw edit.Fault($"the message has no '{twice.Option}' that could stand there twice")
                );
                break;
            case Edit.Length length:
                var forged = TypeOf(draft, length.Option);
                draft.OctetEdits.Add(
                    draft.Options.Exists(option => option.Type == forged)
                        ? edit
                        : throw edit.Fault($"the message has no '{length.Option}' whose length could be wrong")
                );
                break;
            case Edit.Set set when MobilityOptionKind.Named(set.Field, draft.Edition) is { } kind:
                SetOption(draft.Options, kind.NumberIn(draft.Edition), Built(kind, set));
                break;
            case Edit.Set set:
                SetField(draft, set);
                break;
            default:
                draft.OctetEdits.Add(edit);
                break;
        }
    }

    private void SetField(MessageDraft draft, Edit.Set edit)
    {
        if (!draft.HasField(edit.Field))
        {
            throw FieldFault.Unknown(edit.Field, draft.Edition, draft.Fields);
        }

        switch (edit.Field.ToUpperInvariant())
        {
            case "SEQUENCE NUMBER":
                draft.SequenceNumber = SequenceNumber(edit.Value);
                break;
            case "LIFETIME":
                draft.LifetimeUnits = (ushort)Math.Min(ushort.MaxValue, LifetimeUnits(edit.Value));
                break;
            case "STATUS":
                draft.Status = (byte)Number(edit.Value, byte.MaxValue);
                break;
            case "P":
                draft.ProxyFlag = Number(edit.Value, 1) == 1;
                break;
            case "DESTINATION OPTIONS":
                draft.DestinationOptions = OptionWords.Octets(edit.Value);
                break;
            case "HOME ADDRESS":
                draft.HomeAddress = OptionWords.Address(edit.Value, new OptionContext(session, node));
                break;
            case "O" when draft.Edition.OverwriteFlag == OverwritePlace.Option:
                SetOverwrite(draft.Options, Number(edit.Value, 1) == 1);
                break;
            case "PROTECTION":
                draft.Protection =
                    EspForms.Find(edit.Value) ?? throw edit.Fault($"a message is protected as one of {string.Join(", ", EspForms.Words)}");
                break;
            case var _ when UdpTransport.Fields.Contains(edit.Field, StringComparer.OrdinalIgnoreCase):
                draft.Transport = draft.Transport!.With(edit, new OptionContext(session, node));
                break;
            case "A":
                draft.AcknowledgeFlag = Number(edit.Value, 1) == 1;
                break;
            default:
                draft.OctetEdits.Add(edit);
                break;
        }
    }

    private List<MobilityOption> Built(MobilityOptionKind kind, Edit.Set edit)
    {
        try
        {
            return [.. kind.Build(edit.Value, new OptionContext(session, node))];
        }
        catch (ArgumentException e)
        {
            // The value types accept valid values only: others are written by changes of octets.
            throw edit.Fault($"the option cannot have this value, {e.Message.Split('\n')[0].TrimEnd('.')}");
        }
    }

    private static void SetOption(List<MobilityOption> options, int type, IEnumerable<MobilityOption> replacement)
    {
        var at = options.FindIndex(option => option.Type == type);
        options.RemoveAll(option => option.Type == type);

        // The authenticator is the last option (RFC 6275, Section 6.2.7).
        var end = options is [.., BindingAuthorizationDataOption] ? options.Count - 1 : options.Count;
        options.InsertRange(at < 0 ? end : at, replacement);
    }

    /// <summary>draft-ietf-monami6-multiplecoa-04, Section 4.2.1: the flag is in each option.</summary>
    private static void SetOverwrite(List<MobilityOption> options, bool isSet)
    {
        for (var i = 0; i < options.Count; i++)
        {
            options[i] = options[i] is BindingUniqueIdentifierOption option ? option with { Overwrite = isSet } : options[i];
        }
    }

    private static int TypeOf(MessageDraft draft, string option) =>
        (MobilityOptionKind.Named(option, draft.Edition) ?? throw FieldFault.Unknown(option, draft.Edition, draft.Fields)).NumberIn(
            draft.Edition
        );

    private double LifetimeUnits(string value) =>
        value == "0" ? 0
        : TryHexadecimal(value, out var units) ? units
        : Durations.Parse(value, session.Ixit).TotalMilliseconds / MillisecondsPerUnit;

    /// <summary>A number, or <c>last</c> with an optional distance: <c>last + 1</c>.</summary>
    private ushort SequenceNumber(string value)
    {
        if (!value.StartsWith("last", StringComparison.Ordinal))
        {
            return (ushort)Number(value, ushort.MaxValue);
        }

        var distance = value[4..].Replace(" ", string.Empty, StringComparison.Ordinal);
        return distance.Length == 0 ? lastSequenceNumber
            : int.TryParse(distance, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? (ushort)(lastSequenceNumber + number)
            : throw new ScenarioFaultException($"'{distance}' is not a number.");
    }

    private static int Number(string value, int most) =>
        TryHexadecimal(value, out var number) && number <= most ? number : OptionWords.Number(value, most);

    private static bool TryHexadecimal(string value, out ushort number)
    {
        number = 0;
        return value.StartsWith("0x", StringComparison.Ordinal)
            && ushort.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
