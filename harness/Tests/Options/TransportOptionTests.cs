using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Options;

/// <summary>What a scenario expects of the options of IPv4 transport.</summary>
public sealed class TransportOptionTests
{
    [Theory]
    [InlineData("80000000001e", "one", true)]
    [InlineData("80000000001e", "F 1", true)]
    [InlineData("80000000001e", "F 0", false)]
    [InlineData("80000000001e", "refresh 30 s", true)]
    [InlineData("80000000001e", "F 1, refresh 31 s", false)]
    [InlineData("0000ffffffff", "F 0, refresh never", true)]
    [InlineData("7fff00000000", "F 0, refresh 0 s", true)]
    public void NatDetection_HasItsFlagAndItsTime(string data, string expected, bool isSo) =>
        Matches("NAT Detection", expected, data).Should().Be(isSo);

    [Theory]
    [InlineData("F 1, refresh 30 s", "80000000001e")]
    [InlineData("F 0, refresh never", "0000ffffffff")]
    [InlineData("F 1", "80000000006e")]
    [InlineData("refresh 5 s", "000000000005")]
    public void NatDetection_IsWhatTheWordsSay(string words, string data)
    {
        var option = new NatDetectionKind().Build(words, Context()).Should().ContainSingle().Subject;
        var octets = new byte[option.DataLength];
        option.WriteData(octets);
        Convert.ToHexStringLower(octets).Should().Be(data);
    }

    [Theory]
    [InlineData("80000000001e", "F 1, refresh 30 s")]
    [InlineData("0000ffffffff", "F 0, refresh never")]
    [InlineData("80", "80")]
    public void NatDetection_SaysWhatItHas(string data, string text) => new NatDetectionKind().Text(Option(31, data)).Should().Be(text);

    [Theory]
    [InlineData("0000c0000204", "one", true)]
    [InlineData("0000c0000204", "192.0.2.4", true)]
    [InlineData("0000c0000204", "CN1", true)]
    [InlineData("0000c0000205", "CN1", false)]
    public void CareOfAddress_IsThatOfANode(string data, string expected, bool isSo) =>
        Matches("IPv4 Care-of Address", expected, data).Should().Be(isSo);

    [Theory]
    [InlineData("NAT Detection", "80000000001e")]
    [InlineData("IPv4 Care-of Address", "0000c0000204")]
    public void TwoOptions_AreNotOne(string name, string data) => Matches(name, "one", data, data).Should().BeFalse();

    [Fact]
    public void OtherWords_AreAFaultOfTheScenario() =>
        FluentActions.Invoking(() => Matches("NAT Detection", "two", "80000000001e")).Should().Throw<ScenarioFaultException>();

    private static bool Matches(string name, string expected, params string[] data)
    {
        var kind = MobilityOptionKind.Named(name, WireEdition.Default)!;
        return kind.Matches([.. data.Select(each => Option(kind.Number, each))], expected, Context());
    }

    private static OptionContext Context()
    {
        var made = new HandMade(ixit: HandMade.Ixit with { Domain = HandMade.DualStack });
        return new OptionContext(made.Session, made.Node);
    }

    private static OptionOctets Option(int type, string data) => new(type, 12, Convert.FromHexString(data));
}
