using System.Diagnostics;
using System.Globalization;
using Conformance.Testing.Domains;
using Pmip.Linux;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// The kernel of a namespace as a NAT: it masquerades the datagrams that leave by its first interface, with ports at random, by nftables.
/// </summary>
internal static class KernelNat
{
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Sets the kernel up. The interfaces exist and are up.</summary>
    /// <exception cref="BedUnavailableException">The kernel or the machine has no nftables.</exception>
    public static void SetUp(NetworkNamespace inside, DomainNode node)
    {
        var outer = node.Interfaces[0].Name;
        var ports = string.Create(CultureInfo.InvariantCulture, $"{NatBindings.FirstPort}-{NatBindings.LastPort}");
        Execute(
            inside,
            node,
            "nft",
            "add table ip nat; "
                + "add chain ip nat leaving { type nat hook postrouting priority srcnat; }; "
                + $"add rule ip nat leaving oifname \"{outer}\" udp dport 1-65535 masquerade to :{ports} fully-random; "
                + "add chain ip nat passing { type filter hook forward priority filter; policy drop; }; "
                + $"add rule ip nat passing oifname \"{outer}\" accept; "
                + "add rule ip nat passing ct state established accept"
        );
        inside.Run(() =>
        {
            Sysctl.Write("net/ipv4/ip_forward", "1");
            var timeout = NatBindings.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            foreach (var name in (string[])["nf_conntrack_udp_timeout", "nf_conntrack_udp_timeout_stream"])
            {
                Sysctl.Write($"net/netfilter/{name}", timeout);
            }
        });
    }

    /// <summary>Ends all bindings. A later datagram of the same sender gets another port, at random.</summary>
    public static void Forget(NetworkNamespace inside, DomainNode node) => Execute(inside, node, "conntrack", "--flush");

    private static void Execute(NetworkNamespace inside, DomainNode node, string program, string arguments)
    {
        var start = new ProcessStartInfo(HostProgram.Find(program).Location, program == "nft" ? [arguments] : [arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = inside.Start(start);
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(_endsWithin) || process.ExitCode != 0)
        {
            throw new BedUnavailableException($"{node.Name} cannot be a NAT: {program} fails: {said.Result}{errors.Result}".TrimEnd());
        }
    }
}
