using System.Net;
using Conformance.Testing.Protection;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>Checks what the tester finds in Binding Acknowledgements of a correspondent node and of a home agent.</summary>
public sealed class BindingAnswerCheckTests
{
    private const string Update = "3b 01 05 00 00 00 12 34 80 00 00 69 01 02 00 00";
    private const string Removal = "3b 01 05 00 00 00 12 34 80 00 00 00 01 02 00 00";
    private const string Answer = "3b 01 06 00 00 00 00 00 12 34 00 69 01 02 00 00";

    /// <summary>The tokens 0x0102030405060708 and 0x1112131415161718; the authenticator is computed by Python.</summary>
    private const string Authentic = "3b 03 06 00 00 00 00 00 12 34 00 69  01 04 00 00 00 00  05 0c 45e1ef6919eb0453541ae6fc";

    private static readonly MessageKey _key = MessageKey.Of(
        0x0102030405060708,
        0x1112131415161718,
        IPAddress.Parse(HandMadeMobility.CareOf),
        IPAddress.Parse(HandMadeMobility.Tested)
    );

    [Theory]
    [InlineData("CN")]
    [InlineData("HA")]
    public void GoodAnswer_ViolatesNothing(string role)
    {
        var run = new HandMadeMobility("rfc6275", role).Answer(HandMadeMobility.OfNode(Update), HandMadeMobility.Routed(Answer));

        run.Violated.Should().BeEmpty();
        run.Kept.Should().Contain(["rfc6275-9.5.4-k12", "rfc6275-9.5.4-k15", "rfc6275-6.1.8-d1", "rfc6275-6.1.8-k2", "rfc6275-6.4.1-k4"]);
    }

