using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Sections 6.8, 6.9.1.2(15), 6.9.3 and 9.3: the addresses of a MAG on its access links.</summary>
public class GatewayLinkAddressTests
{
    private static readonly MacAddress _fixed = MacAddress.Parse("00:00:5e:00:52:13");
    private static readonly IPAddress _ofMobileNode = Mac1.LinkLocalAddress();

    private readonly GatewayFixture _gateway = new();

    [Fact]
    public void AddressOfTheAnchor_NeedsNoTest() => _gateway.Register().Advertisements().Should().ContainSingle();

    [Fact]
    public void AddressesOfTheMobileNode_AreNeitherConfiguredNorDefended()
    {
        _gateway.Register().OfType<RoleAction.AddAddress>().Select(add => add.Address).Should().Equal(LinkLocal);

        var address = Prefix.AddressWith(Mac1.InterfaceIdentifier());
        var test = new NeighborSolicitation(address, NdOptionList.Empty);
        _gateway.FromMobileNode(Link1, Mac1, IPAddress.IPv6Any, Ipv6Multicast.SolicitedNode(address), test).Should().BeEmpty();
    }

    [Fact]
    public void OwnAddress_IsAdvertisedFromAfterItsTest_AndUploadedAtOnce()
    {
        var registered = Collide();

        var own = Added(registered);
        own.Should().NotBe(_ofMobileNode);
        Uploaded(registered).Should().Be(own);
        registered.Advertisements().Should().BeEmpty();
        _gateway.Solicit().Advertisements().Should().BeEmpty();

        var tested = _gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: true));

        tested.OfType<RoleAction.SendIcmp>().Should().ContainSingle().Which.Source.Should().Be(own);
        _gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: true)).Should().BeEmpty();
        _gateway.Solicit().Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void OwnAddress_ThatAnotherNodeHas_IsReplaced_AndTheNewOneUploaded()
    {
        var own = Added(Collide());
        _gateway.Answer();

        var tested = _gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: false));

        var other = Added(tested);
        other.Should().NotBe(own).And.NotBe(_ofMobileNode);
        tested.Should().Contain(new RoleAction.RemoveAddress(Link1, own));
        Uploaded(tested).Should().Be(other);
        _gateway.Answer().Messages<BindingUpdate>().Should().BeEmpty();
        _gateway.Handle(new RoleInput.AddressTested(Link1, other, IsUnique: true)).Advertisements().Should().ContainSingle();
    }

    [Fact]
    public void OwnAddress_ThatIsReplacedDuringItsUpload_IsUploadedAfterTheAnswer()
    {
        var own = Added(Collide());

        var other = Added(_gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: false)));

        Uploaded(_gateway.Answer()).Should().Be(other);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddressThatTheGatewayDoesNotUse_ChangesNothing(bool isUnique)
    {
        _gateway.Register();

        _gateway.Handle(new RoleInput.AddressTested(Link1, IPAddress.Parse("fe80::77"), isUnique)).WithoutLog().Should().BeEmpty();
    }

    [Fact]
    public void LinkDown_EndsTheTest()
    {
        var own = Added(Collide());
        _gateway.Answer();
        _gateway.Handle(new RoleInput.LinkDown(Link1));
        _gateway.Answer();

        _gateway.Handle(new RoleInput.AddressTested(Link1, own, IsUnique: true)).Should().BeEmpty();
        _gateway.Advance(UpdateRate.Period);
        _gateway.Handle(new RoleInput.LinkUp(Link1));
        _gateway.Register().Advertisements().Should().ContainSingle("the LMA names an address that the mobile node does not use");
    }

    [Fact]
    public void FixedLinkLayerAddress_IsAdvertisedOnEveryLink_AndIsNotAMobileNode()
    {
        var gateway = new GatewayFixture(Settings with { FixedMAGLinkLayerAddressOnAllAccessLinks = _fixed });

        gateway.Solicit(mac: _fixed).Should().BeEmpty();
        LinkLayer(gateway.Register()).Should().Be(_fixed);
        LinkLayer(gateway.Register(Link2, Mac2)).Should().Be(_fixed);
        LinkLayer(_gateway.Register()).Should().Be(GatewayMac);
    }

    [Fact]
    public void FixedLinkLayerAddress_OfAGroup_IsRefused() =>
        FluentActions
            .Invoking(() => new GatewayFixture(Settings with { FixedMAGLinkLayerAddressOnAllAccessLinks = MacAddress.Broadcast }))
            .Should()
            .Throw<ArgumentException>();

    [Fact]
    public void AddressesOfAMobileNode_AreRemembered_UpToALimit()
    {
        _gateway.Register();
        for (var i = 0; i < 100; i++)
        {
            _gateway.FromMobileNode(
                Link1,
                Mac1,
                IPAddress.Parse($"fe80::{i + 1:x}"),
                Ipv6Multicast.AllRouters,
                new RouterSolicitation(NdOptionList.Empty)
            );
        }

        var known = ((MobileAccessGateway)_gateway.Role.Tested).Snapshot().Attachments.Single().Attachment.MobileNode.LinkLocalAddresses;
        known.Should().HaveCount(64).And.Contain([_ofMobileNode, IPAddress.Parse("fe80::1")]);
    }

    /// <summary>The LMA names the link-local address of the mobile node.</summary>
    private IReadOnlyList<RoleAction> Collide()
    {
        _gateway.Solicit();
        return _gateway.Answer(edit: answer =>
            answer with
            {
                Options = new MobilityOptionList(
                    answer.Options.Select(option => option is LinkLocalAddressOption ? new LinkLocalAddressOption(_ofMobileNode) : option)
                ),
            }
        );
    }

    private static IPAddress Added(IReadOnlyList<RoleAction> actions)
    {
        var added = actions.OfType<RoleAction.AddAddress>().Should().ContainSingle().Which;
        added.PerformDad.Should().BeTrue();
        return added.Address;
    }

    private static IPAddress? Uploaded(IReadOnlyList<RoleAction> actions) =>
        actions.Only<BindingUpdate>().Options.First<LinkLocalAddressOption>()?.Address;

    private static MacAddress LinkLayer(IReadOnlyList<RoleAction> actions) =>
        actions.Advertisements().Should().ContainSingle().Which.Options.First<SourceLinkLayerAddressOption>()!.Address;
}
