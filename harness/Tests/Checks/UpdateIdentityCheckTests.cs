using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Checks;

/// <summary>What the tester finds in an update by the identity and the profile of the mobile node on the link.</summary>
public sealed class UpdateIdentityCheckTests
{
    /// <summary>The last octet of the identifier.</summary>
    private const int Identifier = HandMadeMessage.Identifier + 15;

    private const string Other = "2001:db8:100::2";

    private static readonly HandMadeMessage _named = HandMadeMessage.Update.With(Identifier, "39");
    private static readonly HandMadeMessage _later = HandMadeMessage.Update.With(6, "12 35").With(Identifier, "39");

    private static readonly Ixit _twoAnchors = HandMade.Ixit with
    {
        Domain = HandMade.Ixit.Domain with
        {
            Nodes =
            [
                .. HandMade.Ixit.Domain.Nodes,
                new DomainNode("LMA2", NodeRole.Lma, [new DomainInterface(new PortId("core")) { Addresses = [IPAddress.Parse(Other)] }]),
            ],
        },
    };

    [Fact]
    public void WrongIdentifier_IsFoundByTheLinkLayerAddress_InTheFirstUpdate() =>
        Violated(new HandMade(), _named).Should().Contain(["rfc5213-6.6-k8", "rfc5213-6.9.1.1-k1"]).And.NotContain("rfc5213-6.6-k3");

    [Fact]
    public void WrongIdentifier_InALaterUpdate_IsAnotherViolation()
    {
        var hand = new HandMade();
        hand.Node.Session.Prefixes = [Ipv6Prefix.Parse("2001:db8:8000:1::/64")];
        (hand.Node.Binding.IsRegistered, hand.Node.Binding.Until) = (true, HandMade.Start.AddMinutes(10));

        Violated(hand, _later).Should().Contain("rfc5213-6.6-k3").And.NotContain(["rfc5213-6.6-k8", "rfc5213-6.9.1.1-k1"]);
    }

    [Fact]
    public void UpdateAboutAnotherNode_IsNotJudged() =>
        Judged(new HandMade(), _named.With(HandMadeMessage.LinkLayer + 9, "09")).Findings.Should().BeEmpty();

    [Theory]
    [InlineData(Ixit.TemporaryKind, "rfc5213-6.6-k6")]
    [InlineData(Ixit.PseudonymKind, "rfc5213-6.6-k7")]
    public void Identifier_OfAKindWithItsOwnRule_IsJudgedByThat(string kind, string statement)
    {
        Violated(OfKind(kind), _named).Should().Contain(statement);

        var good = Judged(OfKind(kind), HandMadeMessage.Update);
        good.Statements.Should().Contain(statement);
        good.Violated.Select(finding => finding.Statement.Value).Should().NotContain(statement);
        Judged(new HandMade(), HandMadeMessage.Update).Statements.Should().NotContain(statement);
    }

    [Theory]
    [InlineData(Ixit.OtherAnchorKind, Other, false)]
    [InlineData(Ixit.OtherAnchorKind, HandMade.Lma, true)]
    [InlineData("dynamic", HandMade.Lma, false)]
    [InlineData("dynamic", Other, true)]
    public void Update_GoesToTheLmaOfTheProfile(string kind, string destination, bool isViolated)
    {
        var judged = OfKind(kind, _twoAnchors).WithUpdateCheck().Receive(HandMadeMessage.Update.ToFrame(HandMade.Mag, destination));

        var violated = judged.Violated.Select(finding => finding.Statement.Value).ToList();
        violated.Contains("rfc5213-6.9.1.5-k4").Should().Be(isViolated);
        violated.Contains("rfc5213-6.2-k4").Should().Be(isViolated && kind == Ixit.OtherAnchorKind);
    }

    private static HandMade OfKind(string kind, Ixit? ixit = null) => new(ixit: ixit, kind: kind);

    private static IEnumerable<string> Violated(HandMade hand, HandMadeMessage update) =>
        Judged(hand, update).Violated.Select(finding => finding.Statement.Value);

    private static HandMade Judged(HandMade hand, HandMadeMessage update) =>
        hand.WithUpdateCheck().Receive(update.ToFrame(HandMade.Mag, HandMade.Lma));
}
