namespace Pmip.Wire;

/// <summary>Where an edition has the O flag, which asks that new bindings replace all that are there.</summary>
public enum OverwritePlace
{
    Nowhere,

    /// <summary><see cref="BindingUpdateFlags.BulkOverwrite"/>.</summary>
    BindingUpdate,

    /// <summary><see cref="BindingUniqueIdentifierOption.Overwrite"/>.</summary>
    Option,
}
