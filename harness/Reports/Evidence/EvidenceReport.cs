namespace Conformance.Reports.Evidence;

/// <summary>The result of comparing two runs, A and B.</summary>
/// <param name="Scenarios">How many scenarios have a result in both runs.</param>
/// <param name="Packets">How many packets of A were compared.</param>
/// <param name="Events">How many trace events of A were compared.</param>
/// <param name="Findings">How many findings of A were compared.</param>
/// <param name="WithoutTrace">
/// How many scenarios have a result in both runs but a capture in neither: only their verdicts and findings were compared.
/// </param>
/// <param name="Differing">Every scenario with a difference, in the order of ids and editions.</param>
public sealed record EvidenceReport(
    int Scenarios,
    int Packets,
    int Events,
    int Findings,
    int WithoutTrace,
    IReadOnlyList<ScenarioDifference> Differing
);

/// <summary>A scenario whose evidence differs.</summary>
/// <param name="Scenario">The name of the scenario in its run.</param>
/// <param name="Title">The title in A, or in B if A does not have the scenario.</param>
/// <param name="Differences">One difference for each kind of evidence that differs; at least one.</param>
public sealed record ScenarioDifference(string Scenario, string Title, IReadOnlyList<EvidenceDifference> Differences);

/// <summary>The first place where one kind of evidence differs.</summary>
/// <param name="What">
/// verdict, findings of the purpose, incidental findings, statements not reached, capture, number of packets, order of packets,
/// port, direction, time, octets, events of one kind (<c>clock events</c>), order of events, or facts of the bed.
/// </param>
/// <param name="Where">The packet, octet, event, finding or fact; empty if there is only one.</param>
/// <param name="InA">The value in A, cut to <see cref="Excerpt.Longest"/> characters.</param>
/// <param name="InB">The value in B, cut to <see cref="Excerpt.Longest"/> characters.</param>
/// <param name="Extent">How many of how many elements differ; empty if there is only one.</param>
public sealed record EvidenceDifference(string What, string Where, string InA, string InB, string Extent);
