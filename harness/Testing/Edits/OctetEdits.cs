using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// Changes to the octets of an otherwise valid mobility message, in the words of a table cell: <c>drop option[Timestamp];
/// option[Handoff Indicator].Length = 3; Checksum = wrong</c>. Only what the words say is wrong afterwards.
/// </summary>
/// <remarks>
/// The changes are made in this order, and several changes of one kind in the order of the words:
/// <list type="number">
/// <item>options are dropped, duplicated, swapped or misaligned; then the options are laid out again with a correct Header Len;</item>
/// <item>
/// fields and octets are set, at their places before the first field was changed, so that a wrong Length does not affect these places;
/// </item>
/// <item>the message is truncated, which does not change Header Len;</item>
/// <item>the checksum is computed over the result, unless a change sets it.</item>
/// </list>
/// </remarks>
public sealed class OctetEdits
{
    private const string Wrong = "wrong";
    private const ushort WrongBits = 0x5a5a;
    private const int ChecksumOffset = 4;
    private const int ChecksumEnd = 6;

    private readonly IReadOnlyList<OctetEdit> _edits;

    private OctetEdits(IReadOnlyList<OctetEdit> edits) => _edits = edits;

    /// <param name="text">Changes, separated by semicolons or line ends; empty for no changes.</param>
    /// <exception cref="ScenarioFaultException">
    /// A part has none of the forms of <see cref="OctetEdit"/>; the message names it.
    /// </exception>
    public static OctetEdits Parse(string text) =>
        new([.. text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(OctetEdit.Parse)]);

    /// <summary>Returns the changed octets; <paramref name="message"/> is not modified.</summary>
    /// <param name="message">A complete, well-formed Mobility Header.</param>
    /// <param name="source">The source address of the pseudo-header: with a Home Address option, the home address.</param>
    /// <param name="destination">
    /// The destination address of the pseudo-header: with a type 2 routing header, the home address in it.
    /// </param>
    /// <param name="edition">The edition that defines the option numbers of drafts; <see cref="WireEdition.Default"/> if null.</param>
    /// <exception cref="ScenarioFaultException">
    /// A change refers to a part that the message does not have, or gives a field a value that it cannot hold; the message names
    /// the change.
    /// </exception>
    public byte[] Apply(ReadOnlyMemory<byte> message, IPAddress source, IPAddress destination, WireEdition? edition = null)
    {
        edition ??= WireEdition.Default;
        var octets = Restructure(message, edition);
        SetFields(octets, edition);
        foreach (var edit in _edits.OfType<OctetEdit.Truncate>())
        {
            octets =
                edit.Length <= octets.Length
                    ? octets[..edit.Length]
                    : throw OctetEdit.Fault(edit.Text, $"the message has {octets.Length} octets only");
        }

        FinishChecksum(octets, source, destination);
        return octets;
    }

    private static bool IsStructural(OctetEdit edit) =>
        edit is OctetEdit.Drop or OctetEdit.Duplicate or OctetEdit.Swap or OctetEdit.Misalign;

    private static bool IsChecksum(OctetEdit.Set edit) =>
        edit.Option is null && edit.Field.Equals(MessageFields.Checksum, StringComparison.OrdinalIgnoreCase);

    private static OctetField FieldOf(OctetEdit.Set edit, IReadOnlyList<OctetField> fields)
    {
        if (
            edit.Field.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["octet", var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)
            && octet <= ushort.MaxValue
        )
        {
            return new OctetField(edit.Field, octet * 8, 8);
        }

        return fields.FirstOrDefault(field => field.Name.Equals(edit.Field, StringComparison.OrdinalIgnoreCase))
            ?? throw OctetEdit.Fault(
                edit.Text,
                $"'{edit.Field}' is not a field here. Fields: {string.Join(", ", fields.Select(field => field.Name))}, octet <number>"
            );
    }

    private byte[] Restructure(ReadOnlyMemory<byte> message, WireEdition edition)
    {
        if (!_edits.Any(IsStructural))
        {
            return message.ToArray();
        }

        var layout = new OptionLayout(message, edition);
        foreach (var edit in _edits.Where(IsStructural))
        {
            layout.Apply(edit);
        }

        return layout.ToBytes();
    }

    private void SetFields(byte[] octets, WireEdition edition)
    {
        var before = new MobilityOctets(octets.ToArray(), offset: 0);
        foreach (var edit in _edits.OfType<OctetEdit.Set>().Where(edit => !IsChecksum(edit)))
        {
            if (edit.Option is null)
            {
                FieldValue.Write(edit.Text, FieldOf(edit, MessageFields.Of(before.Type)), edit.Value, octets);
                continue;
            }

            var form = OptionSearch.FormOf(edit.Text, edit.Option, edition);
            var option = OptionSearch.Find(edit.Text, edit.Option, form, before, edition);
            FieldValue.Write(
                edit.Text,
                FieldOf(edit, form.Fields),
                edit.Value,
                octets.AsSpan(option.Offset, OptionForm.HeaderLength + option.Length)
            );
        }
    }

    private void FinishChecksum(byte[] octets, IPAddress source, IPAddress destination)
    {
        var asked = _edits.OfType<OctetEdit.Set>().LastOrDefault(IsChecksum);
        if (octets.Length < ChecksumEnd)
        {
            if (asked is not null)
            {
                throw OctetEdit.Fault(asked.Text, $"there is no checksum in these {octets.Length} octets");
            }

            return;
        }

        MobilityHeader.FillChecksum(source, destination, octets);
        if (asked is { Value: Wrong })
        {
            var right = BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(ChecksumOffset));
            BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(ChecksumOffset), (ushort)(right ^ WrongBits));
        }
        else if (asked is not null)
        {
            FieldValue.Write(asked.Text, FieldOf(asked, MessageFields.Of(octets[2])), asked.Value, octets);
        }
    }
}
