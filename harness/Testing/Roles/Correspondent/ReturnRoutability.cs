using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>
/// Proves Binding Updates to a correspondent node under test: runs the tests that an update needs, adds its Nonce Indices and its
/// authenticator, and spoils the proof where a scenario says so (RFC 6275, Sections 5.2.5, 5.2.6 and 11.6).
/// </summary>
internal sealed class ReturnRoutability(TestSession session, ReturnTests tests)
{
    /// <summary>
    /// Much less than MAX_TOKEN_LIFETIME, 210 s (RFC 6275, Section 12): that it keeps nonces so long is recommended to a correspondent
    /// node, and one that gives them up earlier is not at fault (Section 5.2.7).
    /// </summary>
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The care-of addresses whose nonces a removal has spent, and when: they do not serve again (RFC 6275, Section 9.5.3).
    /// </summary>
    private readonly Dictionary<MobileNode, DateTimeOffset> _spentAt = [];

    private WireEdition Edition => session.Scenario.Edition.Wire;

    /// <summary>Completes an update before the remaining edits are made to it.</summary>
    /// <param name="careOf">The place whose care-of address the update is about.</param>
    /// <returns>The edits without those of the proof.</returns>
    /// <exception cref="StepFailedException">A test does not come, so that nothing can be proved.</exception>
    public EditList Complete(MobileNode node, CareOf careOf, MessageDraft draft, EditList edits)
    {
        var (proof, rest) = ProofEdits.Read(edits);
        var ends =
            draft.LifetimeUnits == 0 || rest.Edits.Any(edit => edit is Edit.Set { Field: MessageFields.Lifetime, Value: "0" or "0 s" });
        var address = Registered(node, careOf, draft, rest);
        var place = proof.OtherPlace ?? PlaceOf(node, address) ?? careOf;
        var home = HomeToken(proof.OtherNode is { } other ? session.Nodes.Bound(other) : node, proof.HasOldHomeToken);
        var needsCareOf = !ends || proof.OtherPlace is not null;
        var token = needsCareOf ? CareOfToken(node, place, proof.HasOldCareOfToken) : null;

        var authenticated =
            ends ? node.AddressAt(CareOf.Home)
            : proof.OtherPlace is not null ? node.AddressAt(place)
            : address;
        var key = MessageKey.Of(home.KeygenToken, token?.KeygenToken, authenticated, session.AddressOf(session.Tested));
        draft.Options.Add(
            new NonceIndicesOption(
                proof.HomeIndex?.From(home.NonceIndex) ?? home.NonceIndex,
                proof.CareOfIndex?.From(token?.NonceIndex ?? 0) ?? token?.NonceIndex ?? 0
            )
        );
        draft.Options.Add(new BindingAuthorizationDataOption(new OctetString(new byte[MessageKey.AuthenticatorLength])));
        draft.Authenticate = message => Authenticated(message, key, proof);
        draft.Key = proof.IsProof && IsUntouched(rest) && PlaceOf(node, address) is not null ? key : null;
        if (ends)
        {
            _spentAt[node] = session.Bed.Now;
        }

        return rest;
    }

    /// <summary>
    /// The address that the update registers: that of an Alternate Care-of Address option or of the only BID option, or else that of the
    /// place (RFC 6275, Section 6.2.7).
    /// </summary>
    private IPAddress Registered(MobileNode node, CareOf careOf, MessageDraft draft, EditList edits)
    {
        var named = edits
            .Edits.OfType<Edit.Set>()
            .LastOrDefault(edit => MobilityOptionKind.Named(edit.Field, Edition) is AlternateCareOfAddressKind);
        return named is not null && !NamesAddress(draft)
            ? OptionWords.Address(named.Value, new OptionContext(session, node))
            : node.AddressAt(careOf);
    }

    /// <summary>True if a BID option has the care-of address: an Alternate Care-of Address does not count beside it.</summary>
    private static bool NamesAddress(MessageDraft draft) =>
        draft.Options.Exists(option => option is BindingIdentityOption { CareOfAddress: not null });

