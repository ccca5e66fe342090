using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Security.Keys;

namespace Pmip.Reference.Tests.Security;

/// <summary>ESP between an LMA and a MAG, RFC 4303, Section 3.</summary>
public sealed class SecurityAssociationDatabaseTests
{
    private static readonly Ipv6Signaling _path = new(Gateway, Anchor);
    private static readonly byte[] _message = _path.Complete(SampleMessages.Update);
    private readonly List<(string Rule, string Text)> _log = [];

    public static TheoryData<SecurityTransform> Transforms => [.. Enum.GetValues<SecurityTransform>()];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Signal_GoesFromEndToEnd_UnderItsAssociation(SecurityTransform transform)
    {
        var packet = Protected(OfGateway(transform));

        (packet.Source, packet.Destination, packet.NextHeader).Should().Be((Gateway, Anchor, IpProtocol.Esp));
        EspHeader.TryParse(packet.Payload.Span, out var header, out _).Should().BeTrue();
        header.Should().Be(new EspHeader(ToAnchor, 1));
        Unprotected(packet, OfAnchor(transform), out var protection)
            .Should()
            .Be(new Ipv6Packet(Gateway, Anchor, IpProtocol.MobilityHeader, _message));
        protection.Should().Be(new SignalProtection(Gateway, ToAnchor));
        _log.Should().BeEmpty();
    }

    [Fact]
    public void Encryption_HidesTheMessage_AndNullDoesNot()
    {
        static bool Shows(Ipv6Packet packet) => packet.Payload.Span.IndexOf(_message.AsSpan(8)) >= 0;
        Shows(Protected(OfGateway(SecurityTransform.AesCbcHmacSha256))).Should().BeFalse();
        Shows(Protected(OfGateway(SecurityTransform.NullHmacSha256))).Should().BeTrue();
    }

    [Fact]
    public void HomeAddresses_StayOutsideOfEsp()
    {
        var home = IPAddress.Parse("2001:db8:8000::5");
        var path = _path with { HomeAddress = home, RoutedTo = home };
        var packet = Protected(OfGateway(), path);

        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        upper!.Protocol.Should().Be(IpProtocol.Esp);
        upper.Headers.Select(header => header.Type).Should().Equal(IpProtocol.Routing, IpProtocol.DestinationOptions);
        Unprotected(packet, OfAnchor(), out _).Should().Be(path.ToPacket(_message));
    }

