using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.GatewayFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 5213, Section 6.9.4, and RFC 6275, Section 11.8: at most three messages within a second for a mobile node.</summary>
public class GatewayRateTests
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(10);

    private readonly GatewayFixture _gateway = new();

    [Fact]
    public void FourthMessageWithinASecond_WaitsUntilTheFirstIsASecondOld()
    {
        var first = _gateway.Solicit().Only<BindingUpdate>();
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1)).Should().ContainSingle();
        Next(Attached).Should().ContainSingle().Which.SequenceNumber.Should().Be((ushort)(first.SequenceNumber + 2));
        _gateway.Answer();

        Next(new RoleInput.LinkDown(Link1)).Should().BeEmpty();

        _gateway.Role.AdvanceToJustBefore(TimeSpan.FromMilliseconds(970)).Messages<BindingUpdate>().Should().BeEmpty();
        var late = _gateway.Advance(TimeSpan.FromTicks(1)).Only<BindingUpdate>();
        (late.LifetimeUnits, late.SequenceNumber).Should().Be((0, (ushort)(first.SequenceNumber + 3)), "no number was lost");
    }

    [Fact]
    public void MessagesForOtherMobileNodes_AreNotDelayed()
    {
        _gateway.Solicit();
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1));
        Next(Attached);

        _gateway.Solicit(Link2, Mac2).Messages<BindingUpdate>().Should().ContainSingle();
    }

    [Fact]
    public void MobileNodeThatLeaves_BeforeItsMessageWasSent_HasNone()
    {
        _gateway.Solicit();
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1));
        Next(Attached);
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1)).Should().BeEmpty();
        Next(Attached).Should().BeEmpty();
        Next(new RoleInput.LinkDown(Link1)).Should().BeEmpty();

        _gateway.Advance(TimeSpan.FromSeconds(2)).Messages<BindingUpdate>().Should().BeEmpty();
    }

    private static RoleInput.Icmp Attached
    {
        get
        {
            var (source, destination) = (Mac1.LinkLocalAddress(), Ipv6Multicast.AllRouters);
            var message = new RouterSolicitation(NdOptionList.Empty).ToBytes(source, destination);
            return new RoleInput.Icmp(source, destination, Link1, Mac1, message);
        }
    }

    /// <summary>The messages that an input causes 10 ms later.</summary>
    private IReadOnlyList<BindingUpdate> Next(RoleInput input)
    {
        _gateway.Advance(_step);
        if (input is RoleInput.Icmp)
        {
            _gateway.Handle(new RoleInput.LinkUp(Link1));
        }
        return _gateway.Handle(input).Messages<BindingUpdate>();
    }
}
