using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class TimestampOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            1b 08
            00 00 68 e7 78 00  80 00
            """;

    protected override MobilityOption Value =>
        new TimestampOption(Timestamp.FromUtc(new DateTimeOffset(2025, 10, 9, 8, 53, 20, 500, TimeSpan.Zero)));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new TimestampOption(new Timestamp(0)), new TimestampOption(new Timestamp(ulong.MaxValue))];

    protected override Arrival TooShort => Refused("1b 07  00 00 68 e7 78 00 80", "OptionLength", 0);

    protected override Arrival TooLong => Refused("1b 09  00 00 68 e7 78 00 80 00 00", "OptionLength", 0);
}
