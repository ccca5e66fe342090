using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>A Binding Update of a test: valid unless edited, with the tokens that the fixture gets for it.</summary>
internal sealed record TestRegistration
{
    public IPAddress Home { get; init; } = CorrespondentFixture.Home;

    /// <summary>The source of the packet; with the home address the packet has no Home Address option.</summary>
    public IPAddress Source { get; init; } = CorrespondentFixture.CareOf1;

    public ushort SequenceNumber { get; init; } = 1;

    public BindingUpdateFlags Flags { get; init; } = BindingUpdateFlags.Acknowledge;

    public ushort LifetimeUnits { get; init; } = 100;

    /// <summary>Options between Nonce Indices and Binding Authorization Data.</summary>
    public IReadOnlyList<MobilityOption> Options { get; init; } = [];

    public IPAddress? AlternateCareOf { get; init; }

    /// <summary>The address that was tested, and that the authenticator covers; the source if null.</summary>
    public IPAddress? Proved { get; init; }

    public bool HasNonceIndices { get; init; } = true;

    public bool HasAuthorization { get; init; } = true;

    /// <summary>Indices in place of those of the tests.</summary>
    public (ushort? Home, ushort? CareOf) Indices { get; init; }

    /// <summary>A change of the octets after the authenticator was computed.</summary>
    public Func<byte[], byte[]> Damage { get; init; } = octets => octets;
}

/// <summary>A correspondent node, and a mobile node that goes through return routability with it.</summary>
internal sealed class CorrespondentFixture
{
    public static readonly IPAddress Correspondent = IPAddress.Parse("2001:db8:100::c1");
    public static readonly IPAddress Home = IPAddress.Parse("2001:db8:200::5e00:1");
    public static readonly IPAddress CareOf1 = IPAddress.Parse("2001:db8:100::5e1:1");
    public static readonly IPAddress CareOf2 = IPAddress.Parse("2001:db8:100::5e2:1");
    public static readonly IPAddress CareOf3 = IPAddress.Parse("2001:db8:100::5e3:1");
    public static readonly TestRegistration Valid = new();

    private const ulong HomeCookie = 0x0102_0304_0506_0708;
    private const ulong CareOfCookie = 0x1112_1314_1516_1718;

    private readonly Dictionary<IPAddress, HomeTest> _homeTests = [];
    private readonly Dictionary<IPAddress, CareOfTest> _careOfTests = [];
    private readonly CorrespondentNode _node;

    public CorrespondentFixture(
        McoaEdition edition = McoaEdition.None,
        Func<CorrespondentNodeSettings, CorrespondentNodeSettings>? change = null,
        Random? random = null
    )
    {
        var settings = new CorrespondentNodeSettings { Address = Correspondent, Mcoa = edition };
        settings = change?.Invoke(settings) ?? settings;
        Edition = edition switch
        {
            McoaEdition.Rfc5648 => WireEdition.Rfc5648,
            McoaEdition.Draft04 => WireEdition.McoaDraft04,
            _ => WireEdition.Rfc6275,
        };
        _node = new CorrespondentNode(settings, CorrespondentNodeRules.For(settings), random ?? new Random(1));
        Role = new RoleDriver(_node);
        Role.Handle(new RoleInput.Started());
    }

    public RoleDriver Role { get; }

    public WireEdition Edition { get; }

    /// <summary>The care-of addresses by BID, 0 for none.</summary>
    public IReadOnlyDictionary<int, IPAddress> Bindings =>
        _node.Bindings.ToDictionary(binding => (int)(binding.Key.BindingId ?? 0), binding => binding.CareOf);

    public HomeTest TestHome(IPAddress home)
    {
        var test = Role.Signal(home, Correspondent, new HomeTestInit(HomeCookie, [])).Only<HomeTest>();
        test.Cookie.Should().Be(HomeCookie);
        return test;
    }

    public CareOfTest TestCareOf(IPAddress careOf, params MobilityOption[] options)
    {
        var actions = Role.Signal(careOf, Correspondent, new CareOfTestInit(CareOfCookie, [.. options]));
        var test = (CareOfTest)Parse(actions.OfType<RoleAction.SendSignal>().Should().ContainSingle().Which);
        test.Cookie.Should().Be(CareOfCookie);
        return test;
    }

    /// <summary>Takes new tokens for the next registrations.</summary>
    public void ForgetTokens()
    {
        _homeTests.Clear();
        _careOfTests.Clear();
    }

