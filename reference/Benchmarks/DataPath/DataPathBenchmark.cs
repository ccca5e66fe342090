using System.Globalization;
using System.Net.Sockets;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Linux.Tunnels;
using Pmip.Wire;

namespace Pmip.Benchmarks.DataPath;

/// <summary>
/// Measures forwarding through the data paths that this kernel has, as a ratio to plain routing over the same kind of links in the
/// same run: <c>data-path [--rounds N] [--seconds S]</c>.
/// </summary>
internal static class DataPathBenchmark
{
    internal const string Command = "data-path";

    /// <summary>The baselines: one router in place of the tunnel, and the two routers at its ends with plain routes.</summary>
    private const string OneRouter = "router",
        TwoRouters = "2 routers";

    private static readonly TimeSpan _start = TimeSpan.FromMilliseconds(400);

    /// <returns>The exit code: 0, or 2 if the benchmark could not run.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        if (!TryRead(arguments, out var rounds, out var seconds))
        {
            Console.Error.WriteLine($"{Command} [--rounds N] [--seconds S]: N transfers of S seconds over each data path");
            return 2;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine($"{Command} needs Linux and root, to create network namespaces: run it with sudo");
            return 2;
        }

        try
        {
            Measure(rounds, TimeSpan.FromSeconds(seconds));
            return 0;
        }
        catch (Exception failure) when (failure is LinuxException or SocketException)
        {
            Console.Error.WriteLine($"{Command} could not run: {failure.Message}");
            return 2;
        }
    }

    private static void Measure(int rounds, TimeSpan time)
    {
        var beds = new List<(string Name, ForwardingBed Bed)>();
        try
        {
            beds.Add((OneRouter, ForwardingBed.Route()));
            beds.Add((TwoRouters, ForwardingBed.RouteByTwo()));
            foreach (var mode in Enum.GetValues<TunnelMode>().Where(mode => mode != TunnelMode.EspTunnel))
            {
                foreach (var isIpv4 in (bool[])[false, true])
                {
                    beds.Add((NameOf(mode, isIpv4), ForwardingBed.Tunnel(TunnelDeviceKind.Tun, mode, isIpv4)));
                }
            }
            beds.Add(("SEG6", ForwardingBed.Tunnel(TunnelDeviceKind.Seg6)));
            if (KernelHasTunnels())
            {
                beds.Add(("ip6tnl", ForwardingBed.Tunnel(TunnelDeviceKind.Kernel)));
            }
            else
            {
                Console.WriteLine("ip6tnl is left out: this kernel has no such devices.");
            }

            var rates = new Dictionary<(string Name, bool Offloads), List<double>>();
            for (var round = 1; round <= rounds; round++)
            {
                Console.Error.Write($"\rround {round} of {rounds} ");
                foreach (var offloads in (bool[])[false, true])
                {
                    foreach (var (name, bed) in beds)
                    {
                        bed.SetOffloads(offloads);
                        if (!rates.TryGetValue((name, offloads), out var all))
                        {
                            rates[(name, offloads)] = all = [];
                        }
                        all.Add(BulkTransfer.Measure(bed, _start, time));
                    }
                }
            }

            Console.Error.WriteLine();
            Print(rates);
        }
        finally
        {
            foreach (var (_, bed) in beds)
            {
                bed.Dispose();
            }
        }
    }

    private static void Print(Dictionary<(string Name, bool Offloads), List<double>> rates)
    {
        Console.WriteLine("path       offloads   Gbit/s: median   least    most   of 1 router  of 2 routers");
        foreach (var ((name, offloads), all) in rates.OrderBy(rate => rate.Key.Offloads))
        {
            var median = Statistics.Median(all);
            var (ofOne, ofTwo) = (
                median / Statistics.Median(rates[(OneRouter, offloads)]),
                median / Statistics.Median(rates[(TwoRouters, offloads)])
            );
            Console.WriteLine(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0,-11}{1,-10}{2,15:F2}{3,8:F2}{4,8:F2}{5,14:F2}{6,14:F2}",
                    name,
                    offloads ? "on" : "off",
                    median / 1e9,
                    all.Min() / 1e9,
                    all.Max() / 1e9,
                    ofOne,
                    ofTwo
                )
            );
        }
    }

    /// <summary>For instance <c>TUN 4in6</c>: what is in the tunnel, and what is outside.</summary>
    private static string NameOf(TunnelMode mode, bool isIpv4)
    {
        var outer = mode switch
        {
            TunnelMode.Ipv6 => "6",
            TunnelMode.Ipv4 => "4",
            TunnelMode.Ipv4UdpTlv => "TLV",
            _ => "UDP",
        };
        return $"TUN {(isIpv4 ? 4 : 6)}in{outer}";
    }

    private static bool KernelHasTunnels()
    {
        using var netlink = RouteNetlink.Open();
        return netlink.Links.KnowsTunnels(TunnelMode.Ipv6);
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out int rounds, out double seconds)
    {
        (rounds, seconds) = (5, 2);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            var isRead = arguments[i] switch
            {
                "--rounds" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0,
                "--seconds" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
                    && seconds > 0,
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }
}
