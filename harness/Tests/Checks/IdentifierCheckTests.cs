using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in the BID options of Binding Acknowledgements, in both editions.</summary>
public sealed class IdentifierCheckTests
{
    private const string Rfc = "rfc5648";
    private const string Draft = "mcoa-draft-04";

    private const string One = "23 04 00 01 00 00";
    private const string Two = "23 04 00 02 00 00";
    private const string Pad = "01 04 00 00 00 00";
    private const string OneAtHome = "23 04 00 01 00 80";
    private const string CareOf = "20010db8010000000000000005e20001";
    private const string OtherCareOf = "20010db8010000000000000005e30001";
    private const string OneWithAddress = "23 14 00 01 00 00" + CareOf;

    [Theory]
    [InlineData(Rfc, "CN", One, "00", One)]
    [InlineData(Rfc, "HA", One + Two, "04", One + "23 04 00 02 a7 00")]
    [InlineData(Rfc, "HA", One + Two, "04", "23 04 00 01 a4 00 23 04 00 02 a4 00")]
    [InlineData(Rfc, "HA", One, "00", "23 04 00 01 a7 00")]
    [InlineData(Rfc, "HA", One, "a6", One)]
    [InlineData(Rfc, "HA", OneAtHome, "00", "23 04 00 01 05 80")]
    [InlineData(Rfc, "CN", OneAtHome, "00", One)]
    [InlineData(Rfc, "HA", OneAtHome, "00", One)]
    [InlineData(Rfc, "CN", "23 03 00 01 00", "a4", "")]
    [InlineData(Rfc, "CN", "", "00", "")]
    [InlineData(Draft, "HA", One, "00", One)]
    [InlineData(Draft, "HA", One + Two, "00", One + "23 04 00 02 a4 00")]
    [InlineData(Draft, "HA", "23 04 00 01 00 40", "00", One)]
    [InlineData(Draft, "HA", One, "00", "01 02 00 00 23 14 00 01 00 80" + CareOf)]
    [InlineData(Rfc, "CN", OneWithAddress, "00", Pad + OneWithAddress)]
    [InlineData(Rfc, "CN", OneWithAddress, "a6", Pad + OneWithAddress)]
    [InlineData(Rfc, "HA", "23 08 00 01 00 00 c0 00 02 01", "a4", Pad + "23 08 00 01 00 00 c0 00 02 01")]
    [InlineData(Rfc, "HA", "23 05 00 01 00 00 00", "a4", "23 05 00 01 00 00 00")]
    [InlineData(Rfc, "HA", "23 04 00 01 00 7f", "00", "23 04 00 01 00 7f")]
    [InlineData(Draft, "HA", "01 02 00 00 23 14 00 01 00 80" + CareOf, "00", "23 04 00 01 00 80")]
    [InlineData("rfc6275", "CN", One, "00", "")]
    public void GoodAnswer_ViolatesNothing(string edition, string role, string asked, string status, string given) =>
        Violated(edition, role, asked, status, given).Should().BeEmpty();

