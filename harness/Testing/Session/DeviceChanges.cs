using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>What the operator has changed at the implementation under test in a scenario.</summary>
public sealed class DeviceChanges
{
    /// <summary>The ICS items that say how a variable of RFC 5213, Section 9, is set: the variable, and for which of its values.</summary>
    private static readonly Dictionary<string, (string Variable, Func<string, bool> IsClaimed)> _items = new(StringComparer.Ordinal)
    {
        ["sequence-numbers-in-use"] = ("TimestampBasedApproachInUse", value => value == "0"),
        ["mobile-node-generated-timestamp"] = ("MobileNodeGeneratedTimestampInUse", value => value == "1"),
        ["fixed-mag-link-local-address"] = ("FixedMAGLinkLocalAddressOnAllAccessLinks", value => value != "::"),
        ["fixed-mag-link-layer-address"] = ("FixedMAGLinkLayerAddressOnAllAccessLinks", value => value != "00:00:00:00:00:00"),
        ["local-routing"] = ("EnableMAGLocalRouting", value => value == "1"),
    };

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    private readonly HashSet<Ipv6Prefix> _withdrawn = [];

    /// <summary>
    /// When the last restart was complete: what came until then may come from before. The end of time while the implementation restarts,
    /// the beginning of time if it never did.
    /// </summary>
    public DateTimeOffset RestartedAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>When the operator last told the implementation something; the beginning of time if never.</summary>
    public DateTimeOffset ToldAt { get; set; } = DateTimeOffset.MinValue;

    /// <summary>True once a variable was set: messages from before may differ from those from now on.</summary>
    public bool HasNewVariables => _variables.Count > 0;

    /// <summary>Notes that a prefix has become invalid.</summary>
    public void Withdraw(Ipv6Prefix prefix) => _withdrawn.Add(prefix);

    public bool HasWithdrawn(Ipv6Prefix prefix) => _withdrawn.Contains(prefix);

    /// <summary>The value to which a variable was set; null if it was not.</summary>
    public string? ValueOf(string variable) => _variables.GetValueOrDefault(variable);

    public void Set(string variable, string value) => _variables[variable] = value;

    /// <summary>Whether an ICS item holds by what was set; null if nothing was set that decides it.</summary>
    public bool? Claims(string item) =>
        _items.TryGetValue(item, out var known) && _variables.TryGetValue(known.Variable, out var value) ? known.IsClaimed(value) : null;
}
