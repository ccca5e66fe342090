using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.ReturnRoutability;

namespace Pmip.Reference.Tests.Wire;

public sealed class BindingManagementKeyTests
{
    [Fact]
    public void KeyForRegistration_IsThatOfTheFormula() =>
        BindingManagementKey.ForRegistration(HomeToken, CareOfToken).Should().Be(RegistrationKey);

    [Fact]
    public void KeyForDeletion_IsThatOfTheFormula() => BindingManagementKey.ForDeletion(HomeToken).Should().Be(DeletionKey);

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(21)]
    public void Key_OfAnotherLength_Throws(int length)
    {
        var create = () => new BindingManagementKey(new OctetString(new byte[length]));

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Key_AsText_DoesNotShowItself() => RegistrationKey.ToString().Should().Be("BindingManagementKey");
}
