using System.Net;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using Pmip.Wire;

namespace Conformance.Harness.Tests.Protection;

/// <summary>LMA1, MAG1 and MAG2 with security associations: AES-CBC for MAG1, NULL encryption for MAG2.</summary>
internal static class EspNetwork
{
    public const uint ToLma = 0x1001,
        ToMag = 0x2001,
        ToLmaOfMag2 = 0x1002,
        ToMag2 = 0x2002,
        Payload = 0x2012;

    public static readonly IPAddress Lma = IPAddress.Parse(HandMade.Lma);
    public static readonly IPAddress Mag = IPAddress.Parse(HandMade.Mag);
    public static readonly IPAddress Mag2 = IPAddress.Parse("2001:db8:100::a2");

    public static byte[] Octets(uint spi) =>
        [.. Enumerable.Range(1, spi is ToLma or ToMag ? 64 : 32).Select(octet => (byte)((octet * 3) + spi))];

    public static SecretBytes Key(uint spi) => new(Octets(spi));

    public static IReadOnlyList<DomainAssociation> Associations { get; } =
    [
        Of(ToLma, "MAG1", "LMA1", EspAlgorithms.AesCbcHmacSha256),
        Of(ToMag, "LMA1", "MAG1", EspAlgorithms.AesCbcHmacSha256),
        Of(ToLmaOfMag2, "MAG2", "LMA1", EspAlgorithms.NullHmacSha256),
        Of(ToMag2, "LMA1", "MAG2", EspAlgorithms.NullHmacSha256),
    ];

    public static Keyring Keys { get; } = Keyring.Of(((uint[])[ToLma, ToMag, ToLmaOfMag2, ToMag2, Payload]).Select(Key));

    /// <summary>The network with a node under test.</summary>
    public static Ixit Ixit(string tested) =>
        HandMade.Ixit with
        {
            Domain = HandMade.Ixit.Domain with
            {
                Nodes =
                [
                    .. HandMade.Ixit.Domain.Nodes.Select(node =>
                        node with
                        {
                            Player = node.Name == tested ? NodePlayer.Implementation : NodePlayer.Tester,
                        }
                    ),
                ],
                Associations = Associations,
            },
        };

    public static EspAssociations Opened { get; } = EspAssociations.Of(Ixit("LMA1").Domain, Keys)!;

    public static DomainAssociation Of(uint spi, string from, string to, EspAlgorithms algorithms, bool isTunnel = false) =>
        new(spi, from, to, algorithms, $"{spi:x}.key") { KeyFingerprint = Key(spi).Fingerprint, IsTunnel = isTunnel };

    /// <summary>The ESP packet of an association.</summary>
    public static byte[] Seal(uint spi, byte nextHeader, ReadOnlySpan<byte> data, uint number = 1) =>
        EspOctets.Seal(
            Associations.Single(known => known.SecurityParametersIndex == spi).Algorithms,
            Key(spi),
            spi,
            number,
            [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)],
            nextHeader,
            data
        );

    /// <summary>A frame with a packet in transport mode, or in tunnel mode.</summary>
    public static byte[] Frame(Ipv6Packet packet, uint spi, bool isTunnelMode = false) =>
        Beds.Messages.Frame(
            packet with
            {
                NextHeader = IpProtocol.Esp,
                Payload = isTunnelMode ? Seal(spi, IpProtocol.Ipv6, packet.ToBytes()) : Seal(spi, packet.NextHeader, packet.Payload.Span),
            }
        );

    /// <summary>An acknowledgement of the LMA without protection.</summary>
    public static Ipv6Packet Acknowledgement(IPAddress? to = null) =>
        Message(
            Lma,
            to ?? Mag,
            new BindingAcknowledgement(
                BindingStatus.ACCEPTED,
                BindingAcknowledgementFlags.ProxyRegistration,
                7,
                150,
                new MobilityOptionList()
            )
        );

    /// <summary>An update of a MAG without protection.</summary>
    public static Ipv6Packet Update(IPAddress? from = null) =>
        Message(from ?? Mag, Lma, new BindingUpdate(7, BindingUpdateFlags.ProxyRegistration, 150, new MobilityOptionList()));

    private static Ipv6Packet Message(IPAddress from, IPAddress to, MobilityMessage message) =>
        new(from, to, IpProtocol.MobilityHeader, message.ToBytes(from, to));
}
