using System.Diagnostics;
using Conformance.TestBeds.Lanes;
using Pmip.Linux;

namespace Conformance.TestBeds;

/// <summary>A program of Debian that a host runs as it is.</summary>
/// <param name="Package">The Debian package that has it.</param>
/// <param name="Arguments">What it is started with; <c>{files}</c> is a directory for it.</param>
internal sealed record HostProgram(string Name, string Package, IReadOnlyList<string> Arguments)
{
    /// <summary>Measures transfers by TCP.</summary>
    public const string Transfer = "iperf3";

    /// <summary>What makes the kernel of a host a NAT.</summary>
    public static readonly string[] Nat = ["nft", "conntrack"];

    /// <summary>What a program must not share with the machine or with a program on another host: its state, and name resolution.</summary>
    private static readonly string[] _ownFiles =
    [
        "/etc/resolv.conf",
        "/run",
        "/var/lib/dhcp",
        "/var/lib/dhcpcd",
        "/var/lib/kea",
        "/var/lib/misc",
    ];

    private static readonly HostProgram[] _all =
    [
        new("udhcpc", "udhcpc", ["-f", "-i", "wlan0"]),
        new("dhclient", "isc-dhcp-client", ["-4", "-d", "wlan0"]),
        new("dhcpcd", "dhcpcd-base", ["-4", "-B", "wlan0"]),
        new("dhcpd", "isc-dhcp-server", ["-4", "-f", "-d", "--no-pid", "-cf", "{files}/dhcpd.conf", "-lf", "{files}/leases", "core"])
        {
            IsReady = "Server starting service",
            Files = DhcpServerFiles.Dhcpd,
        },
        new(
            "dnsmasq",
            "dnsmasq-base",
            ["--no-daemon", "--user=root", "--log-facility=-", "--conf-file={files}/dnsmasq.conf", "--dhcp-leasefile={files}/leases"]
        )
        {
            IsReady = "lease time",
            Files = DhcpServerFiles.Dnsmasq,
        },
        new("kea-dhcp4", "kea-dhcp4-server", ["-c", "{files}/kea-dhcp4.conf"])
        {
            IsReady = "DHCP4_STARTED",
            Environment = new Dictionary<string, string> { ["KEA_PIDFILE_DIR"] = "/run", ["KEA_LOCKFILE_DIR"] = "none" },
            Files = DhcpServerFiles.Kea,
        },
        new(Transfer, "iperf3", []),
        new(Nat[0], "nftables", []),
        new(Nat[1], "conntrack", []),
    ];

    /// <summary>What it says when it is ready; null if it is ready at once.</summary>
    public string? IsReady { get; init; }

    /// <summary>The names and texts of the files that it reads in its directory.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(program => program.Name)];

    /// <summary>The programs that this machine has.</summary>
    public static IReadOnlyList<string> Installed { get; } =
    [.. _all.Where(program => program.Path is not null).Select(program => program.Name)];

    public static string PackageOf(string program) =>
        _all.FirstOrDefault(known => known.Name == program) is { } found
            ? $"it is in the Debian package {found.Package}"
            : $"known are {string.Join(", ", Names)}";

    /// <exception cref="NotSupportedException">There is no such program.</exception>
    public static HostProgram Find(string name) =>
        _all.FirstOrDefault(program => program.Name == name) ?? throw new NotSupportedException($"There is no program {name}.");

    /// <summary>Starts the program in the network of a host.</summary>
    public HostProcess Start(NetworkNamespace inside, string node, params IReadOnlyList<string> arguments)
    {
        var files = Directory.CreateTempSubdirectory("pmip-program-");
        foreach (var (name, text) in Files)
        {
            File.WriteAllText(System.IO.Path.Combine(files.FullName, name), text);
        }

        var given = Arguments.Select(argument => argument.Replace("{files}", files.FullName, StringComparison.Ordinal));
        var start = new ProcessStartInfo(Location, [.. given, .. arguments]) { WorkingDirectory = files.FullName };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(inside, node, start, IsReady, files, _ownFiles);
    }

    /// <summary>The file of the program, or its name if this machine does not have it.</summary>
    public string Location => Path ?? Name;

    /// <summary>The file of the program; null if this machine does not have it.</summary>
    private string? Path =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Concat(["/usr/sbin", "/sbin"])
            .Select(folder => System.IO.Path.Combine(folder, Name))
            .FirstOrDefault(File.Exists);
}
