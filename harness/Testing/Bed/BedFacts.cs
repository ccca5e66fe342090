using Conformance.Testing.Ixit;

namespace Conformance.Testing.Bed;

/// <summary>What a scenario may know of its bed: enough to judge, not enough to tell which bed it is.</summary>
/// <param name="Name">simulated, namespaces, containers, external or recorded: for reports only.</param>
/// <param name="Seed">Where all of the tester's choices in this scenario come from.</param>
/// <param name="Tolerance">Added to every upper limit of a specification; zero in virtual time.</param>
/// <param name="Ixit">Addresses, identities and timers of this bed.</param>
/// <param name="Claims">The ICS items the implementation claims.</param>
public sealed record BedFacts(string Name, int Seed, TimeSpan Tolerance, ExtraInformation Ixit, IReadOnlyList<string> Claims);
