using Conformance.Testing.Statements;

namespace Conformance.Testing.Verdicts;

/// <summary>One judgement about one statement.</summary>
/// <param name="Statement">The statement that was judged.</param>
/// <param name="Ok">False if the statement was violated.</param>
/// <param name="Expected">Every legal outcome, in a network engineer's words.</param>
/// <param name="Actual">What was observed.</param>
/// <param name="Packet">Number of the deciding packet in the scenario's capture, from 1; null if nothing was sent.</param>
/// <param name="Octet">Offset of the deciding octet in that packet, from 0 at the start of the Ethernet header; null if no single octet decides.</param>
public sealed record Finding(StatementId Statement, bool Ok, string Expected, string Actual, int? Packet, int? Octet);