    public IReadOnlyList<RoleAction> Send(TestRegistration update)
    {
        var proved = update.Proved ?? update.Source;
        var home = Known(_homeTests, update.Home, TestHome);
        var careOf = update.LifetimeUnits == 0 ? null : Known(_careOfTests, proved, address => TestCareOf(address));
        var indices = new NonceIndicesOption(update.Indices.Home ?? home.NonceIndex, update.Indices.CareOf ?? careOf?.NonceIndex ?? 0);
        MobilityOption[] before =
        [
            .. update.HasNonceIndices ? [indices] : Array.Empty<MobilityOption>(),
            .. update.AlternateCareOf is { } alternate ? [new AlternateCareOfAddressOption(alternate)] : Array.Empty<MobilityOption>(),
            .. update.Options,
        ];
        var blank = new BindingAuthorizationDataOption(new OctetString(new byte[12]));
        var message = new BindingUpdate(
            update.SequenceNumber,
            update.Flags,
            update.LifetimeUnits,
            update.HasAuthorization ? [.. before, blank] : [.. before]
        );
        var octets = new byte[message.Length];
        message.Write(octets);
        if (update.HasAuthorization)
        {
            BindingAuthorization.Fill(KeyOf(home, careOf), careOf is null ? update.Home : proved, Correspondent, octets);
        }
        return Send(update.Source, update.Home, update.Damage(octets));
    }

    /// <summary>Sends a Mobility Header as it is, with a Home Address option unless it comes from the home address.</summary>
    public IReadOnlyList<RoleAction> Send(IPAddress source, IPAddress home, byte[] mobilityHeader)
    {
        var path = new Ipv6Signaling(source, Correspondent) { HomeAddress = source.Equals(home) ? null : home };
        return Role.Handle(new RoleInput.Signal(path, RoleDriver.Core, mobilityHeader));
    }

    /// <summary>The answer to a Binding Update, whose authenticator is right if it has one.</summary>
    public BindingAcknowledgement Ask(TestRegistration update)
    {
        var sent = Send(update).OfType<RoleAction.SendSignal>().Should().ContainSingle().Which;
        var answer = (BindingAcknowledgement)Parse(sent);
        sent.Path.Should()
            .Be(
                new Ipv6Signaling(Correspondent, update.Source) { RoutedTo = update.Source.Equals(update.Home) ? null : update.Home },
                "the answer goes to the source"
            );
        if (answer.Options.First<BindingAuthorizationDataOption>() is not null)
        {
            var proved = update.Proved ?? update.Source;
            var careOf = update.LifetimeUnits == 0 ? null : _careOfTests[proved];
            BindingAuthorization
                .TryVerify(
                    KeyOf(_homeTests[update.Home], careOf),
                    careOf is null ? update.Home : proved,
                    Correspondent,
                    sent.MobilityHeader.Span,
                    out var error
                )
                .Should()
                .BeTrue(error?.Detail);
        }
        return answer;
    }

    /// <summary>Sends a Binding Update, which is accepted.</summary>
    public void Register(TestRegistration update) => Ask(update).Status.Should().Be(BindingStatus.ACCEPTED);

    public MobilityMessage Parse(RoleAction.SendSignal signal)
    {
        MobilityMessage.TryParse(signal.MobilityHeader.Span, Edition, out var message, out var error).Should().BeTrue(error?.Detail);
        return message!;
    }

    /// <summary>A Binding Identifier option of the edition.</summary>
    public MobilityOption Bid(ushort bid, IPAddress? careOf = null, bool overwrites = false) =>
        Edition == WireEdition.Rfc5648
            ? new BindingIdentifierOption(bid, 0, SimultaneousHomeAndForeign: false, careOf)
            : new BindingUniqueIdentifierOption(bid, 0, overwrites, HomeBinding: false, careOf);

    private static BindingManagementKey KeyOf(HomeTest home, CareOfTest? careOf) =>
        careOf is null
            ? BindingManagementKey.ForDeletion(home.KeygenToken)
            : BindingManagementKey.ForRegistration(home.KeygenToken, careOf.KeygenToken);

    private static TTest Known<TTest>(Dictionary<IPAddress, TTest> tests, IPAddress address, Func<IPAddress, TTest> test) =>
        tests.TryGetValue(address, out var known) ? known : tests[address] = test(address);
}
