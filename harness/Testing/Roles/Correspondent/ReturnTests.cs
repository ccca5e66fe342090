using System.Diagnostics.CodeAnalysis;
using Conformance.Testing.Checks;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>A Home Test Init or Care-of Test Init, and the test that answers it.</summary>
/// <param name="Asked">The request; its answer is the test.</param>
/// <param name="Place">The care-of address that is tested; the home link for the home address.</param>
internal sealed record ReturnTestExchange(TestInitKind Kind, CareOf Place, Exchange Asked);

/// <summary>
/// The return routability tests of emulated mobile nodes with a correspondent node under test (RFC 6275, Sections 9.4 and 11.6). A Home
/// Test Init comes from the router of the core link, as the home agent has taken it out of its tunnel.
/// </summary>
internal sealed class ReturnTests(TestSession session, MobileNodePeer peer)
{
    private static readonly CareOf _firstAddress = new(1);

    private readonly List<ReturnTestExchange> _all = [];

    /// <summary>The last request; null if there was none.</summary>
    public ReturnTestExchange? Last => _all.LastOrDefault();

    /// <summary>The last answered test of an address; null if there is none.</summary>
    public ReturnTestExchange? LastOf(MobileNode node, TestInitKind kind, CareOf place) => Tests(node, kind, place).LastOrDefault();

    /// <summary>The last two tests of care-of addresses of a mobile node.</summary>
    /// <exception cref="ScenarioFaultException">There were fewer.</exception>
    public (ReturnTestExchange First, ReturnTestExchange Second) LastTwo(MobileNode node) =>
        _all.Where(test => test.Asked.Node == node && test.Kind == TestInitKind.CareOf).TakeLast(2).ToList() is [var first, var second]
            ? (first, second)
            : throw new ScenarioFaultException($"{node.Name} has sent fewer than two Care-of Test Inits.");

    /// <summary>Sends a request for a test.</summary>
    /// <param name="from">The care-of address; null for the one that was registered last, or else the first.</param>
    public ReturnTestExchange Send(MobileNode node, TestInitKind kind, CareOf? from, EditList edits)
    {
        session.Nodes.Bind(node);
        var place = kind == TestInitKind.Home ? CareOf.Home : from ?? node.CareOfBindings.Last ?? _firstAddress;

        // A home address as source needs no option; with one, the message comes from a care-of address.
        var source = edits.Edits.Any(edit => edit is Edit.Set { Field: MessageDraft.HomeAddressField }) ? from ?? _firstAddress : place;
        var cookie = (ulong)session.Random.NextInt64();
        var draft = new MessageDraft
        {
            IsAcknowledgement = false,
            IsOfMobileNode = true,
            Edition = session.Scenario.Edition.Wire,
            Form = options => kind == TestInitKind.Home ? new HomeTestInit(cookie, options) : new CareOfTestInit(cookie, options),
        };
        var sent = new ReturnTestExchange(kind, place, peer.Send(node, source, draft, Own(edits), lastSequenceNumber: 0));
        _all.Add(sent);
        return sent;
    }

    /// <summary>Sends a request again, with the same octets but for its cookie.</summary>
    public ReturnTestExchange Repeat(ReturnTestExchange test, EditList edits)
    {
        var again = new ReturnTestExchange(
            test.Kind,
            test.Place,
            peer.Send(test.Asked.Node!, test.Place, test.Asked.Draft!.Copy(), edits, lastSequenceNumber: 0)
        );
        _all.Add(again);
        return again;
    }

    /// <summary>Waits for the test that answers a request.</summary>
    public bool TryAnswer(ReturnTestExchange test)
    {
        if (test.Asked.Answer is null && Find(test, forbidden: false, out var reply))
        {
            test.Asked.Add(reply);
            session.LastAnswer = reply.Frame;
        }

        return test.Asked.Answer is not null;
    }

    /// <summary>Requires a test that answers the last request, with these fields.</summary>
    public void Expect(TestInitKind kind, IReadOnlyCollection<(string Field, string Expected)> rows)
    {
        var test = Last ?? throw new ScenarioFaultException("No mobile node has sent a Test Init yet.");
        if (test.Kind != kind)
        {
            throw new ScenarioFaultException($"The last message asks for a {Name(test.Kind)}, not for a {Name(kind)}.");
        }

        if (!TryAnswer(test))
        {
            var nothing = session.NothingCame(session.Clock.AnswerWithin);
            session.Require(Observation.Status, ok: false, $"a {Name(kind)}", nothing, test.Asked.Request.Frame);
        }

        var reply = test.Asked.Answer!;
        session.Judge(Observation.Status, ok: true, $"a {Name(kind)}", "it came", reply.Frame);
        RequireAddress(test, reply);
        var fields = new FieldExpectation(session, reply, test.Asked, before: null);
        FieldTable.Require(session, rows.Select(row => fields.Judge(row.Field, row.Expected)), reply.Frame, reply.Mobility!.Offset);
    }

