using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in Binding Acknowledgements for IPv4 care-of and home addresses.</summary>
public sealed class DualStackCheckTests
{
    private const string One = "23 04 00 01 00 00";
    private const string OfIpv4 = "23 08 00 01 00 00 c0 00 02 0b";
    private const string HomeAddress = "1d 06 80 00 c6 33 64 65";
    private const string Granted = "1e 06 00 80 c6 33 64 65";
    private const string Refused = "1e 06 82 00 c6 33 64 65";
    private const string Pad = "01 04 00 00 00 00";

    [Theory]
    [InlineData(OfIpv4, One)]
    [InlineData(OfIpv4, Pad + OfIpv4)]
    [InlineData(OfIpv4 + HomeAddress, Granted + One)]
    [InlineData(One + HomeAddress, Granted + One)]
    [InlineData(OfIpv4 + HomeAddress, Refused + One)]
    [InlineData(One, One)]
    public void GoodAnswer_ViolatesNothing(string asked, string given) => Violated(asked, given).Should().BeEmpty();

    /// <summary>A home agent may refuse the update with the address, and has then no result of a binding to tell.</summary>
    [Theory]
    [InlineData(Refused)]
    [InlineData("1e 06 80 00 c6 33 64 65")]
    public void RejectedUpdate_NeedsNoIdentifier(string given) =>
        Violated(OfIpv4 + HomeAddress, given, status: "81")
            .Should()
            .NotContain(id => id.StartsWith("rfc5648-8.", StringComparison.Ordinal));

    [Fact]
    public void RefusalForAnyReason_NeedsNoOptionOfAnAddress() =>
        Violated(OfIpv4 + HomeAddress, "1e 06 80 00 c6 33 64 65").Should().NotContain("rfc5648-8.1-k11");

    [Theory]
    [InlineData(OfIpv4, Granted + One, "8.1-k7")]
    [InlineData(OfIpv4, "", "8.1-k8", "5.7-k1", "6.2-k14", "6.2-k15")]
    [InlineData(OfIpv4 + HomeAddress, "23 04 00 01 82 00", "8.1-k9", "8.1-k10", "8.2-k3", "6.2-k21")]
    [InlineData(OfIpv4 + HomeAddress, Refused + "23 04 00 01 82 00", "8.1-k10", "6.2-k21")]
    [InlineData(OfIpv4 + HomeAddress, Refused, "8.1-k8", "8.1-k11", "5.7-k1", "6.2-k14", "6.2-k15")]
    [InlineData(OfIpv4 + HomeAddress, One + "00 00" + Granted, "8.2-k2")]
    [InlineData(One + HomeAddress, One, "8.2-k3")]
    [InlineData(OfIpv4, Pad + "23 14 00 01 00 00 00000000000000000000ffffc000020b", "4.3-k3", "4.3-k10")]
    public void Fault_IsFound(string asked, string given, params string[] violated) =>
        Violated(asked, given).Should().BeEquivalentTo(violated.Select(id => $"rfc5648-{id}"));

    private static IEnumerable<string> Violated(string asked, string given, string status = "00") =>
        new HandMadeMobility("rfc5648", "HA")
            .Answer(
                HandMadeMobility.OfNode(HandMadeMessage.Padded("05 00 00 00 12 34 80 00 00 69", asked)),
                HandMadeMobility.Routed(HandMadeMessage.Padded($"06 00 00 00 {status} 00 12 34 00 69", given))
            )
            .Violated;
}
