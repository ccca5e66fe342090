using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// Makes changes to the octets of an encoded mobility message. Only what the words say is wrong afterwards.
/// </summary>
/// <remarks>
/// The changes are made in this order, and several changes of one kind in the order of the words:
/// <list type="number">
/// <item>options are dropped, duplicated, swapped, misaligned or padded; then the options are laid out again with a correct Header
/// Len;</item>
/// <item>
/// fields and octets are set, at their places before the first field was changed, so that a wrong Length does not affect these places;
/// </item>
/// <item>the message is cut, which changes Header Len, or truncated, which does not;</item>
/// <item>the checksum is computed over the result, unless a change sets it.</item>
/// </list>
/// </remarks>
public static class OctetEditor
{
    private const string Wrong = "wrong";
    private const ushort WrongBits = 0x5a5a;
    internal const int ChecksumEnd = 6;

    /// <summary>Returns the changed octets; <paramref name="message"/> is not modified.</summary>
    /// <param name="edits">Changes of octets: all but those that add, remove or set whole options.</param>
    /// <param name="message">A complete, well-formed Mobility Header.</param>
    /// <param name="source">The source address of the pseudo-header: with a Home Address option, the home address.</param>
    /// <param name="destination">
    /// The destination address of the pseudo-header: with a type 2 routing header, the home address in it.
    /// </param>
    /// <param name="edition">The edition that defines the options and their numbers.</param>
    /// <exception cref="ScenarioFaultException">
    /// A change refers to a part that the message does not have, or gives a field a value that it cannot hold; the message names
    /// the change.
    /// </exception>
    public static byte[] Apply(
        IReadOnlyList<Edit> edits,
        ReadOnlyMemory<byte> message,
        IPAddress source,
        IPAddress destination,
        WireEdition edition
    )
    {
        var octets = Restructured(edits, message, edition);
        SetFields(edits, octets, edition);
        foreach (var edit in edits.OfType<Edit.Cut>())
        {
            octets =
                edit.Octets % OptionLayout.Unit == 0 && edit.Octets < octets.Length
                    ? octets[..^edit.Octets]
                    : throw edit.Fault($"the message has {octets.Length} octets, and Header Len counts in {OptionLayout.Unit} of them");
            octets[OptionLayout.HeaderLenOffset] = (byte)((octets.Length / OptionLayout.Unit) - 1);
        }

        foreach (var edit in edits.OfType<Edit.Truncate>())
        {
            octets =
                edit.Octets <= octets.Length ? octets[..edit.Octets] : throw edit.Fault($"the message has {octets.Length} octets only");
        }

        FinishChecksum(edits.OfType<Edit.Set>().LastOrDefault(IsChecksum), octets, source, destination);
        return octets;
    }

    private static bool IsStructural(Edit edit) => edit is Edit.Drop or Edit.Duplicate or Edit.Swap or Edit.Misalign or Edit.Pad;

    internal static bool IsChecksum(Edit.Set edit) => edit.Field.Equals(MessageFields.Checksum, StringComparison.OrdinalIgnoreCase);

    private static OctetField FieldOf(Edit edit, string name, IReadOnlyList<OctetField> fields)
    {
        if (
            name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["octet", var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)
            && octet <= ushort.MaxValue
        )
        {
            return new OctetField(name, octet * 8, 8);
        }

        return fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw edit.Fault(
                $"'{name}' is not a field here. Fields: {string.Join(", ", fields.Select(field => field.Name))}, octet <number>"
            );
    }

    private static byte[] Restructured(IReadOnlyList<Edit> edits, ReadOnlyMemory<byte> message, WireEdition edition)
    {
        if (!edits.Any(IsStructural))
        {
            return message.ToArray();
        }

        var layout = new OptionLayout(message, edition);
        foreach (var edit in edits.Where(IsStructural))
        {
            layout.Apply(edit);
        }

        return layout.ToBytes();
    }

    private static void SetFields(IReadOnlyList<Edit> edits, byte[] octets, WireEdition edition)
    {
        var before = new MobilityOctets(octets.ToArray(), offset: 0);
        foreach (var edit in edits)
        {
            switch (edit)
            {
                case Edit.Set set when !IsChecksum(set):
                    FieldValue.Write(edit, FieldOf(edit, set.Field, MessageFields.Of(before.Type)), set.Value, octets);
                    break;
                case Edit.SetInOption(_, var reference, var field, var value):
                    var kind = OptionLayout.KindOf(edit, reference.Name, edition);
                    var found =
                        before.All(kind.NumberIn(edition)).Skip(reference.Number - 1).FirstOrDefault()
                        ?? throw OptionLayout.Missing(
                            edit,
                            reference,
                            before.Options.Select(option => MobilityOptionKind.OfType(option.Type, edition))
                        );
                    FieldValue.Write(edit, FieldOf(edit, field, kind.Fields), value, Of(found));
                    break;
                case Edit.Length(_, var option, var value):
                    var forged = OptionLayout.KindOf(edit, option, edition);
                    foreach (var place in before.All(forged.NumberIn(edition)))
                    {
                        FieldValue.Write(edit, FieldOf(edit, "Length", forged.Fields), value, Of(place));
                    }

                    break;
                default:
                    break;
            }
        }

        Span<byte> Of(OptionOctets option) => octets.AsSpan(option.Offset, MobilityOptionKind.HeaderLength + option.Length);
    }

    private static void FinishChecksum(Edit.Set? asked, byte[] octets, IPAddress source, IPAddress destination)
    {
        if (octets.Length < ChecksumEnd)
        {
            if (asked is not null)
            {
                throw asked.Fault($"there is no checksum in these {octets.Length} octets");
            }

            return;
        }

        MobilityHeader.FillChecksum(source, destination, octets);
        if (asked is { Value: Wrong })
        {
            var right = BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(MessageFields.ChecksumOffset));
            BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(MessageFields.ChecksumOffset), (ushort)(right ^ WrongBits));
        }
        else if (asked is not null)
        {
            FieldValue.Write(asked, FieldOf(asked, asked.Field, MessageFields.Of(octets[2])), asked.Value, octets);
        }
    }
}
