using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>What the tester's peers send: each form of protection differs in what its name says and in nothing else.</summary>
public sealed class EspPeerTests
{
    private readonly HandMade _made = new(ixit: EspNetwork.Ixit("LMA1"), keys: EspNetwork.Keys);

    private EspPeer Peer => field ??= new(_made.Session);

    [Fact]
    public void Message_IsProtectedAsAgreed_WithNumbersThatGrow()
    {
        var update = EspNetwork.Update();

        var (first, second) = (Peer.Protect(update), Peer.Protect(update));

        foreach (var packet in (Ipv6Packet[])[first, second])
        {
            (packet.NextHeader, packet.Source, packet.Destination).Should().Be((IpProtocol.Esp, update.Source, update.Destination));
            Spi(packet).Should().Be(EspNetwork.ToLma);
            var opened = Open(packet, EspNetwork.ToLma);
            opened!.NextHeader.Should().Be(IpProtocol.MobilityHeader);
            opened.Data.Should().Equal(update.Payload.ToArray());
        }

        Number(second).Should().Be(Number(first) + 2);
        first.Payload.Span[8..24].SequenceEqual(second.Payload.Span[8..24]).Should().BeFalse("the initialization vector is another");
    }

    [Fact]
    public void Numbers_GrowFromOneScenarioToTheNext()
    {
        var later = new HandMade(ixit: EspNetwork.Ixit("LMA1"), keys: EspNetwork.Keys);
        later.Session.Tester.WaitUntil(HandMade.Start + TimeSpan.FromSeconds(1));

        Number(new EspPeer(later.Session).Protect(EspNetwork.Update())).Should().Be(Number(Peer.Protect(EspNetwork.Update())) + 16);
    }

    /// <summary>A receiver that detects replays discards a number that an earlier scenario has used.</summary>
    [Fact]
    public void NextScenario_BeginsWhenTheClockHasCaughtUp()
    {
        var last = Enumerable.Range(0, 20).Select(_ => Number(Peer.Protect(EspNetwork.Update()))).Last();

        _made.Session.AwaitNext();

        var later = new HandMade(ixit: EspNetwork.Ixit("LMA1"), keys: EspNetwork.Keys);
        later.Session.Tester.WaitUntil(_made.Session.Bed.Now);
        Number(new EspPeer(later.Session).Protect(EspNetwork.Update())).Should().BeInRange(last + 1, last + 4);
    }

    [Fact]
    public void Forms_AreWhatTheirNamesSay()
    {
        var update = EspNetwork.Update();
        var plain = Peer.Protect(update);

        Peer.Protect(update, EspForm.None).Should().Be(update);

        var wrongKey = Peer.Protect(update, EspForm.WrongKey);
        (Spi(wrongKey), Open(wrongKey, EspNetwork.ToLma)).Should().Be((EspNetwork.ToLma, null));
        OpenBy(EspNetwork.Key(EspNetwork.ToLma).Inverted(), wrongKey)!.Data.Should().Equal(update.Payload.ToArray());

        var otherSpi = Peer.Protect(update, EspForm.OtherSpi);
        EspNetwork.Opened.Has(Spi(otherSpi)).Should().BeFalse();
        Open(otherSpi, EspNetwork.ToLma).Should().NotBeNull();

        var another = Peer.Protect(update, EspForm.AssociationOfAnother);
        (Spi(another), another.Source).Should().Be((EspNetwork.ToLmaOfMag2, EspNetwork.Mag));
        EspOctets
            .Open(Testing.Domains.EspAlgorithms.NullHmacSha256, EspNetwork.Key(EspNetwork.ToLmaOfMag2), another.Payload.Span, out _)
            .Should()
            .NotBeNull();

        var tunnel = Open(Peer.Protect(update, EspForm.TunnelMode), EspNetwork.ToLma)!;
        tunnel.NextHeader.Should().Be(IpProtocol.Ipv6);
        tunnel.Data.Should().Equal(update.ToBytes());

        Peer.Protect(update, EspForm.NoCheckValue).Payload.Length.Should().Be(plain.Payload.Length - 16);
    }

    [Fact]
    public void Replay_HasTheOctetsOfTheLastPacket_AndDelayedPackets_HaveUnusedNumbers()
    {
        var update = EspNetwork.Update();
        var (first, second) = (Peer.Protect(update), Peer.Protect(update));

        Peer.Protect(EspNetwork.Update(), EspForm.Replayed).Payload.Span.SequenceEqual(second.Payload.Span).Should().BeTrue();
        Number(Peer.Protect(update, EspForm.Delayed)).Should().Be(Number(first) + 1);
        Number(Peer.Protect(update, EspForm.DelayedTooLong)).Should().Be(Number(second) - (1 << 20) - 1);
        Number(Peer.Protect(update)).Should().Be(Number(second) + 2, "an old number does not change the next one");
    }

    [Fact]
    public void WithoutAssociation_NothingIsProtected_AndNothingElseCanBeAsked()
    {
        var peer = new EspPeer(new HandMade().Session);

        peer.Protect(EspNetwork.Update()).Should().Be(EspNetwork.Update());
        FluentActions.Invoking(() => peer.Protect(EspNetwork.Update(), EspForm.WrongKey)).Should().Throw<StepFailedException>();
    }

    [Fact]
    public void AnotherAssociation_ThatTheIxitDoesNotHave_IsNoFaultOfTheDevice()
    {
        var ixit = EspNetwork.Ixit("LMA1");
        var alone = ixit with { Domain = ixit.Domain with { Associations = [.. EspNetwork.Associations.Take(2)] } };
        var peer = new EspPeer(new HandMade(ixit: alone, keys: EspNetwork.Keys).Session);

        FluentActions
            .Invoking(() => peer.Protect(EspNetwork.Update(), EspForm.AssociationOfAnother))
            .Should()
            .Throw<StepFailedException>()
            .WithMessage("the IXIT has no security association of 2001:db8:100::1 with another node");
    }

    [Fact]
    public void TunnelPacket_IsProtected_WhereThereIsAnAssociationForIt()
    {
        var ixit = EspNetwork.Ixit("MAG1");
        var payload = EspNetwork.Of(EspNetwork.Payload, "LMA1", "MAG1", Testing.Domains.EspAlgorithms.NullHmacSha256, isTunnel: true);
        var with = ixit with { Domain = ixit.Domain with { Associations = [.. EspNetwork.Associations, payload] } };
        var peer = new EspPeer(new HandMade(ixit: with, keys: EspNetwork.Keys).Session);
        var packet = new Ipv6Packet(EspNetwork.Lma, EspNetwork.Mag, IpProtocol.Ipv6, new byte[40]) { TrafficClass = 3 };

        var sent = peer.ProtectTunnel(packet);

        (sent.NextHeader, sent.TrafficClass, Spi(sent)).Should().Be((IpProtocol.Esp, 3, EspNetwork.Payload));
        Peer.ProtectTunnel(packet).Should().Be(packet);
    }

    private static EspContent? Open(Ipv6Packet packet, uint spi) => OpenBy(EspNetwork.Key(spi), packet);

    private static EspContent? OpenBy(SecretBytes key, Ipv6Packet packet) =>
        EspOctets.Open(Testing.Domains.EspAlgorithms.AesCbcHmacSha256, key, packet.Payload.Span, out _);

    private static uint Spi(Ipv6Packet packet) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Payload.Span);

    private static uint Number(Ipv6Packet packet) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.Payload.Span[4..]);
}
