using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Protocol;

namespace Conformance.TestBeds;

/// <summary>
/// An implementation under test that runs in process: the reference, or a variant of it with other rules or settings, an output
/// filter, or another role.
/// </summary>
public sealed record Implementation(string Name)
{
    public static Implementation Reference { get; } = new("reference implementation");

    /// <summary>What its rules and settings change in those of the reference.</summary>
    public Changes Changes { get; init; } = Changes.None;

    /// <summary>Creates a role that replaces the reference at a node under test. Null to use the reference.</summary>
    public Func<DomainNode, IRole>? Role { get; init; }

    /// <summary>Puts a role around the one that would be under test, which it can create again. Null to use that one.</summary>
    public Func<DomainNode, Func<IRole>, IRole>? Around { get; init; }

    /// <summary>Creates the output filter of the implementation, a new one for every bed.</summary>
    public Func<IOutputFilter>? Output { get; init; }

    /// <summary>What it takes a received frame for. Null to take it as it is.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Input { get; init; }

    /// <summary>What its IXIT has in place of that of the named configuration.</summary>
    public Func<Ixit, Ixit> Provision { get; init; } = ixit => ixit;

    /// <summary>Its clock minus the clock of the bed.</summary>
    public TimeSpan ClockOffset { get; init; } = SimulatedBed.ClockOffset;

    /// <summary>ICS items it claims beyond those of the named configuration.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>ICS items of the named configuration that it does not claim.</summary>
    public IReadOnlyList<string> Disclaims { get; init; } = [];

    /// <summary>The ICS of the implementation in a named configuration.</summary>
    public IReadOnlyList<string> ClaimsIn(NamedConfiguration configuration) => [.. configuration.Claims.Except(Disclaims).Union(Claims)];
}
