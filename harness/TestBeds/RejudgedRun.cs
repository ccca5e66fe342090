using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Protection;
using Conformance.Testing.Verdicts;

namespace Conformance.TestBeds;

/// <summary>What judging a run again has shown.</summary>
public sealed class RejudgedRun
{
    private readonly List<(ScenarioResult Before, ScenarioResult After)> _judged = [];
    private readonly List<ScenarioResult> _unread = [];
    private readonly List<ScenarioResult> _changed = [];
    private readonly SortedSet<string> _missingKeys = new(StringComparer.Ordinal);
    private readonly List<Domain> _domains = [];

    /// <summary>The results that were judged again.</summary>
    public IReadOnlyList<(ScenarioResult Before, ScenarioResult After)> Judged => _judged;

    /// <summary>The results whose messages could not be read for lack of keys.</summary>
    public IReadOnlyList<ScenarioResult> Unread => _unread;

    /// <summary>
    /// Those of <see cref="Unread"/> whose files are not the ones of the journal, or whose journal does not say which they are.
    /// </summary>
    public IReadOnlyList<ScenarioResult> Changed => _changed;

    /// <summary>The fingerprints of the keys that were missing.</summary>
    public IReadOnlyCollection<string> MissingKeys => _missingKeys;

    /// <summary>The networks of the scenarios with security associations.</summary>
    public IReadOnlyList<Domain> ProtectedDomains => _domains;

    /// <summary>True if a trace has security associations, or a key of a DHCP server, and the keys are not known.</summary>
    internal bool Lacks(Trace trace, Keyring keys)
    {
        var domain = trace.Facts.Ixit.Domain;
        if (domain.Associations.Count > 0)
        {
            _domains.Add(domain);
        }

        var missing = domain
            .Associations.Where(known => known.KeyFingerprint is null || keys.Find(known.KeyFingerprint) is null)
            .Select(known => known.KeyFingerprint ?? known.KeyFile)
            .ToList();
        if (trace.Facts.Ixit.Ipv4?.ForceRenewKey is { Fingerprint: var fingerprint } && keys.Find(fingerprint) is null)
        {
            missing.Add(fingerprint);
        }

        _missingKeys.UnionWith(missing);
        return missing.Count > 0;
    }

    internal void Add(ScenarioResult before, ScenarioResult after) => _judged.Add((before, after));

    /// <param name="hash">The hash of the files as they are now.</param>
    internal void Compare(ScenarioResult result, string hash)
    {
        _unread.Add(result);
        if (result.CaptureHash != hash)
        {
            _changed.Add(result);
        }
    }
}
