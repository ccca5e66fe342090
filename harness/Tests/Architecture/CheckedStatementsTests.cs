using Conformance.Testing.Checks;
using Conformance.Testing.Statements;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>The checks of messages are declared by edition and role, with statements of that edition that are in the register.</summary>
public sealed class CheckedStatementsTests
{
    private static readonly StatementRegister _register = StatementRegister.Load(
        Path.Combine(AppContext.BaseDirectory, "features", "registers")
    );

    public static TheoryData<ICheckSet> Sets() => new(CheckList.Sets);

    [Theory]
    [MemberData(nameof(Sets), DisableDiscoveryEnumeration = true)]
    public void Checks_NameStatementsOfTheRegister(ICheckSet set)
    {
        set.Checks.Should().NotBeEmpty().And.OnlyContain(check => check.Statements.Count > 0);
        set.Checks.SelectMany(check => check.Statements).Where(id => _register.Find(id) is null).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Sets), DisableDiscoveryEnumeration = true)]
    public void Checks_HaveNamesOfTheirOwn(ICheckSet set) => set.Checks.Select(check => check.Name).Should().OnlyHaveUniqueItems();

    [Fact]
    public void ChecksOfARole_AreThoseOfItsSets()
    {
        CheckList
            .For(Edition.Rfc5213, "MAG")
            .Checks.Should()
            .Contain(check => check is Check<Update>)
            .And.NotContain(check => check is Check<Answer>);
        CheckList
            .For(Edition.Rfc5213, "LMA")
            .Checks.Should()
            .Contain(check => check is Check<Answer>)
            .And.NotContain(check => check is Check<Update>);
        CheckList.For(Edition.Find("rfc5648")!, "LMA").Checks.Should().BeEmpty();
    }

    [Theory]
    [InlineData("rfc5844")]
    [InlineData("ipv4-draft-02")]
    [InlineData("ipv4-draft-04")]
    public void ChecksOfAnEdition_IncludeThoseOfTheEditionThatItExtends(string edition) =>
        CheckList.For(Edition.Find(edition)!, "LMA").Checks.Should().Contain(CheckList.For(Edition.Rfc5213, "LMA").Checks);

    [Fact]
    public void ChecksOfTheExtendedEdition_DoNotGrow()
    {
        Edition.Rfc5213.Includes(Edition.Find("rfc5844")!).Should().BeFalse();
        Edition
            .All.Where(edition => edition.Extends is null)
            .Select(edition => edition.Name)
            .Should()
            .Equal("rfc5213", "rfc6275", "seed000", "seed001");
    }
}
