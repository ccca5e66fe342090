using System.Text.Json.Serialization;
using Conformance.Testing.Protection;

namespace Conformance.Testing.Bed;

/// <summary>The facts about the bed that a scenario may use: enough to judge, not enough to identify the bed.</summary>
/// <param name="Name">simulated, namespaces, containers, external or recorded. Used in reports only.</param>
/// <param name="Seed">The seed of all choices the tester makes in this scenario.</param>
/// <param name="Tolerance">Added to every upper limit of a specification; zero in virtual time.</param>
/// <param name="Ixit">The addresses, identities and timers of this bed.</param>
/// <param name="Claims">The ICS items that the implementation claims.</param>
public sealed record BedFacts(string Name, int Seed, TimeSpan Tolerance, Ixit Ixit, IReadOnlyList<string> Claims)
{
    /// <summary>The offset of the device's clock from the bed's clock; null where both are the same.</summary>
    public DeviceClock? DeviceClock { get; init; }

    /// <summary>The keys of the security associations in the IXIT. They are no evidence, and no trace contains them.</summary>
    [JsonIgnore]
    public Keyring Keys { get; init; } = Keyring.None;
}

/// <summary>The clock of an implementation that does not share the bed's clock.</summary>
/// <param name="Offset">The device's time minus the bed's time.</param>
/// <param name="Uncertainty">The maximum error of the offset, in either direction.</param>
public sealed record DeviceClock(TimeSpan Offset, TimeSpan Uncertainty);
