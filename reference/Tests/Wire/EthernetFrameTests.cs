using System.Diagnostics.CodeAnalysis;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class EthernetFrameTests : FormatTests<EthernetFrame>
{
    protected override string Figure =>
        """
            33 33 00 00 00 02
            02 5e 00 00 00 01
            86 dd
            60 00
            """;

    protected override EthernetFrame Value =>
        new(
            MacAddress.Parse("33:33:00:00:00:02"),
            MacAddress.Parse("02:5e:00:00:00:01"),
            EthernetFrame.Ipv6EtherType,
            new byte[] { 0x60, 0 }
        );

    protected override IEnumerable<EthernetFrame> OtherValues => [new(MacAddress.Broadcast, default, 0xffff, default)];

    protected override Arrival TooShort => Refused("33 33 00 00 00 02  02 5e 00 00 00 01  86", "Truncated", 13);

    protected override Arrival TooLong => Read(Figure + "01", Value with { Payload = new byte[] { 0x60, 0, 1 } });

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out EthernetFrame? value,
        [NotNullWhen(false)] out WireError? error
    ) => EthernetFrame.TryParse(octets.ToArray(), out value, out error);

    protected override int Write(EthernetFrame value, Span<byte> destination) => Copy(value.ToBytes(), destination);

    internal static int Copy(byte[] bytes, Span<byte> destination)
    {
        bytes.CopyTo(destination);
        return bytes.Length;
    }
}
