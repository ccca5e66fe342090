using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class NonceIndicesOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            04 04 12 34 56 78
            """;

    protected override MobilityOption Value => new NonceIndicesOption(0x1234, 0x5678);

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new NonceIndicesOption(0, ushort.MaxValue), new NonceIndicesOption(ushort.MaxValue, 0)];

    protected override Arrival TooShort => Refused("04 03 12 34 56", "OptionLength", 0);

    protected override Arrival TooLong => Refused("04 05 12 34 56 78 00", "OptionLength", 0);
}
