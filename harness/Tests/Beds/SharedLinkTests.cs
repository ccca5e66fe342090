using Conformance.TestBeds.Simulated;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Beds;

/// <summary>RFC 5213, Section 6.3: a link that emulates a point-to-point link to each of its mobile nodes.</summary>
public sealed class SharedLinkTests
{
    private static readonly LinkId _first = new("link1");
    private static readonly LinkId _second = new("link1/2");
    private static readonly MacAddress _gateway = MacAddress.Parse("00:00:5e:00:52:13");
    private static readonly MacAddress _all = MacAddress.Parse("33:33:00:00:00:01");

    private readonly SharedLink _link = new([_first, _second]);

    [Fact]
    public void MobileNodes_HaveALinkEach_AndKeepIt()
    {
        Heard(1).Should().Be(_first);
        Heard(2).Should().Be(_second);
        Heard(2).Should().Be(_second);
        Heard(1).Should().Be(_first);
    }

    [Fact]
    public void AnotherMobileNode_GetsTheLinkOfTheOneThatWasSilentForLongest()
    {
        Heard(1);
        Heard(2);
        Heard(1);

        Heard(3).Should().Be(_second);
        Heard(1).Should().Be(_first);
    }

    [Fact]
    public void Frame_ForAGroup_HasTheAddressOfTheMobileNodeOfItsLink()
    {
        Heard(1);
        Heard(2);

        Destination(_first).Should().Be(Mac(1));
        Destination(_second).Should().Be(Mac(2));
    }

    [Fact]
    public void Link_WithoutMobileNode_CarriesNothing()
    {
        Destination(_first).Should().BeNull();
        Heard(1);
        Destination(_second).Should().BeNull();
        _link.Clear();
        Destination(_first).Should().BeNull();
    }

    private LinkId Heard(byte number) => _link.LinkOf(Frame(Mac(number), _all));

    private MacAddress? Destination(LinkId on) =>
        _link.Addressed(new OutgoingFrame(on, Frame(_gateway, _all))) is { } sent && EthernetFrame.TryParse(sent, out var frame, out _)
            ? frame.Destination
            : null;

    private static byte[] Frame(MacAddress source, MacAddress destination) =>
        new EthernetFrame(destination, source, EthernetFrame.Ipv6EtherType, new byte[40]).ToBytes();

    private static MacAddress Mac(byte number) => new([0x02, 0x5e, 0, 0, 0, number]);
}
