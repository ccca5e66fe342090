using Conformance.TestBeds;
using Conformance.TestBeds.Simulated;

namespace Conformance.Cli;

/// <summary>The beds that <c>--bed</c> can name.</summary>
internal static class Beds
{
    public const string Default = "simulated";

    private static readonly Dictionary<string, Func<int, bool, IBedProvider>> Known = new(StringComparer.Ordinal)
    {
        [Default] = (seed, shared) => new SimulatedBeds(Implementation.Reference, seed, shared),
    };

    public static string Names => string.Join(", ", Known.Keys);

    /// <param name="shared">One implementation for each configuration, never reset.</param>
    /// <exception cref="CannotRunException">There is no such bed.</exception>
    public static IBedProvider Open(string name, int seed, bool shared) => Known.TryGetValue(name, out var open)
        ? open(seed, shared)
        : throw new CannotRunException($"there is no bed '{name}'; there is: {Names}.");
}
