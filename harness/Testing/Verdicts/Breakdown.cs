namespace Conformance.Testing.Verdicts;

/// <summary>How the implementation under test was found broken.</summary>
public enum Breakdown
{
    /// <summary>It answers, but serves no other mobile node after the scenario.</summary>
    ServesNobody,

    /// <summary>It has crashed, or no longer answers anything.</summary>
    Dead,

    /// <summary>It has restarted, or otherwise forgotten sessions that the scenario did not touch.</summary>
    LostState,
}
