using Conformance.TestBeds.Containers;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Guest;
using Conformance.TestBeds.Lanes;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.Simulated;
using Conformance.TestBeds.Wired;

namespace Conformance.TestBeds;

/// <summary>
/// The bed to run on, chosen on the command line (<c>--bed external --profile FILE</c>) or for <c>dotnet test</c>
/// (<c>PMIP_BED=external:FILE</c>).
/// </summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Profile">The file that describes the device; for the external bed only.</param>
/// <param name="Driver">
/// The driver of the tester's ports, one of <see cref="FrameDrivers.Names"/>; null for the default of the platform. For the external bed
/// only.
/// </param>
public sealed record BedChoice(string Name, string? Profile = null, string? Driver = null)
{
    /// <summary>The environment variable that chooses the bed of <c>dotnet test</c>.</summary>
    public const string Variable = "PMIP_BED";

    public const string Namespaces = "namespaces",
        Containers = "containers",
        Guest = "guest",
        External = "external";

    private const string SimulatedName = "simulated";

    public static BedChoice Simulated { get; } = new(SimulatedName);

    /// <summary>True if several scenarios may run at once, as many as the user wants.</summary>
    public bool HasLanes => Name is Namespaces or Containers or Guest;

    /// <summary>The names of all beds.</summary>
    public static IReadOnlyList<string> Names { get; } = [SimulatedName, Namespaces, Containers, Guest, External];

    /// <summary>Reads <c>namespaces</c>, <c>containers</c> or <c>external:FILE</c>; an empty text means the simulated bed.</summary>
    public static BedChoice Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Simulated
        : text.Split(':', 2) is [var name, var profile] ? new BedChoice(name, profile)
        : new BedChoice(text);

    /// <param name="shared">
    /// Makes the simulated bed use one implementation for each configuration and never reset it. The other beds never reset theirs.
    /// </param>
    /// <param name="parallelism">How many scenarios run at once; null for the bed's default.</param>
    /// <param name="knownClaims">All ICS items, to check the claims of a profile; null if they are not known.</param>
    /// <param name="person">Who does what a profile says is done by hand; null if nobody is there.</param>
    /// <exception cref="BedUnavailableException">There is no such bed, or it is not available on this machine.</exception>
    public IBedProvider Open(
        int seed,
        bool shared = false,
        int? parallelism = null,
        IReadOnlyCollection<string>? knownClaims = null,
        Operator? person = null
    ) =>
        Name switch
        {
            _ when Profile is not null && Name != External => throw new BedUnavailableException(
                $"the {Name} bed takes no profile, but '{Profile}' was given."
            ),
            SimulatedName => new SimulatedBeds(Implementation.Reference, seed, shared),
            Namespaces => new NamespaceBeds(seed, parallelism ?? LaneBeds.DefaultParallelism),
            Containers => new ContainerBeds(seed, parallelism ?? LaneBeds.DefaultParallelism),
            Guest => new GuestBeds(seed, parallelism),
            External => OpenExternal(seed, knownClaims, person),
            _ => throw new BedUnavailableException($"there is no bed '{Name}'; available beds: {string.Join(", ", Names)}."),
        };

    private ExternalBeds OpenExternal(int seed, IReadOnlyCollection<string>? knownClaims, Operator? person)
    {
        try
        {
            var file = Profile ?? throw new BedUnavailableException("the external bed needs a profile of the device: --profile FILE.");
            return ExternalBeds.Open(ProfileFile.Load(file, knownClaims), seed, Driver, person);
        }
        catch (ProfileException e)
        {
            throw new BedUnavailableException($"nothing runs because the profile has mistakes:{Environment.NewLine}{e.Message}", e);
        }
    }

    /// <summary>The command-line options that choose this bed; empty for the simulated bed.</summary>
    public override string ToString() =>
        this == Simulated ? string.Empty
        : Profile is null ? $"--bed {Name}"
        : $"--bed {Name} --profile {Profile}{(Driver is null ? string.Empty : $" --driver {Driver}")}";
}
