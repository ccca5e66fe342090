using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// The changes that a scenario makes to the proof of a Binding Update, and not to its octets: which tokens and nonce indices prove it, and
/// over what its authenticator is computed.
/// </summary>
/// <remarks>
/// <c>tokens = old</c>, <c>home token = old</c>, <c>care-of token = old</c>: the last ones, whatever their age.
/// <c>Home Nonce Index = unknown</c> or a number, <c>Care-of Nonce Index</c> alike: the index alone is changed.
/// <c>Authenticator = wrong</c>, <c>without BID option</c> (as if the update had none), <c>of CoA2</c> (that address and its token),
/// <c>of MN2's home address</c> (its home token). <c>BID after authentication = 9</c>.
/// </remarks>
internal sealed record ProofEdits
{
    private const string Old = "old";
    private const string Unknown = "unknown";
    private const string Of = "of ";
    private const string OfHome = "'s home address";

    /// <summary>True to use the last home token, however old it is.</summary>
    public bool HasOldHomeToken { get; private init; }

    /// <summary>True to use the last token of the care-of address, however old it is.</summary>
    public bool HasOldCareOfToken { get; private init; }

    /// <summary>Null for the right index.</summary>
    public NonceChange? HomeIndex { get; private init; }

    /// <inheritdoc cref="HomeIndex"/>
    public NonceChange? CareOfIndex { get; private init; }

    /// <summary>True for an authenticator of other bits.</summary>
    public bool IsWrong { get; private init; }

    /// <summary>True for an authenticator over the update without its BID options.</summary>
    public bool IsWithoutIdentifiers { get; private init; }

    /// <summary>The place that is proved instead of the care-of address; null for that.</summary>
    public CareOf? OtherPlace { get; private init; }

    /// <summary>The name of the mobile node whose home token is used instead; null for the node itself.</summary>
    public string? OtherNode { get; private init; }

    /// <summary>The BID that replaces that of the authentic update; null for none.</summary>
    public ushort? LateIdentifier { get; private init; }

    /// <summary>True if a device can prove the update by a key, and its answer.</summary>
    public bool IsProof =>
        !IsWrong
        && !IsWithoutIdentifiers
        && OtherPlace is null
        && OtherNode is null
        && LateIdentifier is null
        && HomeIndex is null
        && CareOfIndex is null
        && !HasOldHomeToken
        && !HasOldCareOfToken;

    /// <summary>Takes the changes of the proof out of a list.</summary>
    /// <returns>The changes of the proof, and the list without them.</returns>
    /// <exception cref="ScenarioFaultException">A change of the proof has a value that it cannot have.</exception>
    public static (ProofEdits Proof, EditList Others) Read(EditList edits)
    {
        var proof = new ProofEdits();
        var rest = new List<Edit>();
        foreach (var edit in edits.Edits)
        {
            if (edit is Edit.Set set && proof.With(set) is { } changed)
            {
                proof = changed;
            }
            else
            {
                rest.Add(edit);
            }
        }

        return (proof, new EditList(rest));
    }

    /// <returns>Null if the change is not about the proof.</returns>
    private ProofEdits? With(Edit.Set edit) =>
        (edit.Field, edit.Value) switch
        {
            ("tokens", Old) => this with { HasOldHomeToken = true, HasOldCareOfToken = true },
            ("home token", Old) => this with { HasOldHomeToken = true },
            ("care-of token", Old) => this with { HasOldCareOfToken = true },
            ("Home Nonce Index", var index) => this with { HomeIndex = Index(index) },
            ("Care-of Nonce Index", var index) => this with { CareOfIndex = Index(index) },
            ("Authenticator", "wrong") => this with { IsWrong = true },
            ("Authenticator", "without BID option") => this with { IsWithoutIdentifiers = true },
            ("Authenticator", var words) when words.StartsWith(Of, StringComparison.Ordinal) => words.EndsWith(
                OfHome,
                StringComparison.Ordinal
            )
                ? this with
                {
                    OtherNode = words[Of.Length..^OfHome.Length],
                }
                : this with
                {
                    OtherPlace = CareOf.Read(words[Of.Length..]),
                },
            ("BID after authentication", var bid) => this with { LateIdentifier = (ushort)OptionWords.Number(bid, ushort.MaxValue) },
            ("tokens" or "home token" or "care-of token" or "Authenticator", _) => throw edit.Fault(
                "say tokens = old, home token = old, care-of token = old, or Authenticator = wrong, without BID option, of CoA2 or of "
                    + "MN2's home address"
            ),
            _ => null,
        };

    private static NonceChange Index(string words) =>
        words == Unknown ? NonceChange.ToUnknown : new NonceChange((ushort)OptionWords.Number(words, ushort.MaxValue));
}

/// <summary>Another nonce index than that of the token.</summary>
/// <param name="Index">Null for one that the correspondent node has never given.</param>
internal sealed record NonceChange(ushort? Index)
{
    /// <summary>Far from every index that a correspondent node gives in the time of a scenario.</summary>
    private const int Distance = 0x4000;

    public static NonceChange ToUnknown { get; } = new((ushort?)null);

    public ushort From(ushort right) => Index ?? (ushort)(right + Distance);
}
