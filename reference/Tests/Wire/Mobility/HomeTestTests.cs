using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class HomeTestTests : MobilityMessageFormatTests
{
    protected override string Figure =>
        """
            3b 02 03 00  00 00  12 34
            de ad be ef  00 00 00 01
            ca fe 00 00  00 00 00 02
            """;

    protected override MobilityMessage Value => new HomeTest(0x1234, 0xdead_beef_0000_0001, 0xcafe_0000_0000_0002, []);

    protected override IEnumerable<MobilityMessage> OtherValues =>
        [
            new HomeTest(0, 0, 0, [new UnknownOption(200, default)]),
            new HomeTest(
                ushort.MaxValue,
                ulong.MaxValue,
                ulong.MaxValue,
                [new BindingIdentifierOption(1, BindingStatus.MCOA_MALFORMED, SimultaneousHomeAndForeign: false, null)]
            ),
        ];

    protected override Arrival TooShort => Refused("3b 01 03 00  00 00  12 34  dead beef 0000 0001", "HeaderLength", 1);

    protected override Arrival TooLong =>
        Refused("3b 02 03 00  00 00  12 34  dead beef 0000 0001  cafe 0000 0000 0002  00", "TrailingOctets", 24);
}
