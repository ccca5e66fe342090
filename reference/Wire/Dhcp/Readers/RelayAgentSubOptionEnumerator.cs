namespace Pmip.Wire;

/// <summary>The sub-options of a Relay Agent Information option that has been read, for <c>foreach</c>.</summary>
public ref struct RelayAgentSubOptionEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal RelayAgentSubOptionEnumerator(ReadOnlySpan<byte> subOptions) => _rest = subOptions;

    public RelayAgentSubOptionReader Current { get; private set; }

    public readonly RelayAgentSubOptionEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty || !RelayAgentSubOptionReader.TryRead(_rest, out var subOption, out var length, out _))
        {
            return false;
        }

        Current = subOption;
        _rest = _rest[length..];
        return true;
    }

    /// <summary>An error of a sub-option, with its offset from the start of the sub-options, or null.</summary>
    internal static WireError? Check(ReadOnlySpan<byte> subOptions)
    {
        for (int position = 0, length; position < subOptions.Length; position += length)
        {
            if (!RelayAgentSubOptionReader.TryRead(subOptions[position..], out _, out length, out var error))
            {
                return error.Shifted(position);
            }
        }

        return null;
    }
}
