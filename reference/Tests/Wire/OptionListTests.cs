using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class OptionListTests
{
    private static readonly HandoffIndicatorOption First = new(HandoffIndicator.HandoffStateUnknown);
    private static readonly HandoffIndicatorOption Second = new(HandoffIndicator.HandoffStateNotChanged);
    private static readonly AccessTechnologyTypeOption Other = new(AccessTechnologyType.Ieee8023);

    [Fact]
    public void Lists_WithTheSameOptions_AreEqual()
    {
        MobilityOptionList left = [First, Other];
        var right = new MobilityOptionList(new List<MobilityOption> { First, Other });

        left.Equals(right).Should().BeTrue();
        left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Fact]
    public void Lists_InAnotherOrder_AreNotEqual() => new MobilityOptionList(First, Other).Equals(new MobilityOptionList(Other, First)).Should().BeFalse();

    [Fact]
    public void First_OfAKind_IsTheFirstOrNull()
    {
        new MobilityOptionList(Other, First, Second).First<HandoffIndicatorOption>().Should().BeSameAs(First);
        new MobilityOptionList(Other).First<HandoffIndicatorOption>().Should().BeNull();
    }

    [Fact]
    public void All_OfAKind_AreInTheirOrder() =>
        new MobilityOptionList(Second, Other, First).All<HandoffIndicatorOption>().Should().Equal(Second, First);

    [Fact]
    public void Has_OfAKind_TellsWhetherThereIsOne()
    {
        new MobilityOptionList(Other).Has<AccessTechnologyTypeOption>().Should().BeTrue();
        MobilityOptionList.Empty.Has<AccessTechnologyTypeOption>().Should().BeFalse();
        new NdOptionList(new MtuOption(1500)).Has<MtuOption>().Should().BeTrue();
        NdOptionList.Empty.Should().BeEmpty();
    }

    [Fact]
    public void List_ChangedAtItsSource_StaysAsItWas()
    {
        var source = new List<MobilityOption> { First };
        var list = new MobilityOptionList(source);
        source.Clear();

        list.Should().Equal(First);
    }
}
