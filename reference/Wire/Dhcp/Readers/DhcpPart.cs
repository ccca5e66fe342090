namespace Pmip.Wire;

/// <summary>An option, or one of its parts, in a DHCP message.</summary>
/// <param name="Offset">Its code, in octets from the start of the message.</param>
/// <param name="DataLength">Octets after code and length.</param>
internal readonly record struct DhcpPart(byte Code, int Offset, int DataLength)
{
    internal ReadOnlySpan<byte> DataIn(ReadOnlySpan<byte> message) => message.Slice(Offset + DhcpOption.HeaderLength, DataLength);
}