    [Fact]
    public void SequenceNumbers_AreCounted_AndVectorsDiffer()
    {
        var database = Database(OfGateway());
        var sent = Enumerable.Range(0, 3).Select(_ => Protect(database, _path, Anchor)!.Payload.ToArray()).ToList();
        sent.Select(esp => esp[7]).Should().Equal(1, 2, 3);
        sent.Select(esp => Convert.ToHexString(esp[8..24])).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Packet_WithAnyOctetChanged_IsDroppedSilently(SecurityTransform transform)
    {
        var packet = Protected(OfGateway(transform));
        for (var i = 0; i < packet.Payload.Length; i++)
        {
            var octets = packet.Payload.ToArray();
            octets[i] ^= 0x40;
            Unprotected(packet with { Payload = octets }, OfAnchor(transform), out _).Should().BeNull($"octet {i} is wrong");
        }

        _log.Should().HaveCount(packet.Payload.Length);
        _log.Select(line => line.Rule).Distinct().Should().Equal("EspUnknownAssociation", "EspIntegrityCheck");
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Packet_CutAnywhere_IsDroppedSilently(SecurityTransform transform)
    {
        var packet = Protected(OfGateway(transform));
        for (var length = 0; length < packet.Payload.Length; length++)
        {
            Unprotected(packet with { Payload = packet.Payload[..length] }, OfAnchor(transform), out _).Should().BeNull($"{length} octets");
        }

        _log.Should().HaveCount(packet.Payload.Length);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Packet_WithAuthenticButWrongPadding_IsDropped(SecurityTransform transform)
    {
        var association = OfAnchor(transform).Associations[0];
        var plain = new byte[32];
        (plain[^3], plain[^2], plain[^1]) = (7, 1, IpProtocol.MobilityHeader);

        Unprotected(Sealed(association, plain), OfAnchor(transform), out _).Should().BeNull();
        plain[^2] = 200;
        Unprotected(Sealed(association, plain), OfAnchor(transform), out _).Should().BeNull();

        _log.Select(line => line.Rule).Should().Equal("EspPadding", "EspPadLength");
    }

    [Fact]
    public void Packet_OfAnotherKeyOrDestination_IsDropped()
    {
        var foreign = OfGateway() with
        {
            Associations = [new(ToAnchor, Anchor, Anchor, SecurityTransform.AesCbcHmacSha256, Secret(0x77, 64))],
        };
        Unprotected(Protected(foreign), OfAnchor(), out _).Should().BeNull();
        Unprotected(Protected(OfGateway()) with { Destination = OtherGateway }, OfAnchor(), out _).Should().BeNull();
        Unprotected(Protected(OfGateway()), OfGateway(), out _).Should().BeNull("the association is one to send");
        _log.Select(line => line.Rule).Should().Equal("EspIntegrityCheck", "EspUnknownAssociation", "EspUnknownAssociation");
    }

    [Fact]
    public void Log_HasTheIndex_AndNoKey()
    {
        var octets = Protected(OfGateway()).Payload.ToArray();
        octets[^1] ^= 1;
        var database = Database(OfAnchor());
        database.TryOpen(Gateway, Anchor, octets, out _, out _).Should().BeFalse();

        database.Discarded.Should().Be(1);
        var text = _log.Should().ContainSingle().Subject.Text;
        text.Should().Contain("SPI 0x1001").And.Contain($"{Gateway}");
        text.Should().NotContain(Convert.ToHexStringLower(Secret(1, 8).Reveal().Span));
    }

    /// <summary>The peer of the association and the source are compared by the role.</summary>
    [Fact]
    public void Protection_IsThatOfThePeer_WhateverTheSource()
    {
        var packet = Protected(OfOther());
        Unprotected(packet, OfAnchor(), out var protection).Should().NotBeNull();
        protection.Should().Be(new SignalProtection(OtherGateway, FromOther));
    }

    [Fact]
    public void TunnelMode_InAnAssociationForTransportMode_IsDropped()
    {
        var inner = new Ipv6Packet(Gateway, Anchor, IpProtocol.MobilityHeader, _message).ToBytes();
        foreach (var protocol in (byte[])[IpProtocol.Ipv6, Ipv4Protocol.Ipv4])
        {
            Unprotected(Sealed(OfGateway(), protocol, inner), OfAnchor(), out _).Should().BeNull();
        }
        _log.Select(line => line.Rule).Should().Equal("EspTunnelMode", "EspTunnelMode");
    }

    [Fact]
    public void Association_ForSignals_LetsNothingElseThrough()
    {
        var echo = new EchoRequest(1, 1, default).ToBytes(Gateway, Anchor);
        Unprotected(Sealed(OfGateway(), IpProtocol.Icmpv6, echo), OfAnchor(), out _).Should().BeNull();
        Unprotected(Sealed(OfGateway(), IpProtocol.MobilityHeader, []), OfAnchor(), out _).Should().BeNull();
        _log.Select(line => line.Rule).Should().Equal("EspSelector", "EspSelector");
    }

    [Fact]
    public void Association_ForOneTypeOfMessage_ProtectsNoOther()
    {
        static SecuritySettings Limited(SecuritySettings settings, MobilityHeaderType type) =>
            settings with
            {
                Associations = [.. settings.Associations.Select(known => known with { MessageType = type })],
            };

        var forUpdates = Limited(OfAnchor(), MobilityHeaderType.BindingUpdate);
        Unprotected(Protected(OfGateway()), forUpdates, out _).Should().NotBeNull();
        Unprotected(Protected(OfGateway()), Limited(OfAnchor(), MobilityHeaderType.BindingAcknowledgement), out _).Should().BeNull();
        Protect(Database(Limited(OfGateway(), MobilityHeaderType.BindingUpdate)), _path, Anchor).Should().NotBeNull();
        Protect(Database(Limited(OfGateway(), MobilityHeaderType.BindingAcknowledgement)), _path, Anchor).Should().BeNull();
        _log.Select(line => line.Rule).Should().Equal("EspSelector", "EspAssociationMissing");
    }

    [Fact]
    public void DummyPacket_IsDroppedWithoutAWord()
    {
        Unprotected(Sealed(OfGateway(), IpProtocol.NoNextHeader, []), OfAnchor(), out _).Should().BeNull();
        _log.Should().BeEmpty();
    }

    [Fact]
    public void Signal_WithoutAnAssociationForIt_IsNotSent()
    {
        Protect(Database(OfGateway()), _path, OtherGateway).Should().BeNull();
        _log.Should().ContainSingle().Which.Rule.Should().Be("EspAssociationMissing");
        Protect(Database(new SecuritySettings()), _path, protectedFor: null).Should().Be(_path.ToPacket(_message));
    }

    [Theory]
    [InlineData(false, "1 1 2 1", "1 1 2 1")]
    [InlineData(true, "1 1 2 1 2 3", "1 2 3")]
    [InlineData(true, "70 7 6 70 71 7 8", "70 7 71 8")]
    public void Replays_AreDropped_OnlyIfTheyAreToBeDetected(bool antiReplay, string arriving, string expected)
    {
        var sender = Database(OfGateway());
        var packets = Enumerable.Range(1, 71).Select(_ => Protect(sender, _path, Anchor)!).ToList();
        var database = Database(OfAnchor() with { AntiReplay = antiReplay });

        var passed = arriving.Split(' ').Where(number => IsOpened(database, packets[int.Parse(number, null) - 1].Payload));

        string.Join(' ', passed).Should().Be(expected);
    }

    [Fact]
    public void ForgedPacket_DoesNotMoveTheWindow()
    {
        var sender = Database(OfGateway());
        var (first, second) = (Protect(sender, _path, Anchor)!, Protect(sender, _path, Anchor)!);
        var forged = second.Payload.ToArray();
        forged[4] = 0xff;
        var database = Database(OfAnchor() with { AntiReplay = true });

        IsOpened(database, forged).Should().BeFalse();
        IsOpened(database, first.Payload).Should().BeTrue();
        IsOpened(database, second.Payload).Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LastSequenceNumber_EndsAnAssociation_OnlyIfReplaysAreDetected(bool antiReplay)
    {
        var settings = OfGateway() with { AntiReplay = antiReplay };
        var rules = SecurityRules.Default.Outbound.InsertingBefore(
            "SequenceNumber",
            new(
                "RFC 4303 3.3.3",
                "AtTheEnd",
                sent =>
                {
                    sent.State!.LastSequenceNumber = uint.MaxValue;
                    return RuleOutcome.Continue;
                }
            )
        );
        var database = Database(settings with { Rules = new SecurityRules { Outbound = rules } });
        (Protect(database, _path, Anchor) is null).Should().Be(antiReplay);
    }

    [Fact]
    public void TunnelMode_IsForTunnels_WhicheverAddressTheirPacketsComeFrom()
    {
        var inner = new Ipv6Packet(Gateway, Anchor, IpProtocol.NoNextHeader, default).ToBytes();
        var esp = Database(OfGateway().InTunnelMode()).Seal(Anchor, IpProtocol.Ipv6, inner)!;
        var database = Database(OfAnchor().InTunnelMode());

        database.IsOfTunnel(Anchor, esp).Should().BeTrue();
        database.TryOpen(Gateway, Anchor, esp, out var opened, out _).Should().BeTrue();
        opened!.Payload.ToArray().Should().Equal(inner);
        database.TryOpen(OtherGateway, Anchor, esp, out _, out var association).Should().BeTrue();
        association!.Peer.Should().Be(Gateway, "by this the tunnels tell whether it is theirs");
        Unprotected(Sealed(OfGateway(), IpProtocol.MobilityHeader, _message), OfAnchor().InTunnelMode(), out _).Should().BeNull();
        Database(OfGateway()).Seal(Anchor, IpProtocol.Ipv6, inner).Should().BeNull("there is none for tunnels");
        Database(OfAnchor()).IsOfTunnel(Anchor, esp).Should().BeFalse();
        _log.Select(line => line.Rule).Should().Equal("EspTransportMode", "EspAssociationMissing");
    }

    private static bool IsOpened(SecurityAssociationDatabase database, ReadOnlyMemory<byte> esp) =>
        database.TryOpen(Gateway, Anchor, esp, out _, out _);

    private Ipv6Packet Protected(SecuritySettings settings, Ipv6Signaling? path = null) =>
        Protect(Database(settings), path ?? _path, Anchor)!;

    private static Ipv6Packet? Protect(SecurityAssociationDatabase database, Ipv6Signaling path, IPAddress? protectedFor) =>
        (Ipv6Packet?)database.Protect(new RoleAction.SendSignal(path, _message) { ProtectedFor = protectedFor });

    private Ipv6Packet? Unprotected(Ipv6Packet packet, SecuritySettings settings, out SignalProtection? protection)
    {
        packet.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        return Database(settings).Unprotect(packet, upper!, out protection);
    }

    /// <summary>A packet of the gateway with any content.</summary>
    private static Ipv6Packet Sealed(SecuritySettings settings, byte nextHeader, byte[] payload)
    {
        var transform = settings.Associations[0].ToEspTransform();
        var esp = transform.Seal(
            new EspPacket(new EspHeader(ToAnchor, 1), nextHeader, payload),
            new byte[transform.InitializationVectorLength]
        );
        return new Ipv6Packet(Gateway, Anchor, IpProtocol.Esp, esp);
    }

    /// <summary>A packet whose encrypted part is <paramref name="plain"/>, with the right Integrity Check Value.</summary>
    private static Ipv6Packet Sealed(SecurityAssociation association, byte[] plain)
    {
        var octets = association.Key.Reveal().ToArray();
        byte[] encrypted = plain;
        if (association.Transform == SecurityTransform.AesCbcHmacSha256)
        {
            using var cipher = System.Security.Cryptography.Aes.Create();
            cipher.Key = octets[..^32];
            encrypted = [.. new byte[16], .. cipher.EncryptCbc(plain, new byte[16], System.Security.Cryptography.PaddingMode.None)];
        }
        byte[] authenticated = [0, 0, 0x10, 0x01, 0, 0, 0, 1, .. encrypted];
        var code = System.Security.Cryptography.HMACSHA256.HashData(octets.AsSpan(octets.Length - 32), authenticated);
        return new Ipv6Packet(Gateway, Anchor, IpProtocol.Esp, (byte[])[.. authenticated, .. code[..16]]);
    }

    private SecurityAssociationDatabase Database(SecuritySettings settings) =>
        new(settings, new Random(4303).NextBytes, (rule, text) => _log.Add((rule, text)));
}
