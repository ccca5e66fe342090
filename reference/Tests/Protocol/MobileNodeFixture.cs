using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A message of the mobile node.</summary>
internal sealed record SentMessage(RoleAction.SendSignal Action, MobilityMessage Message, TimeSpan At)
{
    /// <summary>The IPv6 headers, over IPv4 those in the datagram.</summary>
    public Ipv6Signaling Path => (Action.Path as Ipv4UdpIpv6Signaling)?.Inner ?? (Ipv6Signaling)Action.Path;

    public BindingUpdate Update => (BindingUpdate)Message;

    public IReadOnlyList<BindingIdentityOption> Identities => [.. Update.Options.OfType<BindingIdentityOption>()];

    public IReadOnlyList<ushort> BindingIds => [.. Identities.Select(identity => identity.BindingId)];

    /// <summary>O of either edition.</summary>
    public bool Overwrites =>
        Update.Flags.HasFlag(BindingUpdateFlags.BulkOverwrite)
        || Identities.OfType<BindingUniqueIdentifierOption>().Any(option => option.Overwrite);
}

/// <summary>
/// A mobile node with three foreign links and its home link, whose home agent and correspondent node are played by the test: they accept
/// everything at once, unless a test says otherwise.
/// </summary>
internal sealed class MobileNodeFixture
{
    public static readonly IPAddress Home = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress Agent = IPAddress.Parse("2001:db8:200::1");
    public static readonly IPAddress Correspondent = IPAddress.Parse("2001:db8:300::c1");
    public static readonly Ipv6Prefix HomePrefix = Ipv6Prefix.Parse("2001:db8:200::/64");
    public static readonly IReadOnlyList<LinkId> Links = [new("link1"), new("link2"), new("link3"), new("home")];
    public static readonly LinkId HomeLink = Links[3];
    public static readonly MacAddress HomeMac = MacAddress.Parse("02:1a:00:00:00:54");
    public static readonly MacAddress RouterMac = MacAddress.Parse("02:1a:00:00:00:01");
    public static readonly IPAddress Router = IPAddress.Parse("fe80::1");

    public static readonly MobileNodeSettings Settings = new()
    {
        HomeAddress = Home,
        HomePrefix = HomePrefix,
        HomeAgent = Agent,
        Links = Links,
        LinkLayerAddresses = new Dictionary<LinkId, MacAddress> { [HomeLink] = HomeMac },
    };

    private readonly WireEdition _edition;
    private readonly List<SentMessage> _sent = [];
    private readonly List<RoleAction> _actions = [];

    public MobileNodeFixture(MobileNodeSettings settings, MobileNodeRules? rules = null)
    {
        _edition = settings.Mcoa switch
        {
            McoaEdition.Rfc5648 => WireEdition.Rfc5648,
            McoaEdition.Draft04 => WireEdition.McoaDraft04,
            _ => WireEdition.Rfc6275,
        };
        MobileNode = new MobileNode(settings, rules ?? MobileNodeRules.For(settings), new Random(5));
        Role = new RoleDriver(MobileNode) { Reply = Reply };
        IReadOnlyList<RoleAction> opened = settings.DualStack is { Port: var port }
            ? [new RoleAction.OpenUdp(port, UdpContent.MobilityHeadersInIpv6)]
            : [];
        Do(new RoleInput.Started()).Should().Equal([new RoleAction.AddHomeAddress(Home), .. opened]);
        _actions.Clear();
    }

    public MobileNode MobileNode { get; }

    public RoleDriver Role { get; }

    /// <summary>What the home agent and the correspondent node grant, in units of 4 s.</summary>
    public ushort Granted { get; set; } = 60;

    /// <summary>Whether the home agent answers updates.</summary>
    public bool AgentAnswers { get; set; } = true;

    /// <summary>Whether the correspondent node answers updates.</summary>
    public bool CorrespondentAnswers { get; set; } = true;

    /// <summary>Whether the correspondent node answers tests.</summary>
    public bool AnswersTests { get; set; } = true;

    /// <summary>Changes the next answers to updates, one each.</summary>
    public Queue<Func<SentMessage, BindingAcknowledgement, BindingAcknowledgement>> Edits { get; } = [];

