namespace Pmip.Protocol;

/// <summary>Whether the rules after this rule are applied.</summary>
public enum RuleOutcome
{
    /// <summary>The next rule of the list is applied.</summary>
    Continue,

    /// <summary>Processing is complete: no further rule is applied.</summary>
    Stop,
}
