namespace Pmip.Wire;

/// <summary>The layout of the option that identifies one of several bindings of a mobile node.</summary>
public enum BindingIdentifierLayout
{
    /// <summary>The edition has no such option.</summary>
    None,

    /// <summary>
    /// <see cref="BindingIdentifierOption"/>: type 35, lengths 4, 8 and 20, H flag; the Binding Update requests overwriting.
    /// </summary>
    Rfc5648,

    /// <summary><see cref="BindingUniqueIdentifierOption"/>: lengths 4 and 20, flags C, O and H.</summary>
    Draft04,
}
