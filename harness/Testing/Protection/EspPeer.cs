using System.Net;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Protection;

/// <summary>
/// The sending side of ESP in the nodes that the tester plays. It has the sequence numbers of their associations, and keeps the last packet
/// of each for a replay.
/// </summary>
public sealed class EspPeer(TestSession session)
{
    private const int BlockLength = 16;
    private const uint TooLate = 1 << 20;

    /// <summary>Each second number is left out, so that a delayed packet has one that nobody has used.</summary>
    private const uint Step = 2;

    /// <summary>
    /// Sequence numbers follow the clock of the bed, so that they also grow from one scenario to the next, which begins when the clock has
    /// caught up with them. They last until 2032.
    /// </summary>
    private const uint NumbersPerSecond = 16;

    private static readonly DateTimeOffset _firstNumber = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(Seeds.For(session.Bed.Facts.Seed, $"{session.Scenario.Id} ESP"));
    private readonly Dictionary<KeyedAssociation, (uint Number, byte[] Packet)> _last = [];

    /// <summary>
    /// True if there is an association between the addresses of a packet in transport mode. In a message over IPv4, it is the IPv4 packet
    /// or the IPv6 packet inside that has one.
    /// </summary>
    public bool Covers(IpPacket packet) => Between(packet.Source, packet.Destination, isTunnel: false) is not null;

    /// <summary>A packet as a peer sends it: protected if there is an association between its addresses.</summary>
    /// <exception cref="StepFailedException">The form of protection needs something that is not there.</exception>
    public T Protect<T>(T packet, EspForm form = EspForm.AsAgreed)
        where T : IpPacket
    {
        if (Between(packet.Source, packet.Destination, isTunnel: false) is not { } agreed)
        {
            return form == EspForm.AsAgreed
                ? packet
                : throw new StepFailedException($"the IXIT has no security association from {packet.Source} to {packet.Destination}");
        }

        return form switch
        {
            EspForm.None => packet,
            EspForm.Replayed => packet with { Protocol = IpProtocol.Esp, Payload = Last(agreed).Packet },
            _ => packet with { Protocol = IpProtocol.Esp, Payload = Sealed(packet, agreed, form) },
        };
    }

    /// <summary>A tunnel packet under the association that protects the packets of mobile nodes; unchanged if there is none.</summary>
    public T ProtectTunnel<T>(T packet)
        where T : IpPacket => ProtectTunnel(packet, packet.Source);

    /// <summary>
    /// The same for a tunnel packet of a mobile node: its home address, not the care-of address in the outer header, has the association
    /// (RFC 5648, Section 9.3.2).
    /// </summary>
    public T ProtectTunnel<T>(T packet, IPAddress home)
        where T : IpPacket =>
        Between(home, packet.Destination, isTunnel: true) is { } known
            ? packet with
            {
                Protocol = IpProtocol.Esp,
                Payload = Sealed(known, known.Key, known.Association.SecurityParametersIndex, NextNumber(known), packet),
            }
            : packet;

    private byte[] Sealed(IpPacket packet, KeyedAssociation agreed, EspForm form)
    {
        var used =
            form == EspForm.AssociationOfAnother
                ? session.Bed.Associations!.OfAnotherSender(agreed)
                    ?? throw new StepFailedException($"the IXIT has no security association of {agreed.To} with another node")
                : agreed;
        var spi = used.Association.SecurityParametersIndex;
        var carried =
            form == EspForm.TunnelMode
                ? packet with
                {
                    Protocol = packet is Ipv4Packet ? Ipv4Protocol.Ipv4 : IpProtocol.Ipv6,
                    Payload = packet.ToBytes(),
                }
                : packet;
        var octets = Sealed(
            used,
            form == EspForm.WrongKey ? used.Key.Inverted() : used.Key,
            form == EspForm.OtherSpi ? Unused(spi) : spi,
            form switch
            {
                EspForm.Delayed => Last(used).Number - 1,
                EspForm.DelayedTooLong => Last(used).Number - TooLate - 1,
                _ => NextNumber(used),
            },
            carried
        );
        return form == EspForm.NoCheckValue ? octets[..^EspOctets.CheckValueLength] : octets;
    }

    private byte[] Sealed(KeyedAssociation used, SecretBytes key, uint spi, uint number, IpPacket packet)
    {
        var iv = new byte[BlockLength];
        _random.NextBytes(iv);
        var octets = EspOctets.Seal(used.Association.Algorithms, key, spi, number, iv, packet.Protocol, packet.Payload.Span);
        var highest = _last.TryGetValue(used, out var last) && last.Number > number ? last.Number : number;
        _last[used] = (highest, octets);
        session.DelayNext(_firstNumber + TimeSpan.FromSeconds((highest + (2 * Step)) / (double)NumbersPerSecond));
        return octets;
    }

    private KeyedAssociation? Between(IPAddress from, IPAddress to, bool isTunnel) => session.Bed.Associations?.Between(from, to, isTunnel);

    private (uint Number, byte[] Packet) Last(KeyedAssociation used) =>
        _last.TryGetValue(used, out var last) ? last : throw new ScenarioFaultException("This peer has not sent a protected packet yet.");

    private uint NextNumber(KeyedAssociation used)
    {
        var ofClock = (uint)((session.Bed.Now - _firstNumber).TotalSeconds * NumbersPerSecond) & ~1u;
        return _last.TryGetValue(used, out var last) && last.Number + Step > ofClock ? last.Number + Step : ofClock;
    }

    private uint Unused(uint spi)
    {
        do
        {
            spi ^= 0x5a5a0000;
            spi++;
        } while (session.Bed.Associations!.Has(spi));

        return spi;
    }
}
