using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Conformance.Testing.Protection;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>A tunnel for which there is a security association: what is judged of its packets was under ESP.</summary>
public sealed class ProtectedTunnelTests
{
    private static readonly DomainAssociation _association = EspNetwork.Of(
        EspNetwork.Payload,
        "LMA1",
        "MAG1",
        EspAlgorithms.NullHmacSha256,
        isTunnel: true
    );

    private static readonly Ipv6Packet _tunnel = new(
        EspNetwork.Lma,
        EspNetwork.Mag,
        IpProtocol.Ipv6,
        new Ipv6Packet(EspNetwork.Mag2, EspNetwork.Lma, IpProtocol.NoNextHeader, ReadOnlyMemory<byte>.Empty).ToBytes()
    );

    private static readonly DataExit.Tunnel _exit = new(Ports.Core, EspNetwork.Lma, EspNetwork.Mag, "MAG1") { Association = _association };

    [Fact]
    public void Packet_UnderEsp_IsInTheTunnel()
    {
        _exit.Judge(Protected(EspNetwork.Payload)).Ok.Should().BeTrue();
        _exit.Expected.Should().EndWith("MAG1, under the association from LMA1 to MAG1, SPI 0x00002012");
    }

    [Fact]
    public void Packet_InClear_OrUnderAnotherAssociation_IsNot()
    {
        _exit.Judge(Read(_tunnel)).Should().Be((false, "it came in a tunnel without ESP"));
        _exit.Judge(Protected(EspNetwork.ToMag2)).Should().Be((false, "it came in a tunnel under ESP, SPI 0x00002002"));
        (_exit with { Association = null }).Judge(Read(_tunnel)).Ok.Should().BeTrue("no association is demanded");
    }

    [Fact]
    public void Domain_HasTheAssociationOfATunnel_BesideThatOfMessages()
    {
        var domain = EspNetwork.Ixit("LMA1").Domain;
        var with = domain with { Associations = [_association, .. domain.Associations] };

        with.TunnelAssociation("LMA1", "MAG1").Should().Be(_association);
        with.TunnelAssociation("MAG1", "LMA1").Should().BeNull();
        domain.TunnelAssociation("LMA1", "MAG1").Should().BeNull();
        with.AssociationTo(EspNetwork.Mag, "LMA1")!.SecurityParametersIndex.Should().Be(EspNetwork.ToMag);
    }

    private static Packet Protected(uint spi)
    {
        var octets = EspOctets.Seal(EspAlgorithms.NullHmacSha256, EspNetwork.Key(spi), spi, 1, [], IpProtocol.Ipv6, _tunnel.Payload.Span);
        return Read(_tunnel with { NextHeader = IpProtocol.Esp, Payload = octets });
    }

    private static Packet Read(Ipv6Packet packet)
    {
        var domain = EspNetwork.Ixit("LMA1").Domain;
        var with = domain with { Associations = [_association, .. domain.Associations] };
        return Packet.Of(
            new Frame(Ports.Core, Direction.Received, 1, default, Beds.Messages.Frame(packet))
            {
                Associations = EspAssociations.Of(with, EspNetwork.Keys),
            }
        );
    }
}
