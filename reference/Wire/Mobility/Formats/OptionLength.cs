namespace Pmip.Wire;

/// <summary>Checks of the Option Length field. Each returns the error <c>OptionLength</c>, or null.</summary>
internal static class OptionLength
{
    internal static WireError? Check(ReadOnlySpan<byte> data, int length) => data.Length == length ? null : Other(data.Length, $"{length}");

    internal static WireError? CheckFrom(ReadOnlySpan<byte> data, int shortest) =>
        data.Length >= shortest ? null : Other(data.Length, $"{shortest} or more");

    internal static WireError Other(int length, string demanded) => new(0, "OptionLength", $"length {length}, expected {demanded}");
}
