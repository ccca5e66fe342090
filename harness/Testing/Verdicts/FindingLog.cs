using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Testing.Verdicts;

/// <summary>The findings of one scenario: the first confirmation of a statement, and every different violation.</summary>
public sealed class FindingLog
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(StatementId Statement, bool Ok, string Actual)> _seen = [];
    private readonly HashSet<Finding> _ofOneMessage = [];
    private readonly Dictionary<Finding, int> _madeAfter = [];

    public IReadOnlyList<Finding> All => _findings;

    /// <summary>Takes back findings that do not stand, because the implementation was broken when they were made.</summary>
    public IReadOnlyList<Finding> Withdraw(Func<Finding, bool> isUnfounded)
    {
        var unfounded = _findings.Where(isUnfounded).ToList();
        _findings.RemoveAll(unfounded.Contains);
        return unfounded;
    }

    /// <summary>True if one message proves the finding, whatever happened before and after it.</summary>
    public bool IsOfOneMessage(Finding finding) => _ofOneMessage.Contains(finding);

    /// <summary>The number of frames of the scenario when the finding was made.</summary>
    public int MadeAfter(Finding finding) => _madeAfter[finding];

    /// <summary>Adds a finding. Its texts may come from packets: what cannot be shown is escaped.</summary>
    /// <param name="frames">The number of frames of the scenario so far.</param>
    /// <param name="ofOneMessage">True if one message proves it.</param>
    public void Add(Finding finding, int frames, bool ofOneMessage = false)
    {
        finding = finding with { Expected = PrintableText.Of(finding.Expected), Actual = PrintableText.Of(finding.Actual) };
        if (_seen.Add((finding.Statement, finding.Ok, finding.Ok ? string.Empty : finding.Actual)))
        {
            _findings.Add(finding);
            _madeAfter.TryAdd(finding, frames);
            if (ofOneMessage)
            {
                _ofOneMessage.Add(finding);
            }
        }
    }
}
