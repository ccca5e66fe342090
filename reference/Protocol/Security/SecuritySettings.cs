namespace Pmip.Protocol.Security;

/// <summary>The security associations of a node, and how it applies them.</summary>
public sealed record SecuritySettings
{
    /// <summary>Both directions of every peer.</summary>
    public IReadOnlyList<SecurityAssociation> Associations { get; init; } = [];

    /// <summary>
    /// Detects replayed packets. RFC 4303, Section 3.3.3, advises against it with manual keys: after a restart the peer counts from the
    /// beginning, and would not be heard.
    /// </summary>
    public bool AntiReplay { get; init; }

    /// <summary>The rules by which ESP is removed and added.</summary>
    public SecurityRules Rules { get; init; } = SecurityRules.Default;

    /// <summary>Whether a node has associations in one mode.</summary>
    public bool Has(EspMode mode) => Associations.Any(association => association.Mode == mode);
}
