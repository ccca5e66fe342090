namespace Pmip.Wire;

/// <summary>The options of a mobility message that has been read, in wire order and without padding, for <c>foreach</c>.</summary>
public ref struct MobilityOptionEnumerator
{
    private readonly WireEdition _edition;
    private OptionWalker _walker;

    internal MobilityOptionEnumerator(OptionWalker walker, WireEdition edition)
    {
        _walker = walker;
        _edition = edition;
    }

    public MobilityOptionReader Current { get; private set; }

    /// <summary>Start of <see cref="Current"/>, in octets from the start of the message.</summary>
    public readonly int Position => _walker.Position;

    public readonly MobilityOptionEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (!_walker.TryNext(out var option, out _))
        {
            return false;
        }

        Current = MobilityOptionReader.OfChecked(option, _edition);
        return true;
    }
}
