namespace Pmip.Wire;

/// <summary>The data of a Binding Authorization Data option, RFC 6275, Section 6.2.7: the authenticator.</summary>
internal static class BindingAuthorizationDataFormat
{
    /// <summary>No padding may follow; the option must therefore end on a multiple of 8 octets.</summary>
    internal static (int Multiple, int Offset) AlignmentOf(int authenticatorLength) =>
        (
            OptionPadding.HeaderUnit,
            OptionPadding.Before((OptionPadding.HeaderUnit, 0), OptionPadding.OptionHeaderLength + authenticatorLength)
        );
}