    /// <summary>Changes all answers to care-of tests.</summary>
    public Func<CareOfTest, CareOfTest> EditCareOfTest { get; set; } = test => test;

    /// <summary>All messages since the last call of <see cref="Forget"/>.</summary>
    public IReadOnlyList<SentMessage> Sent => _sent;

    /// <summary>All actions but messages since the last call of <see cref="Forget"/>.</summary>
    public IReadOnlyList<RoleAction> Actions => _actions;

    /// <summary>The updates to the home agent.</summary>
    public IReadOnlyList<SentMessage> Updates => UpdatesTo(Agent);

    public static MobileNodeFixture Plain(Func<MobileNodeSettings, MobileNodeSettings>? edit = null) => new((edit ?? (s => s))(Settings));

    public static MobileNodeFixture Of(McoaEdition edition, Func<MobileNodeSettings, MobileNodeSettings>? edit = null) =>
        new((edit ?? (settings => settings))(Settings with { Mcoa = edition }));

    public static IPAddress CareOf(int link, int suffix = 5) => IPAddress.Parse($"2001:db8:10{link}::{suffix}");

    public static Ipv6Prefix Prefix(int link) => Ipv6Prefix.Parse($"2001:db8:10{link}::/64");

    public IReadOnlyList<SentMessage> UpdatesTo(IPAddress peer) =>
        [.. _sent.Where(sent => sent.Message is BindingUpdate && sent.Path.Destination.Equals(peer))];

    public IReadOnlyList<SentMessage> Of<TMessage>()
        where TMessage : MobilityMessage => [.. _sent.Where(sent => sent.Message is TMessage)];

    public void Forget()
    {
        _sent.Clear();
        _actions.Clear();
    }

    public IReadOnlyList<RoleAction> Do(RoleInput input)
    {
        var actions = Role.Handle(input);
        _actions.AddRange(actions);
        return actions;
    }

    public void Advance(double seconds) => _actions.AddRange(Role.Advance(TimeSpan.FromSeconds(seconds)));

    /// <summary>The links get addresses, one after the other at the same time.</summary>
    public void Attach(params IReadOnlyList<int> links)
    {
        foreach (var link in links)
        {
            Do(new RoleInput.AddressUsable(Links[link - 1], CareOf(link), Prefix(link)));
        }
    }

    public void Detach(params IReadOnlyList<int> links)
    {
        foreach (var link in links)
        {
            Do(new RoleInput.AddressGone(Links[link - 1], CareOf(link)));
        }
    }

    public void AttachHome()
    {
        Do(new RoleInput.DefaultRouter(HomeLink, Router, RouterMac));
        Do(new RoleInput.AddressUsable(HomeLink, IPAddress.Parse("2001:db8:200::51"), HomePrefix));
    }

    public void DetachHome() => Do(new RoleInput.AddressGone(HomeLink, IPAddress.Parse("2001:db8:200::51")));

    /// <summary>A packet of the correspondent node comes through the tunnel.</summary>
    public void Hear(int link = 1, IPAddress? correspondent = null) =>
        Do(new RoleInput.TunnelledPacket(new Tunnel(CareOf(link), Agent), correspondent ?? Correspondent, Home));

    /// <summary>A message of a peer arrives, with a type 2 routing header where it is for the home address.</summary>
    public void Receive(MobilityMessage message, IPAddress source, IPAddress? careOf = null, SignalProtection? protection = null)
    {
        var path = new Ipv6Signaling(source, careOf ?? Home) { RoutedTo = careOf is null ? null : Home };
        Do(new RoleInput.Signal(path, Links[0], path.Complete(message)) { Protection = protection });
    }

    /// <summary>The answers to the next update.</summary>
    public void AnswerNext(BindingStatus status, params IReadOnlyList<(ushort BindingId, BindingStatus Status)> bindings) =>
        Edits.Enqueue(
            (sent, answer) => answer with { Status = status, Options = [.. bindings.Select(b => Option(b.BindingId, b.Status))] }
        );

