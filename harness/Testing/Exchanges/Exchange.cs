using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Exchanges;

/// <summary>
/// A binding request and what followed it: a request that an emulated node sent to the implementation under test, or the other way round.
/// Several exchanges may be open at once.
/// </summary>
/// <param name="request">The message, which the tester sent or received.</param>
/// <param name="node">The mobile node that the request is about; null if the tester does not know the node.</param>
/// <param name="peer">The name of the emulated node that takes part in the exchange.</param>
public sealed class Exchange(Packet request, MobileNode? node, string peer)
{
    private readonly List<Packet> _answers = [];

    public Packet Request { get; } = request;

    public MobilityOctets Message { get; } =
        request.Mobility ?? throw new ArgumentException("The packet is no mobility message.", nameof(request));

    public MobileNode? Node { get; } = node;

    public string Peer { get; } = peer;

    /// <summary>The draft of a request that the tester sent; null if the request was received.</summary>
    public MessageDraft? Draft { get; init; }

    /// <summary>
    /// The key of return routability by which the request is authentic, if the tester has sent it so; null without such a key.
    /// </summary>
    public MessageKey? Key
    {
        get => field ?? Draft?.Key;
        init;
    }

    /// <summary>The prefixes of the node's session before the request; empty without a session.</summary>
    public IReadOnlyList<Ipv6Prefix> Known { get; init; } = [];

    /// <summary>The IPv4 home addresses of the node's session before the request; empty without such a session.</summary>
    public IReadOnlyList<Ipv4HomeAddress> KnownIpv4 { get; init; } = [];

    /// <summary>
    /// True for a request that names one family of a session with both: with lifetime 0, it ends that family alone (RFC 5844, Section
    /// 3.1.2.5).
    /// </summary>
    public bool LeavesFamilyOut { get; init; }

    /// <summary>True for a request that ends the whole session.</summary>
    public bool EndsSession => IsDeregistration && !LeavesFamilyOut;

    /// <summary>The answers that a step or a bookend has taken, in their order.</summary>
    public IReadOnlyList<Packet> Answers => _answers;

    /// <summary>The last answer; null if there is none.</summary>
    public Packet? Answer => _answers.Count > 0 ? _answers[^1] : null;

    public bool IsDeregistration => Message.LifetimeUnits == 0;

    public void Add(Packet answer) => _answers.Add(answer);
}
