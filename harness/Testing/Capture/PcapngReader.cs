using System.Globalization;
using System.Text;
using Conformance.Testing.Bed;
using static Conformance.Testing.Capture.PcapngFormat;

namespace Conformance.Testing.Capture;

/// <summary>
/// Reads captures written by <see cref="PcapngWriter"/>, also after Wireshark or editcap saved them with another byte order,
/// another resolution or other kinds of blocks. The file must contain whole Ethernet frames with a direction, because a verdict
/// needs both.
/// </summary>
public sealed class PcapngReader
{
    private readonly PcapngOctets _file;
    private readonly List<Interface> _interfaces = [];
    private readonly List<string> _ports = [];
    private readonly List<Frame> _frames = [];
    private readonly Dictionary<int, string> _comments = [];
    private string _comment = string.Empty;
    private bool _inSection;

    private PcapngReader(PcapngOctets file) => _file = file;

    /// <inheritdoc cref="Parse"/>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PacketCapture Read(string path) => Parse(path, File.ReadAllBytes(path));

    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not a capture; the message names the file and the offset of the wrong octet.
    /// </exception>
    public static PacketCapture Parse(string name, ReadOnlyMemory<byte> file) => new PcapngReader(new PcapngOctets(name, file)).Read();

    private PacketCapture Read()
    {
        var at = 0;
        do
        {
            at += ReadBlock(at);
        } while (at < _file.Length);

        return new PacketCapture(_comment, _ports, _frames, _comments);
    }

    /// <returns>The length of the block.</returns>
    private int ReadBlock(int at)
    {
        if (_file.Length - at < SmallestBlock)
        {
            throw _file.Malformed(at, "the file ends inside a block");
        }

        // The type of a section header reads the same in both byte orders; the magic number after it shows which order this is.
        var isSectionHeader = _file.UInt32(at) == SectionHeader;
        if (isSectionHeader)
        {
            ReadByteOrder(at + 8);
        }
        else if (!_inSection)
        {
            throw _file.Malformed(at, "no section header: not a pcapng file");
        }

        var length = _file.UInt32(at + 4);
        if (length < SmallestBlock || length % 4 != 0 || length > (uint)(_file.Length - at))
        {
            throw _file.Malformed(at + 4, $"a block cannot be {length} octets long here");
        }

        var end = at + (int)length;
        if (_file.UInt32(end - 4) != length)
        {
            throw _file.Malformed(end - 4, "the lengths at the two ends of the block differ");
        }

        var body = new PcapngBody(_file, at + 8, end - 4);
        switch (_file.UInt32(at))
        {
            case SectionHeader:
                ReadSectionHeader(body);
                break;
            case InterfaceDescription:
                ReadInterface(body);
                break;
            case EnhancedPacket:
                ReadPacket(body);
                break;
        }

        return (int)length;
    }

    private void ReadByteOrder(int at)
    {
        _file.IsBigEndian = false;
        if (_file.UInt32(at) != ByteOrderMagic)
        {
            _file.IsBigEndian = true;
            if (_file.UInt32(at) != ByteOrderMagic)
            {
                throw _file.Malformed(at, "the byte-order magic is missing");
            }
        }
    }

    private void ReadSectionHeader(PcapngBody body)
    {
        body.Skip(4);
        var at = body.At;
        if (body.UInt16() != MajorVersion)
        {
            throw _file.Malformed(at, "the version of the format is unknown");
        }

        body.Skip(10);
        _inSection = true;
        _interfaces.Clear();
        while (body.TryTakeOption(out var code, out var value, out _))
        {
            if (code == Comment && _comment.Length == 0)
            {
                _comment = Encoding.UTF8.GetString(value.Span);
            }
        }
    }

    private void ReadInterface(PcapngBody body)
    {
        var at = body.At;
        if (body.UInt16() != Ethernet)
        {
            throw _file.Malformed(at, "the interface is not Ethernet");
        }

        body.Skip(6);
        var port = new Interface(_ports.Count.ToString(CultureInfo.InvariantCulture));
        while (body.TryTakeOption(out var code, out var value, out var where))
        {
            port = code switch
            {
                InterfaceName => port with { Name = Encoding.UTF8.GetString(value.Span) },
                TimestampResolution when value.Length == 1 => port with { UnitsPerSecond = UnitsPerSecond(value.Span[0], where) },
                TimestampOffset when value.Length == 8 => port with { OffsetSeconds = _file.Int64(where + 4) },
                TimestampResolution or TimestampOffset => throw _file.Malformed(where + 2, "the option has a wrong length"),
                _ => port,
            };
        }

        _interfaces.Add(port);
        if (!_ports.Contains(port.Name))
        {
            _ports.Add(port.Name);
        }
    }

    /// <summary>A resolution is a negative power of 10, or of 2 if the top bit is set.</summary>
    private decimal UnitsPerSecond(byte resolution, int at)
    {
        var exponent = resolution & 0x7F;
        if (exponent > ((resolution & 0x80) != 0 ? 63 : 18))
        {
            throw _file.Malformed(at + 4, "the resolution of the timestamps is too fine");
        }

        decimal units = 1;
        for (; exponent > 0; exponent--)
        {
            units *= (resolution & 0x80) != 0 ? 2 : 10;
        }

        return units;
    }

    private void ReadPacket(PcapngBody body)
    {
        var at = body.At;
        var number = _frames.Count + 1;
        var index = body.UInt32();
        if (index >= _interfaces.Count)
        {
            throw _file.Malformed(at, $"packet {number} belongs to an interface that is not described");
        }

        var port = _interfaces[(int)index];
        var time = Time(port, ((ulong)body.UInt32() << 32) | body.UInt32(), at + 4);
        var captured = body.UInt32();
        var original = body.UInt32();
        if (captured != original)
        {
            throw _file.Malformed(at + 12, $"packet {number} is cut to {captured} of {original} octets");
        }

        var octets = body.Octets(captured);
        var direction = 0u;
        while (body.TryTakeOption(out var code, out var value, out var where))
        {
            switch (code)
            {
                case Comment:
                    _comments[number] = Encoding.UTF8.GetString(value.Span);
                    break;
                case PacketFlags when value.Length == 4:
                    direction = _file.UInt32(where + 4) & DirectionMask;
                    break;
                case PacketFlags:
                    throw _file.Malformed(where + 2, "the option has a wrong length");
            }
        }

        _frames.Add(
            new Frame(
                new PortId(port.Name),
                direction switch
                {
                    Inbound => Direction.Received,
                    Outbound => Direction.Sent,
                    _ => throw _file.Malformed(at, $"packet {number} has no direction"),
                },
                number,
                time,
                octets
            )
        );
    }

    private DateTimeOffset Time(Interface port, ulong units, int at)
    {
        // At most 2^64 / 1 seconds: within the range of decimal, but outside the range of a date.
        var ticks = ((units / port.UnitsPerSecond) + port.OffsetSeconds) * TimeSpan.TicksPerSecond;
        var largest = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;
        return ticks >= 0 && ticks <= largest
            ? DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Round(ticks))
            : throw _file.Malformed(at, "the timestamp is outside the years 1970 to 9999");
    }

    /// <summary>An interface of the section. Microseconds are the default resolution of the format.</summary>
    private sealed record Interface(string Name)
    {
        public decimal UnitsPerSecond { get; init; } = 1_000_000;

        public long OffsetSeconds { get; init; }
    }
}
