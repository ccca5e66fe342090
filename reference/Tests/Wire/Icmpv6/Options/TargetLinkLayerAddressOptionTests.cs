using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

public sealed class TargetLinkLayerAddressOptionTests : NdOptionFormatTests
{
    protected override string Figure =>
        """
            02 01 02 5e 00 00 00 01
            """;

    protected override NdOption Value => new TargetLinkLayerAddressOption(MacAddress.Parse("02:5e:00:00:00:01"));

    protected override IEnumerable<NdOption> OtherValues =>
        [new TargetLinkLayerAddressOption(default), new TargetLinkLayerAddressOption(MacAddress.Broadcast)];

    protected override Arrival TooShort => Refused("02 00 02 5e 00 00 00 01", "OptionLength", 0);

    protected override Arrival TooLong => Refused("02 02 02 5e 00 00 00 01  00 00 00 00 00 00 00 00", "OptionLength", 0);
}
