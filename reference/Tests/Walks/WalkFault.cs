using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Pmip.Reference.Tests.Walks;

/// <summary>What is wrong in a domain: its LMAs, its MAGs or its links.</summary>
internal sealed record WalkFault
{
    public Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> Lma { get; init; } = rules => rules;

    public Func<MobileAccessGatewayRules, MobileAccessGatewayRules> Mag { get; init; } = rules => rules;

    public bool RepeatsData { get; init; }
}
