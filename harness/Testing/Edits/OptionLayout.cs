using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// The options of a message as a list that can be changed, and the encoding of the message with the changed list: options are
/// aligned unless they were misaligned, padding is inserted between them, and Header Len is correct.
/// </summary>
internal sealed class OptionLayout
{
    public const int HeaderLenOffset = 1;

    /// <summary>The number of octets in which Header Len counts.</summary>
    public const int Unit = 8;

    private const int MaximumLength = 256 * Unit;

    /// <summary>The maximum shift that one PadN can express, minus the up to 7 octets that an alignment may need.</summary>
    private const int MostOctetsMoved = byte.MaxValue - 7;

    private readonly byte[] _fixedPart;
    private readonly List<Piece> _pieces;
    private readonly WireEdition _edition;

    private sealed record Piece(MobilityOptionKind Kind, byte[] Octets, int Shift)
    {
        /// <summary>The octets of padding behind the option that its alignment does not ask for.</summary>
        public int Behind { get; init; }

        public (int Multiple, int Offset) Alignment => Kind.Alignment(Octets.Length - MobilityOptionKind.HeaderLength);
    }

    public OptionLayout(ReadOnlyMemory<byte> message, WireEdition edition)
    {
        _edition = edition;
        var read = new MobilityOctets(message, offset: 0);
        if (read.Overrun is { } overrun)
        {
            throw new ScenarioFaultException($"The message to be edited has an option that runs past its end, at octet {overrun}.");
        }

        _fixedPart = read.Span[..read.OptionsOffset].ToArray();
        _pieces =
        [
            .. read.Options.Select(option => new Piece(
                MobilityOptionKind.OfType(option.Type, edition),
                [(byte)option.Type, (byte)option.Length, .. option.Data.Span],
                0
            )),
        ];
    }

    public void Apply(Edit edit)
    {
        switch (edit)
        {
            case Edit.Drop drop:
                _pieces.RemoveAt(Find(edit, drop.Option));
                break;
            case Edit.Duplicate duplicate:
                var original = Find(edit, duplicate.Option);
                _pieces.Insert(original + 1, _pieces[original]);
                break;
            case Edit.Swap swap:
                var (first, second) = (Find(edit, swap.Option), Find(edit, swap.Other));
                (_pieces[first], _pieces[second]) = (_pieces[second], _pieces[first]);
                break;
            case Edit.Pad pad:
                var padded = Find(edit, pad.Option);
                _pieces[padded] = _pieces[padded] with { Behind = Unit };
                break;
            case Edit.Misalign misalign:
                Misalign(misalign);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public byte[] ToBytes()
    {
        var octets = new List<byte>(_fixedPart);
        foreach (var piece in _pieces)
        {
            Pad(octets, Gap(piece.Alignment, octets.Count) + piece.Shift);
            octets.AddRange(piece.Octets);
            Pad(octets, piece.Behind);
        }

        Pad(octets, Gap((Unit, 0), octets.Count));
        if (octets.Count > MaximumLength)
        {
            throw new ScenarioFaultException(
                $"The edited message has {octets.Count} octets; a Mobility Header has room for {MaximumLength}."
            );
        }

        octets[HeaderLenOffset] = (byte)(octets.Count / Unit - 1);
        return [.. octets];
    }

    private static int Gap((int Multiple, int Offset) alignment, int position) =>
        (alignment.Multiple + alignment.Offset - position % alignment.Multiple) % alignment.Multiple;

    /// <summary>RFC 6275, Sections 6.2.2 and 6.2.3.</summary>
    private static void Pad(List<byte> octets, int gap) =>
        octets.AddRange(
            gap switch
            {
                0 => [],
                1 => [MobilityOptionKind.Pad1],
                _ =>
                [
                    MobilityOptionKind.PadN,
                    (byte)(gap - MobilityOptionKind.HeaderLength),
                    .. new byte[gap - MobilityOptionKind.HeaderLength],
                ],
            }
        );

    private void Misalign(Edit.Misalign edit)
    {
        var (at, octets) = (Find(edit, edit.Option), edit.Octets);
        var (multiple, offset) = _pieces[at].Alignment;
        if (octets > MostOctetsMoved)
        {
            throw edit.Fault($"an option is moved by at most {MostOctetsMoved} octets");
        }

        if (octets % multiple == 0)
        {
            throw edit.Fault(
                multiple == 1 ? $"{edit.Option} may start anywhere" : $"{octets} octets leave {edit.Option} aligned to {multiple}n+{offset}"
            );
        }

        _pieces[at] = _pieces[at] with { Shift = octets };
    }

    private int Find(Edit edit, OptionReference reference)
    {
        var type = KindOf(edit, reference.Name, _edition).NumberIn(_edition);
        var found = _pieces.Index().Where(piece => piece.Item.Octets[0] == type).Skip(reference.Number - 1).Take(1).ToList();
        return found is [var (index, _)] ? index : throw Missing(edit, reference, _pieces.Select(piece => piece.Kind));
    }

    internal static MobilityOptionKind KindOf(Edit edit, string name, WireEdition edition) =>
        MobilityOptionKind.Named(name, edition)
        ?? throw edit.Fault($"'{name}' is not an option. Options: {FieldFault.OptionNames(edition)}");

    internal static ScenarioFaultException Missing(Edit edit, OptionReference reference, IEnumerable<MobilityOptionKind> present) =>
        edit.Fault(
            $"the message has no option '{reference}'. It has: "
                + string.Join(", ", present.Select(kind => kind.Name).DefaultIfEmpty("none"))
        );
}
