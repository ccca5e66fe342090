using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class MtuOptionTests : NdOptionFormatTests
{
    protected override string Figure =>
        """
            05 01 00 00  00 00 05 dc
            """;

    protected override NdOption Value => new MtuOption(1500);

    protected override IEnumerable<NdOption> OtherValues => [new MtuOption(0), new MtuOption(uint.MaxValue)];

    protected override Arrival TooShort => Refused("05 00 00 00  00 00 05 dc", "OptionLength", 0);

    protected override Arrival TooLong => Refused("05 02 00 00  00 00 05 dc  00 00 00 00 00 00 00 00", "OptionLength", 0);
}
