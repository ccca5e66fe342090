using Conformance.Testing.Statements;

namespace Conformance.Testing.Verdicts;

/// <summary>One judgement about one statement.</summary>
/// <param name="Statement">The statement that was judged.</param>
/// <param name="Ok">False if the statement was violated.</param>
/// <param name="Expected">All legal outcomes, in the terms of a network engineer.</param>
/// <param name="Actual">The observed outcome.</param>
/// <param name="Packet">Number of the deciding packet in the scenario's capture, from 1; null if nothing was sent.</param>
/// <param name="Octet">
/// The offset of the deciding octet in that packet, from 0 at the start of the Ethernet header; null if no single octet decides.
/// </param>
public sealed record Finding(StatementId Statement, bool Ok, string Expected, string Actual, int? Packet, int? Octet);