    [Theory]
    [InlineData("CN", Update, "3b 01 06 00 00 00 00 00 12 35 00 69 01 02 00 00", "rfc6275-6.1.8-d1")]
    [InlineData("CN", Update, "3b 01 06 00 00 00 87 00 12 35 00 69 01 02 00 00")]
    [InlineData("HA", Update, "3b 01 06 00 00 00 00 00 12 35 00 69 01 02 00 00", "rfc6275-10.3.1-k30", "rfc6275-6.1.8-d1")]
    [InlineData("HA", Removal, "3b 01 06 00 00 00 00 00 12 35 00 00 01 02 00 00", "rfc6275-10.3.2-k7", "rfc6275-6.1.8-d1")]
    [InlineData("CN", Update, "3b 01 06 00 00 00 00 01 12 34 00 69 01 02 00 00", "rfc6275-6.1.8-k2")]
    [InlineData("CN", Update, "3b 01 06 00 00 00 00 80 12 34 00 69 01 02 00 00", "rfc6275-6.1.8-k1")]
    [InlineData("HA", Update, "3b 01 06 00 00 00 00 80 12 34 00 69 01 02 00 00", "rfc6275-10.3.1-d3")]
    [InlineData("CN", Update, "3b 01 06 00 00 00 00 00 12 34 00 6a 01 02 00 00", "rfc6275-5.2.6-k1", "rfc6275-9.5.2-k3")]
    [InlineData("HA", Update, "3b 01 06 00 00 00 00 00 12 34 00 6a 01 02 00 00", "rfc6275-10.3.1-k19")]
    [InlineData("HA", Removal, "3b 01 06 00 00 00 00 00 12 34 00 01 01 02 00 00", "rfc6275-10.3.2-k8")]
    [InlineData("HA", Removal, "3b 01 06 00 00 00 00 00 12 34 00 00 02 02 00 01", "rfc6275-10.3.2-k9")]
    [InlineData("CN", Update, "3a 01 06 00 00 00 00 00 12 34 00 69 01 02 00 00", "rfc6275-6.1.1-k1")]
    [InlineData("CN", Update, "3b 01 06 01 00 00 00 00 12 34 00 69 01 02 00 00", "rfc6275-6.1.1-k3")]
    public void Field_IsJudged(string role, string update, string answer, params string[] violated) =>
        new HandMadeMobility("rfc6275", role)
            .Answer(HandMadeMobility.OfNode(update), HandMadeMobility.Routed(answer))
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Theory]
    [InlineData(HandMadeMobility.OtherCareOf, HandMadeMobility.Type2RoutingHeader, "rfc6275-9.5.4-k12")]
    [InlineData(HandMadeMobility.CareOf, "", "rfc6275-9.5.4-k15")]
    [InlineData(HandMadeMobility.CareOf, "87 02 02 01 00 00 00 00 20 01 0d b8 02 00 00 00 00 00 00 00 5e 00 00 02", "rfc6275-9.5.4-k15")]
    [InlineData(HandMadeMobility.CareOf, "87 02 02 00 00 00 00 00" + HandMadeMobility.HomeOctets, "rfc6275-6.4.1-k4")]
    [InlineData(HandMadeMobility.CareOf, "87 02 02 01 00 00 00 01" + HandMadeMobility.HomeOctets, "rfc6275-6.4.1-k1")]
    public void AddressesOfTheAnswer_AreJudged(string destination, string header, string violated)
    {
        var answer =
            header.Length == 0 ? HandMadeMobility.Plain(Answer, destination) : HandMadeMobility.Routed(Answer, destination, header);

        new HandMadeMobility("rfc6275").Answer(HandMadeMobility.OfNode(Update), answer).Violated.Should().Equal(violated);
    }

    [Fact]
    public void ChecksumAndSource_AreJudged()
    {
        const string Elsewhere = "2001:db8:100::c2";
        var wrong = HandMadeMobility.Routed(Answer);
        wrong[^1] ^= 1;

        new HandMadeMobility("rfc6275").Answer(HandMadeMobility.OfNode(Update), wrong).Violated.Should().Equal("rfc6275-6.1.1-d1");
        new HandMadeMobility("rfc6275")
            .Answer(
                HandMadeMobility.Plain(Update, HandMadeMobility.Tested, HandMadeMobility.Home),
                HandMadeMobility.Plain(Answer, HandMadeMobility.Home, Elsewhere)
            )
            .Violated.Should()
            .Equal("rfc6275-5.2.6-d1");
        new HandMadeMobility("rfc6275")
            .Answer(
                HandMadeMobility.Plain(Update, HandMadeMobility.Tested, HandMadeMobility.Home),
                HandMadeMobility.Plain(Answer, HandMadeMobility.CareOf)
            )
            .Violated.Should()
            .Equal("rfc6275-9.5.4-k12", "rfc6275-9.5.4-k13");
    }

    [Fact]
    public void AnswerToAnUpdateFromHome_HasNoRoutingHeader()
    {
        var update = HandMadeMobility.Plain(Removal, HandMadeMobility.Tested, HandMadeMobility.Home);
        var answer = "3b 01 06 00 00 00 00 00 12 34 00 00 01 02 00 00";

        new HandMadeMobility("rfc6275", "HA")
            .Answer(update, HandMadeMobility.Plain(answer, HandMadeMobility.Home))
            .Violated.Should()
            .BeEmpty();
        new HandMadeMobility("rfc6275", "HA")
            .Answer(update, HandMadeMobility.Routed(answer, HandMadeMobility.Home))
            .Violated.Should()
            .Equal("rfc6275-9.5.4-k14");
    }

    [Theory]
    [InlineData(Authentic)]
    [InlineData("3b 01 06 00 00 00 88 00 12 34 00 00 01 02 00 00")]
    [InlineData(Answer, "rfc6275-9.5.4-k8")]
    [InlineData(
        "3b 03 06 00 00 00 88 00 12 34 00 00  01 04 00 00 00 00  05 0c 45e1ef6919eb0453541ae6fc",
        "rfc6275-9.5.4-k7",
        "rfc6275-9.5.4-k9"
    )]
    [InlineData("3b 03 06 00 00 00 00 00 12 34 00 69  01 04 00 00 00 00  05 0c 45e1ef6919eb0453541ae6fd", "rfc6275-9.5.4-k9")]
    [InlineData(
        "3b 03 06 00 00 00 00 00 12 34 00 69  01 00  05 0c 45e1ef6919eb0453541ae6fc 02 02 00 01",
        "rfc6275-9.5.4-k9",
        "rfc6275-6.2-k1"
    )]
    [InlineData(
        "3b 03 06 00 00 00 00 00 12 34 00 69  01 00  05 0c 45e1ef6919eb0453541ae6fc 01 02 00 00",
        "rfc6275-9.5.4-k9",
        "rfc6275-6.2-k2"
    )]
    public void Authenticator_IsJudged(string answer, params string[] violated) =>
        new HandMadeMobility("rfc6275")
            .Answer(HandMadeMobility.OfNode(Update), HandMadeMobility.Routed(answer), _key)
            .Violated.Should()
            .BeEquivalentTo(violated);

    [Fact]
    public void WithoutAnAuthenticRequest_NoAuthenticatorIsMissing() =>
        new HandMadeMobility("rfc6275")
            .Answer(HandMadeMobility.OfNode(Update), HandMadeMobility.Routed("3b 01 06 00 00 00 83 00 12 34 00 00 01 02 00 00"))
            .Violated.Should()
            .BeEmpty();
}
