using Conformance.TestBeds.External;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.Simulated;

namespace Conformance.TestBeds;

/// <summary>
/// Which bed to run on, the same for the command line (<c>--bed external --profile FILE</c>) and for <c>dotnet test</c>
/// (<c>PMIP_BED=external:FILE</c>).
/// </summary>
/// <param name="Name">simulated, namespaces or external.</param>
/// <param name="Profile">The file that describes the device; for the external bed only.</param>
public sealed record BedChoice(string Name, string? Profile = null)
{
    /// <summary>The environment variable that chooses the bed of <c>dotnet test</c>.</summary>
    public const string Variable = "PMIP_BED";

    private const string SimulatedName = "simulated",
        NamespacesName = "namespaces",
        ExternalName = "external";

    public static BedChoice Simulated { get; } = new(SimulatedName);

    /// <summary>The beds there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [SimulatedName, NamespacesName, ExternalName];

    /// <summary>Reads <c>namespaces</c> or <c>external:FILE</c>; nothing is the simulated bed.</summary>
    public static BedChoice Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Simulated
        : text.Split(':', 2) is [var name, var profile] ? new BedChoice(name, profile)
        : new BedChoice(text);

    /// <param name="shared">One implementation for each configuration, never reset: of the simulated bed, where it is not so anyway.</param>
    /// <param name="parallelism">How many scenarios run at once; null leaves it to the bed.</param>
    /// <param name="knownClaims">The ICS items there are, for the claims of a profile; null if that is not known here.</param>
    /// <exception cref="BedUnavailableException">There is no such bed, or not here.</exception>
    public IBedProvider Open(int seed, bool shared = false, int? parallelism = null, IReadOnlyCollection<string>? knownClaims = null) =>
        Name switch
        {
            SimulatedName => new SimulatedBeds(Implementation.Reference, seed, shared),
            NamespacesName => new NamespaceBeds(seed, parallelism ?? NamespaceBeds.DefaultParallelism),
            ExternalName => OpenExternal(seed, knownClaims),
            _ => throw new BedUnavailableException($"there is no bed '{Name}'; there is: {string.Join(", ", Names)}."),
        };

    private ExternalBeds OpenExternal(int seed, IReadOnlyCollection<string>? knownClaims)
    {
        try
        {
            var file = Profile ?? throw new BedUnavailableException("the external bed needs a profile of the device: --profile FILE.");
            return ExternalBeds.Open(ProfileFile.Load(file, knownClaims), seed);
        }
        catch (ProfileException e)
        {
            throw new BedUnavailableException($"nothing runs with a profile that has mistakes:{Environment.NewLine}{e.Message}", e);
        }
    }

    /// <summary>The options of the command line that choose it; none for the simulated bed.</summary>
    public override string ToString() =>
        this == Simulated ? string.Empty
        : Profile is null ? $"--bed {Name}"
        : $"--bed {Name} --profile {Profile}";
}
