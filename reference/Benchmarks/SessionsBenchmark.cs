using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Node.Configuration;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>
/// Measures how the work of a <c>pmip-node</c> as LMA grows with its sessions: the time of a registration, and the time of a packet
/// in each direction through the tunnel, with few and with many sessions, as ratios in one run: <c>sessions [--count N]</c>.
/// </summary>
internal static class SessionsBenchmark
{
    internal const string Command = "sessions";

    private const string Core = "core",
        Home = "home";

    private const byte UdpProtocol = 17;

    private const int Few = 10,
        Window = 1000,
        DefaultCount = 20_000;

    private static readonly IPAddress _anchor = IPAddress.Parse("2001:db8:100::1"),
        _gateway = IPAddress.Parse("2001:db8:100::a1"),
        _correspondent = IPAddress.Parse("2001:db8:200::c1");

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <returns>The exit code: 0, or 2 if the benchmark could not run.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var count = DefaultCount;
        if (
            arguments is not []
            && !(
                arguments is ["--count", var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= 2 * Window and <= ushort.MaxValue
            )
        )
        {
            Console.Error.WriteLine($"{Command} [--count N]: N sessions, {2 * Window} to {ushort.MaxValue}");
            return 2;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine($"{Command} needs Linux and root, to create a network namespace: run it with sudo");
            return 2;
        }

        try
        {
            using var measurement = new Measurement();
            measurement.Report(count);
            return 0;
        }
        catch (Exception failure) when (failure is LinuxException or InvalidOperationException)
        {
            Console.Error.WriteLine($"{Command} could not run: {failure.Message}");
            return 2;
        }
    }

    private static NodeConfiguration Configuration() =>
        new()
        {
            Name = "LMA1",
            Role = NodeConfiguration.AnchorRole,
            Interfaces = [Interface(Core, "2001:db8:100::1/64"), Interface(Home, "2001:db8:200::1/64")],
            LocalMobilityAnchor = new LocalMobilityAnchorSettings
            {
                Address = _anchor,
                AuthorizedMobileAccessGateways = [_gateway],
                PrefixPool = Ipv6Prefix.Parse("2001:db8:8000::/47"),
                MobileNodes = [new MobileNodePolicy { IdentifierPattern = "*@pmip.example" }],
                TimestampValidityWindow = _patience,
            },
        };

    private static InterfaceConfiguration Interface(string name, string address) =>
        new()
        {
            Link = name,
            Interface = name,
            Addresses = [ConfiguredAddress.Parse(address)],
        };

    /// <summary>A node between two links. This program is the MAG on one link and the correspondent on the other.</summary>
    private sealed class Measurement : IDisposable
    {
        private readonly NetworkNamespace _inside = NetworkNamespace.CreateAnonymous();
        private readonly NetworkNamespace _outside = NetworkNamespace.CreateAnonymous();
        private readonly string _file = Path.GetTempFileName();
        private readonly PacketPort _core;
        private readonly PacketPort _home;
        private readonly MacAddress _coreAddress;
        private readonly MacAddress _homeAddress;
        private readonly Process _node;
        private readonly List<IPAddress> _mobileNodes = [];

