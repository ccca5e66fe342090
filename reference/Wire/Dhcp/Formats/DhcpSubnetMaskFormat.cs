using System.Buffers.Binary;
using System.Numerics;

namespace Pmip.Wire;

/// <summary>The data of a Subnet Mask option, RFC 2132, Section 3.3: ones, then zeros.</summary>
internal static class DhcpSubnetMaskFormat
{
    internal const int MaximumPrefixLength = 32;

    internal const int Length = Ipv4Octets.Length;

    /// <summary>The error <c>OptionLength</c>, or <c>SubnetMask</c> at the data, or null.</summary>
    internal static WireError? Check(ReadOnlySpan<byte> data)
    {
        if (OptionLength.Check(data, Length) is { } error)
        {
            return error;
        }

        var mask = BinaryPrimitives.ReadUInt32BigEndian(data);
        return BitOperations.PopCount(mask) == Read(data) ? null : OnesAfterZeros(mask);
    }

    /// <summary>The number of ones at the beginning of the mask, 0-32.</summary>
    internal static int Read(ReadOnlySpan<byte> data) => BitOperations.LeadingZeroCount(~BinaryPrimitives.ReadUInt32BigEndian(data));

    /// <param name="prefixLength">0-32.</param>
    internal static void Write(Span<byte> data, int prefixLength) =>
        BinaryPrimitives.WriteUInt32BigEndian(data, prefixLength == 0 ? 0 : uint.MaxValue << (MaximumPrefixLength - prefixLength));

    private static WireError OnesAfterZeros(uint mask) =>
        new(DhcpOption.HeaderLength, "SubnetMask", $"mask {mask:x8} has ones after zeros");
}
