using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
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
    public void DeRegistrationThatIsDelayed_IsSent_AlsoIfAnotherMobileNodeTakesTheLink()
    {
        var departed = Depart();
        var successor = Next(AttachedWith(Mac2)).Should().ContainSingle().Subject;
        _gateway.Answer(prefixes: [OtherPrefix]);

        var late = _gateway.Advance(UpdateRate.Period).Only<BindingUpdate>();

        (late.LifetimeUnits, Of(late)).Should().Be((0, departed));
        Of(successor).Should().NotBe(departed);
        _gateway.Advance(UpdateRate.Period).Messages<BindingUpdate>().Should().BeEmpty();
    }

    [Fact]
    public void MobileNodeThatComesBack_BeforeItsDeRegistrationWasSent_IsRegisteredOnly()
    {
        Depart();
        Next(AttachedWith(Mac2));
        _gateway.Answer(prefixes: [OtherPrefix]);
        Next(Attached).Should().ContainSingle().Which.LifetimeUnits.Should().Be(0, "it de-registers the other mobile node");

        _gateway.Advance(UpdateRate.Period).Only<BindingUpdate>().LifetimeUnits.Should().BePositive();
    }

    [Fact]
    public void MobileNodeThatComesBackAndLeaves_BeforeItsMessagesWereSent_IsDeRegistered()
    {
        Depart();
        Next(Attached).Should().BeEmpty();
        Next(new RoleInput.LinkDown(Link1)).Should().BeEmpty();

        _gateway.Advance(UpdateRate.Period).Only<BindingUpdate>().LifetimeUnits.Should().Be(0);
    }

    private static RoleInput.Icmp Attached => AttachedWith(Mac1);

    private static RoleInput.Icmp AttachedWith(MacAddress mac)
    {
        var (source, destination) = (mac.LinkLocalAddress(), Ipv6Multicast.AllRouters);
        var message = new RouterSolicitation(NdOptionList.Empty).ToBytes(source, destination);
        return new RoleInput.Icmp(source, destination, Link1, mac, message);
    }

    private static string Of(BindingUpdate update) => update.Options.First<MobileNodeIdentifierOption>()!.Nai;

    /// <summary>A mobile node leaves after three messages within a second, so that its de-registration has to wait.</summary>
    private string Depart()
    {
        var mobileNode = Of(_gateway.Solicit().Only<BindingUpdate>());
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1));
        Next(Attached);
        _gateway.Answer();
        Next(new RoleInput.LinkDown(Link1)).Should().BeEmpty();
        return mobileNode;
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
