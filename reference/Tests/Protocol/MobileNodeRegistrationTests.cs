using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.MobileNodeFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>RFC 6275, Sections 11.5, 11.7 and 11.8, with one care-of address.</summary>
public class MobileNodeRegistrationTests
{
    private readonly MobileNodeFixture _node = Plain();

    [Fact]
    public void FirstLink_IsRegistered_AndThePacketsOfTheHomeAddressAreTunnelled()
    {
        _node.Attach(1);

        var sent = _node.Updates.Should().ContainSingle().Which;
        sent.Path.Should().Be(new Ipv6Signaling(CareOf(1), Agent) { HomeAddress = Home });
        sent.Update.Flags.Should().Be(BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration);
        sent.Update.Lifetime.Should().Be(TimeSpan.FromSeconds(420));
        sent.Update.Options.Should().Equal(new AlternateCareOfAddressOption(CareOf(1)));
        var tunnel = new Tunnel(CareOf(1), Agent);
        _node
            .Actions.Should()
            .Equal(
                new RoleAction.AddTunnel(tunnel),
                new RoleAction.AddRoute(new Route(IpPrefix.AllIpv6, new RouteTarget.OneOf([tunnel])) { From = IpPrefix.Of(Home) })
            );
    }

    [Fact]
    public void NextLink_IsRegistered_WhenTheFirstIsLost()
    {
        _node.Attach(1, 2);
        _node.Updates.Should().ContainSingle();
        _node.Forget();
        _node.Detach(1);
        var sent = _node.Updates.Should().ContainSingle().Which;
        sent.Path.Source.Should().Be(CareOf(2));
        _node.Actions.Should().Contain(new RoleAction.RemoveTunnel(new Tunnel(CareOf(1), Agent)));
    }

    [Fact]
    public void Update_IsRepeated_WithNewNumbers_AtDoubledIntervals()
    {
        _node.AgentAnswers = false;
        _node.Attach(1);
        _node.Advance(210);
        _node.Updates.Select(sent => sent.At.TotalSeconds).Should().Equal(0, 1.5, 4.5, 10.5, 22.5, 46.5, 78.5, 110.5, 142.5, 174.5, 206.5);
        var first = _node.Updates[0].Update.SequenceNumber;
        _node
            .Updates.Select(sent => (ushort)(sent.Update.SequenceNumber - first))
            .Should()
            .Equal(Enumerable.Range(0, 11).Select(n => (ushort)n));
    }

    [Fact]
    public void Binding_IsRefreshed_BeforeItsLifetimeEnds()
    {
        _node.Granted = 10;
        _node.Attach(1);
        _node.Advance(100);
        _node.Updates.Select(sent => sent.At.TotalSeconds).Should().Equal(0, 30, 60, 90);
    }

    [Fact]
    public void RefreshAdvice_IsFollowed()
    {
        _node.Edits.Enqueue((_, answer) => answer with { Options = [new BindingRefreshAdviceOption(5)] });
        _node.Attach(1);
        _node.Advance(21);
        _node.Updates.Select(sent => sent.At.TotalSeconds).Should().Equal(0, 20);
    }

    [Fact]
    public void Refusal_EndsTheRegistration_OfThisCareOfAddressAlone()
    {
        _node.AnswerNext(BindingStatus.INSUFFICIENT_RESOURCES);
        _node.Attach(1);
        _node.Advance(100);
        _node.Updates.Should().ContainSingle();
        _node.Detach(1);
        _node.Attach(2);
        _node.Updates.Should().HaveCount(2);
    }

    [Fact]
    public void SequenceNumber_ContinuesFromThatOfStatus135()
    {
        _node.Edits.Enqueue((_, answer) => answer with { Status = BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW, SequenceNumber = 4711 });
        _node.Attach(1);
        _node.Updates.Select(sent => sent.Update.SequenceNumber).Last().Should().Be(4712);
        _node.Updates.Should().HaveCount(2);
    }

    [Fact]
    public void Acknowledgement_OfAnotherNumber_IsIgnored()
    {
        _node.Edits.Enqueue((_, answer) => answer with { SequenceNumber = (ushort)(answer.SequenceNumber + 1) });
        _node.Attach(1);
        _node.Advance(1.5);
        _node.Updates.Should().HaveCount(2);
    }

    [Fact]
    public void DuplicateHomeAddress_IsNotRegisteredAgain()
    {
        _node.AnswerNext(BindingStatus.DUPLICATE_ADDRESS_DETECTION_FAILED);
        _node.Attach(1);
        _node.Detach(1);
        _node.Advance(60);
        _node.Attach(1, 2);
        _node.Updates.Should().ContainSingle();
    }

    [Fact]
    public void Protection_IsUsed_AndRequired()
    {
        var node = Plain(settings => settings with { ProtectionRequired = true });
        node.Attach(1);
        var sent = node.Updates.Should().ContainSingle().Which;
        sent.Action.ProtectedFor.Should().Be(Agent);
        node.MobileNode.Bindings.Should().ContainSingle();
        node.AgentAnswers = false;
        node.Detach(1);
        node.Attach(2);
        var update = node.Updates[^1].Update;
        node.Receive(new BindingAcknowledgement(0, 0, update.SequenceNumber, 10, []), Agent, CareOf(2));
        node.MobileNode.Bindings.Should().ContainSingle().Which.Binding.CareOf.Should().Be(CareOf(1), "the answer was not protected");
    }

    [Fact]
    public void BindingError_OfTheHomeAgent_IsAnsweredByAnUpdate()
    {
        _node.Attach(1);
        _node.Receive(new BindingError(BindingError.UnknownBindingForHomeAddress, Home, []), Agent, CareOf(1));
        _node.Updates.Should().HaveCount(2);
        _node.Receive(new BindingError(BindingError.UnknownBindingForHomeAddress, Home, []), Correspondent, CareOf(1));
        _node.Updates.Should().HaveCount(2);
    }

    [Fact]
    public void RefreshRequest_IsAnsweredByAnUpdate()
    {
        _node.Attach(1);
        _node.Receive(new BindingRefreshRequest([]), Agent, CareOf(1));
        _node.Updates.Should().HaveCount(2);
    }

    [Fact]
    public void PrefixDiscovery_IsStarted_WhenTheHomeAgentAsksForIt()
    {
        _node.AnswerNext(BindingStatus.ACCEPTED_PREFIX_DISCOVERY_NECESSARY);
        _node.Attach(1);
        var icmp = _node.Actions.OfType<RoleAction.SendIcmp>().Should().ContainSingle().Which;
        (icmp.Source, icmp.Destination, icmp.HomeAddress).Should().Be((CareOf(1), Agent, Home));
    }
}
