using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>
/// The correspondent node of the mobile node under test (RFC 6275, Section 9): it answers tests and updates that are authentic, and sends
/// its packets to the care-of addresses that are bound.
/// </summary>
public sealed class CorrespondentPeer(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    MobileNodeBids bids,
    HomeAgentPeer homeAgent
) : RegistrationPeer(session, links, events, bids, links.Known.Correspondent, isHomeAgent: false, takesIpv4: false)
{
    private readonly ReturnTokens _tokens = new(session.Random);
    private readonly Dictionary<TestInitKind, AnswerChanges> _each = [];
    private readonly HashSet<(TestInitKind Kind, PortId? Link)> _silent = [];

    /// <summary>A node that the mobile node has nothing to do with.</summary>
    public IPAddress Other { get; } = OtherThan(links.Known.Correspondent);

    /// <summary>True once the mobile node has asked for a test.</summary>
    public bool HasTested { get; private set; }

    /// <summary>From now on, each Home Test or Care-of Test is changed.</summary>
    public void Change(TestInitKind kind, AnswerChanges changes) => _each[kind] = changes;

    /// <summary>From now on, no such message is answered.</summary>
    /// <param name="link">The link of its care-of address; null for all.</param>
    public void Silence(TestInitKind kind, PortId? link) => _silent.Add((kind, link));

    /// <summary>Answers a Home Test Init or Care-of Test Init (RFC 6275, Sections 9.4.1 to 9.4.4).</summary>
    /// <param name="packet">The packet with the message, out of a tunnel if it came through one.</param>
    /// <param name="careOf">The end of the tunnel, through which the answer goes back; null without a tunnel.</param>
    public void Answer(TestInitKind kind, Packet packet, IPAddress? careOf)
    {
        HasTested = true;
        var (init, to) = (packet.Mobility!, packet.Ip!.Source);
        if (_silent.Contains((kind, null)) || _silent.Contains((kind, Links.LinkOf(careOf ?? to))))
        {
            return;
        }

        var changes = _each.GetValueOrDefault(kind, AnswerChanges.Nothing);
        var (index, token) = _tokens.Give(kind, to);
        var cookie = init.Cookie ^ (changes.HasWrongCookie ? 1UL : 0);
        var draft = new MessageDraft
        {
            IsAcknowledgement = false,
            Edition = Edition,
            Form = options =>
                kind == TestInitKind.Home ? new HomeTest(index, cookie, token, options) : new CareOfTest(index, cookie, token, options),
        };
        if (
            Edition.BindingIdentifier == BindingIdentifierLayout.Draft04
            && !Policy.IgnoresBids
            && BindingIdentity.FirstIn(init, Edition) is { } asked
        )
        {
            draft.Options.Add(
                new BindingUniqueIdentifierOption((ushort)asked.Bid, 0, Overwrite: false, HomeBinding: false, CareOfAddress: null)
                {
                    OptionType = Edition.BindingUniqueIdentifierType,
                }
            );
        }

        Edit(draft, changes.Edits, lastSequenceNumber: 0);
        var test = draft.ToPacket(changes.IsOfAnother ? Other : Address, to);
        var frame =
            !to.Equals(Home) ? Links.Forward(to, test)
            : changes.IsUntunnelled && careOf is not null ? Links.Forward(careOf, test)
            : homeAgent.Forward(test, careOf, changes.IsTunnelOfAnother ? Other : null);
        if (frame is not null)
        {
            Events.NoteAnswer(frame, changes != AnswerChanges.Nothing);
        }
    }

    /// <summary>A packet to the home address: to a care-of address with a type 2 routing header.</summary>
    public Ipv6Packet Routed(IPAddress careOf, byte protocol, byte[] payload) =>
        new(Address, careOf, IpProtocol.Routing, new Type2RoutingHeader(protocol, Home).Before(payload));

    /// <summary>RFC 6275, Section 9.5.1: without the right authenticator, an update is dropped.</summary>
    protected override bool IsAuthentic(RequestedUpdate update) =>
        UnknownNonce(update) is not null || KeyOf(update)?.Fits(update.Message) == true;

    /// <inheritdoc/>
    protected override byte? Fault(RequestedUpdate update) => UnknownNonce(update);

    /// <inheritdoc/>
    protected override void Complete(MessageDraft draft, RequestedUpdate update, AnswerChanges changes)
    {
        if (UnknownNonce(update) is not null || KeyOf(update) is not { } key)
        {
            return;
        }

        draft.Options.Add(new BindingAuthorizationDataOption(new OctetString(new byte[MessageKey.AuthenticatorLength])));
        draft.Authenticate = message => Authenticated(message, key, changes.HasWrongAuthenticator);
    }

    /// <inheritdoc/>
    protected override Frame? Send(MessageDraft draft, RequestedUpdate update)
    {
        var message = draft.ToBytes(Address, Home);
        return update.Source.Equals(Home)
            ? homeAgent.Forward(new Ipv6Packet(Address, Home, IpProtocol.MobilityHeader, message), careOf: null)
            : Links.Forward(update.Source, Routed(update.Source, IpProtocol.MobilityHeader, message));
    }

    private static byte[] Authenticated(byte[] message, MessageKey key, bool isWrong)
    {
        if (
            new MobilityOctets(message, offset: 0).First(BindingAuthorizationDataKind.Type) is
            { Length: MessageKey.AuthenticatorLength } option
        )
        {
            var at = option.Offset + MobilityOptionKind.HeaderLength;
            key.Authenticator(message, at).CopyTo(message, at);
            message[at] ^= (byte)(isWrong ? 1 : 0);
        }

        return message;
    }

    private static IPAddress OtherThan(IPAddress address)
    {
        var octets = address.GetAddressBytes();
        octets[^1] ^= 0x08;
        return new IPAddress(octets);
    }

    /// <summary>The care-of address that an update registers.</summary>
    private static IPAddress Registered(RequestedUpdate update) => update.Entries[0].CareOf ?? update.PlainCareOf;

    private static OptionOctets? Nonces(RequestedUpdate update) => update.Message.First(NonceIndicesKind.Type);

    private static (ushort Home, ushort CareOf) Indices(OptionOctets nonces)
    {
        var part = new FramePart(nonces.Data, Offset: 0);
        return (part.Word(0), part.Word(2));
    }

    /// <summary>The rejection of an update whose nonce indices were never given; null if they were, or if it has none.</summary>
    private byte? UnknownNonce(RequestedUpdate update)
    {
        if (Nonces(update) is not { } nonces)
        {
            return null;
        }

        var (home, careOf) = Indices(nonces);
        var knowsHome = _tokens.Knows(TestInitKind.Home, home);
        var knowsCareOf = update.IsDeregistration || _tokens.Knows(TestInitKind.CareOf, careOf);
        return (knowsHome, knowsCareOf) switch
        {
            (true, true) => null,
            (false, true) => (byte)BindingStatus.EXPIRED_HOME_NONCE_INDEX,
            (true, false) => (byte)BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX,
            _ => (byte)BindingStatus.EXPIRED_NONCES,
        };
    }

    /// <summary>The key of an update; null if its nonce indices are not of its addresses.</summary>
    private MessageKey? KeyOf(RequestedUpdate update)
    {
        if (Nonces(update) is not { } nonces)
        {
            return null;
        }

        var (home, careOf) = Indices(nonces);
        var registered = Registered(update);
        var careOfToken = update.IsDeregistration ? null : _tokens.Find(TestInitKind.CareOf, careOf, registered);
        return _tokens.Find(TestInitKind.Home, home, update.Home) is { } homeToken && (update.IsDeregistration || careOfToken is not null)
            ? MessageKey.Of(homeToken, careOfToken, update.IsDeregistration ? update.Home : registered, Address)
            : null;
    }
}