    /// <summary>The status of the next acknowledgement, with the BIDs of the update.</summary>
    public void AnswerNext(BindingStatus status) => Edits.Enqueue((_, answer) => answer with { Status = status });

    public MobilityOption Option(ushort bid, BindingStatus status = 0) =>
        _edition.BindingIdentifier == BindingIdentifierLayout.Draft04
            ? new BindingUniqueIdentifierOption(bid, status, Overwrite: false, HomeBinding: false, CareOfAddress: null)
            : new BindingIdentifierOption(bid, status, SimultaneousHomeAndForeign: false, CareOfAddress: null);

    public static ulong HomeToken(int index) => 0x1000ul + (ulong)index;

    public static ulong CareOfToken(IPAddress careOf) => BitConverter.ToUInt64(careOf.GetAddressBytes().AsSpan(0, 8)) + 1;

    private RoleInput.Signal? Reply(RoleAction action)
    {
        if (action is not RoleAction.SendSignal signal)
        {
            return null;
        }

        MobilityMessage.TryParse(signal.MobilityHeader.Span, _edition, out var message, out var error).Should().BeTrue(error?.Detail);
        var sent = new SentMessage(signal, message!, Role.Elapsed);
        sent.Path.HasValidChecksum(signal.MobilityHeader.Span).Should().BeTrue();
        _sent.Add(sent);
        return message switch
        {
            BindingUpdate update when sent.Path.Destination.Equals(Agent) => AgentAnswers ? Answer(sent, update) : null,
            BindingUpdate update => CorrespondentAnswers ? Answer(sent, update) : null,
            HomeTestInit init when AnswersTests => Answer(sent, new HomeTest(7, init.Cookie, HomeToken(7), [])),
            CareOfTestInit init when AnswersTests => Answer(
                sent,
                EditCareOfTest(new CareOfTest(9, init.Cookie, CareOfToken(sent.Path.Source), init.Options))
            ),
            _ => null,
        };
    }

    private RoleInput.Signal Answer(SentMessage sent, BindingUpdate update)
    {
        var answer = new BindingAcknowledgement(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.None,
            update.SequenceNumber,
            Math.Min(update.LifetimeUnits, Granted),
            [.. sent.BindingIds.Select(bid => Option(bid))]
        );
        answer = Edits.TryDequeue(out var edit) ? edit(sent, answer) : answer;
        return Answer(
            sent,
            update.Options.Any(option => option is BindingAuthorizationDataOption) ? Sign(answer, Authority(sent)) : answer
        );
    }

    private static RoleInput.Signal Answer(SentMessage sent, MobilityMessage message)
    {
        var path = sent.Action.Path.Reversed;
        return new RoleInput.Signal(path, Links[0], path.Complete(message))
        {
            Protection = sent.Action.ProtectedFor is { } peer ? new SignalProtection(peer, 1) : null,
        };
    }

    /// <summary>The key and the address of the authenticator of an update.</summary>
    public static (BindingManagementKey Key, IPAddress Address) Authority(SentMessage sent) =>
        sent.Update.LifetimeUnits == 0
            ? (BindingManagementKey.ForDeletion(HomeToken(7)), Home)
            : (BindingManagementKey.ForRegistration(HomeToken(7), CareOfToken(sent.Path.Source)), sent.Path.Source);

    private static BindingAcknowledgement Sign(BindingAcknowledgement answer, (BindingManagementKey Key, IPAddress Address) authority)
    {
        if (
            answer.Status
            is BindingStatus.EXPIRED_NONCES
                or BindingStatus.EXPIRED_HOME_NONCE_INDEX
                or BindingStatus.EXPIRED_CARE_OF_NONCE_INDEX
        )
        {
            return answer;
        }

        var unsigned = answer with { Options = [.. answer.Options, new BindingAuthorizationDataOption(new OctetString(new byte[12]))] };
        var octets = new byte[unsigned.Length];
        unsigned.Write(octets);
        BindingAuthorization.Fill(authority.Key, authority.Address, Correspondent, octets);
        return answer with { Options = [.. answer.Options, new BindingAuthorizationDataOption(new OctetString(octets.AsSpan()[^12..]))] };
    }
}