    /// <summary>Requires that nothing answers the last request.</summary>
    public void ExpectNone(ReturnTestExchange test)
    {
        Packet? reply = null;
        var came = test.Asked.Answer is not null || Find(test, forbidden: true, out reply);
        reply ??= test.Asked.Answer;
        session.Require(
            Observation.Silence,
            !came,
            $"no {Name(test.Kind)}",
            came ? $"a {Name(test.Kind)} to {reply!.Ip!.Destination}" : "none came",
            reply?.Frame ?? test.Asked.Request.Frame
        );
    }

    /// <summary>
    /// Requires that the tokens in the last two tests of care-of addresses of a mobile node are equal, or differ. A nonce may have changed
    /// between them: then the second request is repeated.
    /// </summary>
    /// <exception cref="StepFailedException">A test is missing, or the nonce changes each time.</exception>
    public void ExpectTokens(MobileNode node, bool equal)
    {
        var (first, second) = LastTwo(node);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (!TryAnswer(first) || !TryAnswer(second))
            {
                throw new StepFailedException("a Care-of Test is missing, so that no tokens can be compared");
            }

            var (one, other) = (first.Asked.Answer!.Mobility!, second.Asked.Answer!.Mobility!);
            if (one.NonceIndex == other.NonceIndex)
            {
                session.Require(
                    Observation.Options,
                    one.KeygenToken == other.KeygenToken == equal,
                    equal ? "the token of the test before" : "another token than that of the test before",
                    one.KeygenToken == other.KeygenToken ? "the tokens are equal" : "the tokens differ",
                    second.Asked.Answer.Frame
                );
                return;
            }

            (first, second) = (second, Repeat(second, EditList.None));
        }

        throw new StepFailedException("each Care-of Test is of another nonce, so that no tokens can be compared");
    }

    internal static string Name(TestInitKind kind) => kind == TestInitKind.Home ? "Home Test" : "Care-of Test";

    /// <summary>The option may not be asked for by a name that the draft alone has: <c>no Binding Identifier</c> changes nothing.</summary>
    private static EditList Own(EditList edits) =>
        new([.. edits.Edits.Where(edit => edit is not Edit.Absent { Option: Options.BindingIdentity.Name })]);

    private List<ReturnTestExchange> Tests(MobileNode node, TestInitKind kind, CareOf place) =>
        [.. _all.Where(test => test.Asked.Node == node && test.Kind == kind && test.Place == place && TryAnswer(test))];

    private void RequireAddress(ReturnTestExchange test, Packet reply)
    {
        var asked = test.Asked.Request.Ip!.Source;
        session.Require(
            Observation.Source,
            reply.Ip!.Destination.Equals(asked) && reply.Ip.RoutedTo is null,
            $"a {Name(test.Kind)} to {asked}, without a routing header",
            reply.Ip.RoutedTo is null ? $"one to {reply.Ip.Destination}" : $"one to {reply.Ip.Destination} with a routing header",
            reply.Frame
        );
    }

    /// <summary>A wrong cookie or address must be recognised as the answer before it can be judged: one of the two is enough.</summary>
    private bool Find(ReturnTestExchange test, bool forbidden, [NotNullWhen(true)] out Packet? reply)
    {
        var (request, type) = (
            test.Asked.Request,
            test.Kind == TestInitKind.Home ? MobilityOctets.HomeTestType : MobilityOctets.CareOfTestType
        );
        return forbidden
            ? session.Tester.TryFindForbidden(Selected, request.Frame.At + session.Clock.Guard, request.Frame, out reply)
            : session.Tester.TryExpect(Selected, request.Frame.At + session.Clock.AnswerWithin, request.Frame, out reply);

        Packet? Selected(Packet packet) =>
            packet.IsMobility(type, out var message)
            && (
                message.Cookie == test.Asked.Message.Cookie
                || (packet.Ip!.Destination.Equals(request.Ip!.Source) && !_all.Exists(other => IsOf(other, message, type)))
            )
                ? packet
                : null;
    }

    private static bool IsOf(ReturnTestExchange test, MobilityOctets message, int type) =>
        test.Asked.Message.Cookie == message.Cookie
        && (test.Kind == TestInitKind.Home ? MobilityOctets.HomeTestType : MobilityOctets.CareOfTestType) == type;
}
