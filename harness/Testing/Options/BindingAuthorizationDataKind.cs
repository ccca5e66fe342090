using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 6275, Section 6.2.7: the last option of its message. Words: the Authenticator in hexadecimal.</summary>
public sealed class BindingAuthorizationDataKind() : MobilityOptionKind("Binding Authorization Data", Type, ("Authenticator", 0))
{
    public const int Type = 5;

    /// <summary>No padding follows the option.</summary>
    public override (int Multiple, int Offset) Alignment(int length) => (8, (8 - ((HeaderLength + length) % 8)) % 8);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new BindingAuthorizationDataOption(OptionWords.OctetString(words))];
}
