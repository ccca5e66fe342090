using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class VendorSpecificOptionTests : MobilityOptionFormatTests
{
    protected override string Figure =>
        """
            13 07
            00 00 28 af
            05 ca fe
            """;

    protected override MobilityOption Value => new VendorSpecificOption(10415, 5, new OctetString([0xca, 0xfe]));

    protected override IEnumerable<MobilityOption> OtherValues =>
        [new VendorSpecificOption(0, 0, default), new VendorSpecificOption(uint.MaxValue, 255, new OctetString(new byte[250]))];

    protected override Arrival TooShort => Refused("13 04 00 00 28 af", "OptionLength", 0);

    protected override Arrival TooLong => Refused("13 08 00 00 28 af 05 ca fe", "OptionTruncated", 0);

    [Fact]
    public void Data_Of251Octets_Throws()
    {
        var create = () => new VendorSpecificOption(1, 1, new OctetString(new byte[251]));

        create.Should().Throw<ArgumentException>();
    }
}