        internal Measurement()
        {
            using var netlink = _inside.Run(RouteNetlink.Open);
            foreach (var name in (string[])[Core, Home])
            {
                netlink.Links.AddVethPair(new VethEnd(name), new VethEnd($"to-{name}") { Namespace = _outside });
                _inside.Run(() => InterfaceOffloads.Set(name, Offloads.TransmitChecksum, on: false));
                _outside.Run(() =>
                {
                    using var there = RouteNetlink.Open();
                    there.Links.SetUp(there.Links.Get($"to-{name}").Index);
                });
            }
            _core = _outside.Run(() => PacketPort.Open($"to-{Core}"));
            _home = _outside.Run(() => PacketPort.Open($"to-{Home}"));
            _coreAddress = netlink.Links.Get(Core).Address!.Value;
            _homeAddress = netlink.Links.Get(Home).Address!.Value;

            File.WriteAllText(_file, Configuration().ToJson());
            var program = NodeProgram.Native() ?? NodeProgram.ReadyToRun() ?? NodeProgram.AsBuilt;
            _node = _inside.Start(
                new ProcessStartInfo(program.FileName, ["--config", _file, "--exit-with-stdin"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            );
            _node.ErrorDataReceived += (_, _) => { };
            _node.BeginErrorReadLine();
            if (_node.StandardOutput.ReadLine() != "ready")
            {
                throw new InvalidOperationException($"{program.FileName} did not become ready");
            }
            netlink.Neighbors.Set(netlink.Links.Get(Core).Index, _gateway, _core.Address);
            netlink.Neighbors.Set(netlink.Links.Get(Home).Index, _correspondent, _home.Address);
        }

        internal void Report(int count)
        {
            Register(Few);
            var (outFew, inFew) = Forward();
            var first = Register(Window - Few);
            Register(count - 2 * Window);
            var last = Register(Window);
            var (outMany, inMany) = Forward();
            Console.WriteLine($"microseconds, median             few     {count} sessions   ratio");
            Write("registration", first, last);
            Write("packet of a mobile node", outFew, outMany);
            Write("packet for a mobile node", inFew, inMany);
        }

        private static void Write(string what, double few, double many) =>
            Console.WriteLine(
                string.Format(CultureInfo.InvariantCulture, "{0,-25}{1,11:F1}{2,11:F1}{3,17:F2}", what, few, many, many / few)
            );

        /// <summary>Registers mobile nodes one after the other; returns the median time in microseconds.</summary>
        private double Register(int count)
        {
            var times = new List<double>();
            for (var i = 0; i < count; i++)
            {
                var number = _mobileNodes.Count;
                var update = new BindingUpdate(
                    (ushort)number,
                    BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
                    ushort.MaxValue,
                    [
                        MobileNodeIdentifierOption.ForNai($"{number}@pmip.example"),
                        new HomeNetworkPrefixOption(Ipv6Prefix.AllZero),
                        new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
                        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                        new TimestampOption(Timestamp.FromUtc(DateTimeOffset.UtcNow)),
                    ]
                );
                var request = new Ipv6Packet(_gateway, _anchor, MobilityHeader.Protocol, update.ToBytes(_gateway, _anchor));
                var answer = Exchange(_core, _coreAddress, request, _core, Acknowledgement, times);
                var prefix = answer.Options.First<HomeNetworkPrefixOption>()?.Prefix.Network;
                var address = (prefix ?? throw new InvalidOperationException($"the LMA rejects: {answer.Status}")).GetAddressBytes();
                address[^1] = 5;
                _mobileNodes.Add(new IPAddress(address));
            }
            return Statistics.Median(times);
        }

        /// <summary>Sends packets of many sessions in both directions; returns the median times in microseconds.</summary>
        private (double Out, double In) Forward()
        {
            var (outward, inward) = (new List<double>(), new List<double>());
            for (var i = 0; i < Window; i++)
            {
                var mobileNode = _mobileNodes[(int)((long)i * 7919 % _mobileNodes.Count)];
                var mark = (ushort)(i + 1);
                var sent = Datagram(mobileNode, _correspondent, mark);
                var tunnelled = new Ipv6Packet(_gateway, _anchor, IpProtocol.Ipv6, sent.ToBytes());
                Exchange(_core, _coreAddress, tunnelled, _home, packet => IsMarked(packet, mark), outward);
                Exchange(
                    _home,
                    _homeAddress,
                    Datagram(_correspondent, mobileNode, mark),
                    _core,
                    packet => IsTunnelled(packet, mark),
                    inward
                );
            }
            return (Statistics.Median(outward), Statistics.Median(inward));
        }

        private T Exchange<T>(
            PacketPort from,
            MacAddress to,
            Ipv6Packet packet,
            PacketPort at,
            Func<Ipv6Packet, T?> read,
            List<double> times
        )
            where T : class
        {
            var frame = new EthernetFrame(to, from.Address, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes();
            var begun = Stopwatch.GetTimestamp();
            from.Send(frame);
            var until = KernelTime.Now + _patience;
            while (Readiness.Wait([at], until).Count > 0)
            {
                while (at.TryReceive(out var captured))
                {
                    if (
                        EthernetFrame.TryParse(captured.Bytes, out var received, out _)
                        && received.EtherType == EthernetFrame.Ipv6EtherType
                        && Ipv6Packet.TryParse(received.Payload, out var inside, out _)
                        && read(inside) is { } found
                    )
                    {
                        times.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
                        return found;
                    }
                }
            }
            throw new InvalidOperationException($"no {typeof(T).Name} came on {at} with {_mobileNodes.Count} sessions");
        }

        private static BindingAcknowledgement? Acknowledgement(Ipv6Packet packet) =>
            packet.NextHeader == MobilityHeader.Protocol && MobilityMessage.TryParse(packet.Payload.Span, out var message, out _)
                ? message as BindingAcknowledgement
                : null;

        private static Ipv6Packet Datagram(IPAddress source, IPAddress destination, ushort mark) =>
            new(source, destination, UdpProtocol, new UdpDatagram(mark, 9, new byte[8]).ToBytes(source, destination));

        private static Ipv6Packet? IsMarked(Ipv6Packet packet, ushort mark) =>
            packet.NextHeader == UdpProtocol && UdpDatagram.TryParse(packet.Payload, out var datagram, out _) && datagram.SourcePort == mark
                ? packet
                : null;

        private static Ipv6Packet? IsTunnelled(Ipv6Packet packet, ushort mark) =>
            packet.NextHeader == IpProtocol.Ipv6 && Ipv6Packet.TryParse(packet.Payload, out var inner, out _)
                ? IsMarked(inner, mark)
                : null;

        public void Dispose()
        {
            _node.StandardInput.Close();
            _node.WaitForExit();
            _node.Dispose();
            _core.Dispose();
            _home.Dispose();
            _inside.Dispose();
            _outside.Dispose();
            File.Delete(_file);
        }
    }
}
