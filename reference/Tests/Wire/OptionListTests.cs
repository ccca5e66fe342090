using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class OptionListTests
{
    private static readonly HandoffIndicatorOption _first = new(HandoffIndicator.HandoffStateUnknown);
    private static readonly HandoffIndicatorOption _second = new(HandoffIndicator.HandoffStateNotChanged);
    private static readonly AccessTechnologyTypeOption _other = new(AccessTechnologyType.Ieee8023);

    [Fact]
    public void Lists_WithTheSameOptions_AreEqual()
    {
        MobilityOptionList left = [_first, _other];
        var right = new MobilityOptionList(new List<MobilityOption> { _first, _other });

        left.Equals(right).Should().BeTrue();
        left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Fact]
    public void Lists_InAnotherOrder_AreNotEqual() =>
        new MobilityOptionList(_first, _other).Equals(new MobilityOptionList(_other, _first)).Should().BeFalse();

    [Fact]
    public void First_OfAKind_IsTheFirstOrNull()
    {
        new MobilityOptionList(_other, _first, _second).First<HandoffIndicatorOption>().Should().BeSameAs(_first);
        new MobilityOptionList(_other).First<HandoffIndicatorOption>().Should().BeNull();
    }

    [Fact]
    public void All_OfAKind_AreInTheirOrder() =>
        new MobilityOptionList(_second, _other, _first).All<HandoffIndicatorOption>().Should().Equal(_second, _first);

    [Fact]
    public void Has_OfAKind_TellsWhetherThereIsOne()
    {
        new MobilityOptionList(_other).Has<AccessTechnologyTypeOption>().Should().BeTrue();
        MobilityOptionList.Empty.Has<AccessTechnologyTypeOption>().Should().BeFalse();
        new NdOptionList(new MtuOption(1500)).Has<MtuOption>().Should().BeTrue();
        NdOptionList.Empty.Should().BeEmpty();
    }

    [Fact]
    public void List_ChangedAtItsSource_StaysAsItWas()
    {
        var source = new List<MobilityOption> { _first };
        var list = new MobilityOptionList(source);
        source.Clear();

        list.Should().Equal(_first);
    }
}
