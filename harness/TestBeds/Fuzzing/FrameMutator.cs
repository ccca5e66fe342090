using Pmip.Wire;

namespace Conformance.TestBeds.Fuzzing;

/// <summary>
/// Makes frames that no correct node sends from those that one has sent: options truncated, duplicated, removed or exchanged, octets at
/// their edges, frames cut off, and earlier frames once more. The addresses of the link stay, so that the frame arrives, and most
/// checksums are right, so that more than the first check sees it.
/// </summary>
/// <param name="seed">The same seed and frames give the same mutants.</param>
public sealed class FrameMutator(int seed)
{
    private const int Remembered = 512;
    private const int OptionsOffset = 12;
    private static readonly byte[] _edges = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xfe, 0xff];

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _earlier = [];

    /// <param name="frame">A frame that a node has just sent.</param>
    public byte[] Next(ReadOnlyMemory<byte> frame)
    {
        var sent = frame.ToArray();
        if (_earlier.Count < Remembered)
        {
            _earlier.Add(sent);
        }
        else
        {
            _earlier[_random.Next(Remembered)] = sent;
        }

        return _random.Next(8) switch
        {
            0 => [.. Pick(_earlier)],
            1 => Mutate(Pick(_earlier)),
            2 or 3 or 4 => MutateOptions(sent),
            _ => Mutate(sent),
        };
    }

    /// <summary>Changes the options of a mobility message; other frames as octets.</summary>
    private byte[] MutateOptions(byte[] frame)
    {
        if (
            !EthernetFrame.TryParse(frame, out var ethernet, out _)
            || ethernet.EtherType != EthernetFrame.Ipv6EtherType
            || !Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
            || packet.NextHeader != MobilityHeader.Protocol
            || packet.Payload.Length < OptionsOffset
        )
        {
            return Mutate(frame);
        }

        var message = packet.Payload.ToArray();
        var options = Options(message);
        for (var changes = _random.Next(1, 4); changes > 0 && options.Count > 0; changes--)
        {
            Change(options);
        }

        List<byte> written = [.. message[..OptionsOffset], .. options.SelectMany(option => option)];
        while (written.Count % MobilityHeader.LengthUnit != 0)
        {
            written.Add(0);
        }

        var changed = written.ToArray();
        changed[MobilityHeader.HeaderLenOffset] = (byte)Math.Min((changed.Length / MobilityHeader.LengthUnit) - 1, byte.MaxValue);
        MobilityHeader.FillChecksum(packet.Source, packet.Destination, changed);
        return (ethernet with { Payload = (packet with { Payload = changed }).ToBytes() }).ToBytes();
    }

    private static List<byte[]> Options(byte[] message)
    {
        var options = new List<byte[]>();
        var at = OptionsOffset;
        while (at < message.Length)
        {
            var length = message[at] == 0 || at + 1 == message.Length ? 1 : 2 + message[at + 1];
            length = Math.Min(length, message.Length - at);
            options.Add(message[at..(at + length)]);
            at += length;
        }

        return options;
    }

    private void Change(List<byte[]> options)
    {
        var at = _random.Next(options.Count);
        var option = options[at];
        switch (_random.Next(6))
        {
            case 0:
                options.RemoveAt(at);
                return;
            case 1:
                options.Insert(_random.Next(options.Count + 1), [.. option]);
                return;
            case 2:
                var other = _random.Next(options.Count);
                (options[at], options[other]) = (options[other], options[at]);
                return;
            case 3:
                options[at] = option[..(1 + _random.Next(option.Length))];
                if (_random.Next(2) == 0 && options[at].Length > 1)
                {
                    options[at][1] = (byte)(options[at].Length - 2);
                }

                return;
            case 4 when option.Length > 1:
                option[1] = Pick(_edges);
                return;
            default:
                option[_random.Next(option.Length)] = Pick(_edges);
                return;
        }
    }

    private byte[] Mutate(byte[] frame)
    {
        var mutated = frame.ToArray();
        for (var changes = _random.Next(1, 5); changes > 0 && mutated.Length > EthernetFrame.HeaderLength; changes--)
        {
            var at = _random.Next(2 * MacAddress.Length, mutated.Length);
            mutated[at] = _random.Next(2) == 0 ? Pick(_edges) : (byte)(mutated[at] ^ (1 << _random.Next(8)));
        }

        if (_random.Next(4) > 0)
        {
            Mend(mutated);
        }

        return _random.Next(8) == 0
            ? mutated[..(EthernetFrame.HeaderLength + _random.Next(mutated.Length - EthernetFrame.HeaderLength + 1))]
            : mutated;
    }

    /// <summary>Corrects the checksum of the message in an IPv6 packet, if there is one.</summary>
    private static void Mend(byte[] frame)
    {
        if (
            frame.Length <= EthernetFrame.HeaderLength
            || !Ipv6Packet.TryParse(frame.AsMemory(EthernetFrame.HeaderLength), out var packet, out _)
            || !packet.TryGetUpperLayer(out var upper, out _)
        )
        {
            return;
        }

        var (offset, needed) = upper.Protocol switch
        {
            IpProtocol.Icmpv6 => (2, 4),
            IpProtocol.MobilityHeader => (4, 6),
            _ => (0, int.MaxValue),
        };
        if (upper.Payload.Length < needed)
        {
            return;
        }

        var message = frame.AsSpan(EthernetFrame.HeaderLength + upper.Offset, upper.Payload.Length);
        message.Slice(offset, 2).Clear();
        var checksum = InternetChecksum.ComputeWithPseudoHeader(packet.Source, packet.Destination, upper.Protocol, message);
        (message[offset], message[offset + 1]) = ((byte)(checksum >> 8), (byte)checksum);
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
