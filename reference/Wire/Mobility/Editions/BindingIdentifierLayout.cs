namespace Pmip.Wire;

/// <summary>How the option that tells several bindings of a mobile node apart is laid out.</summary>
public enum BindingIdentifierLayout
{
    /// <summary>The edition has no such option.</summary>
    None,

    /// <summary><see cref="BindingIdentifierOption"/>: type 35, lengths 4, 8 and 20, H flag; overwriting is asked for in the Binding Update.</summary>
    Rfc5648,

    /// <summary><see cref="BindingUniqueIdentifierOption"/>: lengths 4 and 20, flags C, O and H.</summary>
    Draft04,
}
