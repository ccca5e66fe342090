namespace Pmip.Wire;

/// <summary>The options of a mobility message that has been read, in wire order and without padding, for <c>foreach</c>.</summary>
public ref struct MobilityOptionEnumerator
{
    private readonly WireEdition _edition;
    private OptionWalker _walker;
    private ReadOnlySpan<byte> _option;

    internal MobilityOptionEnumerator(OptionWalker walker, WireEdition edition)
    {
        _walker = walker;
        _edition = edition;
    }

    /// <summary>The option; made anew, because a copy in memory costs more.</summary>
    public readonly MobilityOptionReader Current => MobilityOptionReader.OfChecked(_option, _edition);

    /// <summary>Start of <see cref="Current"/>, in octets from the start of the message.</summary>
    public readonly int Position => _walker.Position;

    public readonly MobilityOptionEnumerator GetEnumerator() => this;

    public bool MoveNext() => _walker.TryNext(out _option, out _);
}
