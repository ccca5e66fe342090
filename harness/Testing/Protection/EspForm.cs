namespace Conformance.Testing.Protection;

/// <summary>How a peer protects a message that it sends to the implementation under test.</summary>
public enum EspForm
{
    /// <summary>In transport mode, under the association between the two nodes.</summary>
    AsAgreed,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>By another key than that of the association.</summary>
    WrongKey,

    /// <summary>With an SPI of no association.</summary>
    OtherSpi,

    /// <summary>Under an association of the receiver with another node, but with the peer's own source address.</summary>
    AssociationOfAnother,

    /// <summary>Without an Integrity Check Value.</summary>
    NoCheckValue,

    /// <summary>The last protected packet of the peer to the receiver is sent again, octet by octet, in place of the message.</summary>
    Replayed,

    /// <summary>With an unused sequence number just below the last one.</summary>
    Delayed,

    /// <summary>With an unused sequence number that is lower than any receive window reaches.</summary>
    DelayedTooLong,

    /// <summary>In tunnel mode, under the association between the two nodes.</summary>
    TunnelMode,
}

/// <summary>The words for forms of protection in scenarios: <c>protection = wrong key</c>.</summary>
public static class EspForms
{
    private static readonly Dictionary<string, EspForm> _forms = new(StringComparer.Ordinal)
    {
        ["none"] = EspForm.None,
        ["wrong key"] = EspForm.WrongKey,
        ["other SPI"] = EspForm.OtherSpi,
        ["another MAG's"] = EspForm.AssociationOfAnother,
        ["another LMA's"] = EspForm.AssociationOfAnother,
        ["another mobile node's"] = EspForm.AssociationOfAnother,
        ["no ICV"] = EspForm.NoCheckValue,
        ["replayed"] = EspForm.Replayed,
        ["delayed"] = EspForm.Delayed,
        ["delayed too long"] = EspForm.DelayedTooLong,
        ["tunnel mode"] = EspForm.TunnelMode,
    };

    public static IEnumerable<string> Words => _forms.Keys;

    public static EspForm? Find(string words) => _forms.TryGetValue(words, out var form) ? form : null;
}
