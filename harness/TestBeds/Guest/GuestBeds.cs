using System.Globalization;
using Conformance.TestBeds.Lanes;
using Pmip.Linux;
using Pmip.Node;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// The reference implementation on another kernel: nodes with a role run in virtual machines with a kernel of Debian, which has the tunnels
/// that the kernel of this machine may lack. Hosts and the tester stay outside.
/// </summary>
public sealed class GuestBeds : LaneBeds
{
    /// <summary>The prefix of the names of namespaces, by which the leftovers of a killed run are found.</summary>
    public const string Prefix = "pmip-guest";

    /// <summary>The environment variable with a directory that gets what the agents of the guests say.</summary>
    public const string LogVariable = "PMIP_GUEST_LOG";

    /// <summary>An emulated guest takes a core while it works.</summary>
    private const int LanesAtOnce = 2;

    private const string Files = "/run/pmip-guest";

    private readonly GuestImage _image;
    private readonly GuestAccelerator _accelerator;
    private volatile string? _lost;

    /// <exception cref="BedUnavailableException">
    /// There is no emulator or no current image, this process is not root, or no guest boots.
    /// </exception>
    public GuestBeds(int seed, int? parallelism = null)
        : base(seed, parallelism ?? LanesAtOnce)
    {
        RequireRoot(Name);
        _image = GuestImage.Open(NodeProgram.Current);
        RemoveLeftovers(Name, Prefix);
        RemoveFiles();
        var directory = MakeDirectory("try");
        using (var tried = NetworkNamespace.CreateNamed(Prefix, "try"))
        {
            _accelerator = GuestAccelerator.Choose(_image, tried, directory);
        }

        Directory.Delete(directory, recursive: true);
        Implementation =
            $"reference implementation (pmip-node, {NodeProgram.Current.Kind}), in guests of Linux {_image.Version} by qemu "
            + $"({_accelerator.Name}, {GuestAccelerator.NicModel})";
    }

    public override string Name => BedChoice.Guest;

    public override string Implementation { get; }

    public override string? Lost => _lost;

    /// <summary>An emulated processor is an order of magnitude slower than the machine.</summary>
    public override TimeSpan Tolerance => TimeSpan.FromMilliseconds(400);

    private protected override ILaneNodes Make(LaneSetup setup)
    {
        var number = setup.Number.ToString(CultureInfo.InvariantCulture);
        var log = Environment.GetEnvironmentVariable(LogVariable) is { Length: > 0 } folder
            ? Path.Combine(Directory.CreateDirectory(folder).FullName, $"guest-{number}.log")
            : null;
        return new GuestNodes(_image, _accelerator, setup, MakeDirectory(number), log, Lose);
    }

    private static string MakeDirectory(string name) =>
        Directory.CreateDirectory(string.Create(CultureInfo.InvariantCulture, $"{Files}/{Environment.ProcessId}-{name}")).FullName;

    /// <summary>Removes the files of runs that were killed.</summary>
    private static void RemoveFiles()
    {
        foreach (var directory in Directory.CreateDirectory(Files).GetDirectories())
        {
            if (!Directory.Exists($"/proc/{directory.Name.Split('-')[0]}"))
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private void Lose(string reason)
    {
        _lost ??= reason;
        Interrupt(reason);
    }
}