    [Theory]
    [InlineData(Rfc, "CN", One, "00", "", "rfc5648-5.7-k1", "rfc5648-6.2-k14", "rfc5648-6.2-k15")]
    [InlineData(Rfc, "CN", One, "a6", "", "rfc5648-5.7-k1", "rfc5648-6.2-k15")]
    [InlineData(Rfc, "HA", One + Two, "00", One, "rfc5648-6.2-k15")]
    [InlineData(Rfc, "HA", One, "00", Two, "rfc5648-6.2-k15")]
    [InlineData(Rfc, "HA", OneAtHome + Two, "00", Two, "rfc5648-6.2-k15", "rfc5648-6.3-d1")]
    [InlineData(Rfc, "CN", One, "00", "23 04 00 01 a7 00", "rfc5648-6.2-k17", "rfc5648-6.2-k18")]
    [InlineData(Rfc, "CN", One, "a7", "23 04 00 01 a7 00", "rfc5648-6.2-k18")]
    [InlineData(Rfc, "HA", One + Two, "00", One + "23 04 00 02 a7 00", "rfc5648-6.2-k20")]
    [InlineData(Rfc, "HA", One + Two, "04", One + Two, "rfc5648-6.2-k19")]
    [InlineData(Rfc, "HA", One, "a4", "23 04 00 01 a4 00", "rfc5648-6.2-k21")]
    [InlineData(Rfc, "HA", One, "04", "23 04 00 01 a4 00", "rfc5648-6.2-k21")]
    [InlineData(Rfc, "HA", One + Two, "a4", "23 04 00 01 a4 00 23 04 00 02 a4 00", "rfc5648-6.2-k21")]
    [InlineData(Rfc, "HA", One + Two, "04", "23 04 00 01 01 00 23 04 00 02 01 00", "rfc5648-6.2-k21")]
    [InlineData(Rfc, "CN", One, "00", "01 04 00 00 00 00 23 14 00 01 00 00" + CareOf, "rfc5648-4.3-k10")]
    [InlineData(Rfc, "CN", One, "00", "23 05 00 01 00 00 00", "rfc5648-4.3-k2")]
    [InlineData(Rfc, "CN", OneWithAddress, "00", Pad + "23 14 00 01 00 00" + OtherCareOf, "rfc5648-4.3-k10")]
    [InlineData(Rfc, "HA", One, "00", Pad + "23 08 00 01 00 00 c0 00 02 01", "rfc5648-4.3-k10")]
    [InlineData(Rfc, "HA", One, "00", "23 0c 00 01 00 00 20 01 0d b8 01 00 00 00", "rfc5648-4.3-k4")]
    [InlineData(Rfc, "CN", One, "00", "23 04 00 01 00 01", "rfc5648-4.3-k7")]
    [InlineData(Rfc, "CN", One, "00", "00" + One, "rfc5648-4.3-d1")]
    [InlineData(Draft, "CN", One, "00", "", "mcoa-draft-04-5.6-k1", "mcoa-draft-04-6.3-k20", "mcoa-draft-04-6.3-k21")]
    [InlineData(Draft, "HA", One + Two, "00", Two, "mcoa-draft-04-6.3-k21")]
    [InlineData(Draft, "CN", One, "00", "23 04 00 01 a4 00", "mcoa-draft-04-6.3-d11")]
    [InlineData(Draft, "CN", One, "00", "23 04 00 01 00 80", "mcoa-draft-04-4.2.1-k2")]
    [InlineData(Draft, "CN", One, "00", "01 02 00 00 23 14 00 01 00 00" + CareOf, "mcoa-draft-04-4.2.1-k1")]
    [InlineData(Draft, "CN", One, "00", "23 04 00 01 00 01", "mcoa-draft-04-4.2.1-d2")]
    public void Fault_IsFound(string edition, string role, string asked, string status, string given, params string[] violated) =>
        Violated(edition, role, asked, status, given).Should().BeEquivalentTo(violated);

    [Theory]
    [InlineData(Rfc)]
    [InlineData(Draft)]
    public void CorrespondentThatIgnoresIdentifiers_ViolatesNothing(string edition) =>
        Violated(edition, "CN", One, "00", "", "ignores-bid").Should().BeEmpty();

    private static IEnumerable<string> Violated(
        string edition,
        string role,
        string asked,
        string status,
        string given,
        params string[] claims
    ) =>
        new HandMadeMobility(edition, role, claims)
            .Answer(
                HandMadeMobility.OfNode(HandMadeMessage.Padded("05 00 00 00 12 34 80 00 00 69", asked)),
                HandMadeMobility.Routed(
                    HandMadeMessage.Padded($"06 00 00 00 {status} 00 12 34 00 {(status == "00" || status == "04" ? "69" : "00")}", given)
                )
            )
            .Violated;
}
