using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class SourceLinkLayerAddressOptionTests : NdOptionFormatTests
{
    protected override string Figure =>
        """
            01 01 02 5e 00 00 00 01
            """;

    protected override NdOption Value => new SourceLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01"));

    protected override IEnumerable<NdOption> OtherValues =>
        [new SourceLinkLayerAddressOption(default), new SourceLinkLayerAddressOption(MacAddress.Broadcast)];

    protected override Arrival TooShort => Refused("01 00 02 5e 00 00 00 01", "OptionLength", 0);

    protected override Arrival TooLong => Refused("01 02 02 5e 00 00 00 01  00 00 00 00 00 00 00 00", "OptionLength", 0);
}