    private static CareOf? PlaceOf(MobileNode node, IPAddress address) =>
        CareOf.All.FirstOrDefault(place => !place.IsHome && node.AddressAt(place).Equals(address));

    /// <summary>Changes that leave the message as authentic as it is without them.</summary>
    private static bool IsUntouched(EditList edits) =>
        !edits.Edits.Any(edit =>
            edit
                is Edit.Truncate
                    or Edit.Cut
                    or Edit.Swap
                    or Edit.Pad
                    or Edit.Absent { Option: "Nonce Indices" or "Binding Authorization Data" }
            || edit is Edit.Set { Field: MessageDraft.HomeAddressField or "H" or MessageFields.Checksum }
            || edit is Edit.Set { Field: "Nonce Indices" or "Binding Authorization Data" }
            || edit.References.Any(reference => reference.Name is "Nonce Indices" or "Binding Authorization Data")
        );

    private MobilityOctets HomeToken(MobileNode node, bool isOld) => Token(node, TestInitKind.Home, CareOf.Home, isOld);

    private MobilityOctets CareOfToken(MobileNode node, CareOf place, bool isOld) => Token(node, TestInitKind.CareOf, place, isOld);

    private MobilityOctets Token(MobileNode node, TestInitKind kind, CareOf place, bool isOld)
    {
        session.Nodes.Bind(node);
        if (tests.LastOf(node, kind, place) is { Asked.Answer: { } known } && (isOld || IsFresh(node, known.Frame.At)))
        {
            return known.Mobility!;
        }

        if (isOld)
        {
            throw new ScenarioFaultException($"{node.Name} has no old token: no {ReturnTests.Name(kind)} has come for {place}.");
        }

        var test = tests.Send(node, kind, place, EditList.None);
        return tests.TryAnswer(test)
            ? test.Asked.Answer!.Mobility!
            : throw new StepFailedException(
                $"no {ReturnTests.Name(kind)} for {node.Name} at {place}: {session.NothingCame(session.Clock.AnswerWithin)}"
            );
    }

    private bool IsFresh(MobileNode node, DateTimeOffset at) =>
        session.Bed.Now - at < _freshFor && (!_spentAt.TryGetValue(node, out var spent) || at > spent);

    private byte[] Authenticated(byte[] message, MessageKey key, ProofEdits proof)
    {
        var read = new MobilityOctets(message, offset: 0);
        if (read.First(BindingAuthorizationDataKind.Type) is not { Length: MessageKey.AuthenticatorLength } option)
        {
            return message;
        }

        var at = option.Offset + MobilityOptionKind.HeaderLength;
        var code = proof.IsWithoutIdentifiers ? WithoutIdentifiers(message, key) : key.Authenticator(message, at);
        code[0] ^= (byte)(proof.IsWrong ? 1 : 0);
        code.CopyTo(message, at);
        if (proof.LateIdentifier is { } bid)
        {
            var identity = BindingIdentity.FirstIn(read, Edition) ?? throw new ScenarioFaultException("The update has no BID option.");
            var of = identity.Option.Offset + MobilityOptionKind.HeaderLength;
            (message[of], message[of + 1]) = ((byte)(bid >> 8), (byte)bid);
        }

        return message;
    }

    /// <summary>The authenticator of the same update without BID option.</summary>
    private byte[] WithoutIdentifiers(byte[] message, MessageKey key)
    {
        var bare = OctetEditor.Apply(
            EditList.Parse($"drop option[{BindingIdentity.Name}]").Edits,
            message,
            key.CareOf,
            key.Correspondent,
            Edition
        );
        var option = new MobilityOctets(bare, offset: 0).First(BindingAuthorizationDataKind.Type)!;
        return key.Authenticator(bare, option.Offset + MobilityOptionKind.HeaderLength);
    }
}
