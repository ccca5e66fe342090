namespace Pmip.Wire;

/// <summary>The place of the O flag in an edition. The flag requests that new bindings replace all existing ones.</summary>
public enum OverwritePlace
{
    Nowhere,

    /// <summary><see cref="BindingUpdateFlags.BulkOverwrite"/>.</summary>
    BindingUpdate,

    /// <summary><see cref="BindingUniqueIdentifierOption.Overwrite"/>.</summary>
    Option,
}
