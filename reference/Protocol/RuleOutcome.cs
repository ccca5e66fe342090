namespace Pmip.Protocol;

/// <summary>What a rule says about the ones behind it.</summary>
public enum RuleOutcome
{
    /// <summary>The next rule of the list is applied.</summary>
    Continue,

    /// <summary>The message has been dealt with: no further rule is applied.</summary>
    Stop,
}
