using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.External;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>The reference as a local mobility anchor.</summary>
internal sealed class LmaReference : ReferenceRole
{
    /// <summary>2 s instead of 10 s, to keep a run short that tests the deletion of bindings.</summary>
    private static readonly TimeSpan _shortDelayBeforeBCEDelete = TimeSpan.FromSeconds(2);

    /// <summary>
    /// 6 s instead of 1.5 s: an answer at a de-registration can only be told from one at the end of the wait if the wait is longer than an
    /// answer may take.
    /// </summary>
    private static readonly TimeSpan _distinctDelayBeforeNewBCEAssign = TimeSpan.FromSeconds(6);

    /// <summary>
    /// RFC 5213, Section 9.1, requires TimestampValidityWindow to fit the deployment. If the MAG and the LMA have just started, the
    /// code for the first request is compiled at both ends after the request got its timestamp, which delays it.
    /// </summary>
    private static readonly TimeSpan _windowOfADomain = TimeSpan.FromSeconds(2);

    private const byte HostLength = 32;

    public override NodeRole Role => NodeRole.Lma;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        return new LocalMobilityAnchor(settings, random, setup.Changes.Apply(LocalMobilityAnchorRules.For(settings)));
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup)
    {
        var stack = base.Stack(node, setup);
        return stack with
        {
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            Interfaces =
            [
                .. stack.Interfaces.Select(on =>
                    DefaultRouterOn(on.Link.Name, node, setup) is { } router
                        ? on with
                        {
                            Addresses = [.. on.Addresses, new Pmip.Protocol.Stack.ConfiguredAddress(router, HostLength)],
                        }
                        : on
                ),
            ],
        };
    }

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed)
    {
        var process = Process(node, setup, seed, NodeConfiguration.AnchorRole);
        return process with
        {
            LocalMobilityAnchor = Settings(node, setup),
            Interfaces =
            [
                .. process.Interfaces.Select(on =>
                    DefaultRouterOn(on.Link, node, setup) is { } router
                        ? on with
                        {
                            Addresses = [.. on.Addresses, new Pmip.Node.Configuration.ConfiguredAddress(router, HostLength)],
                        }
                        : on
                ),
            ],
        };
    }

    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup)
    {
        var settings = Settings(setup.Domain.Of(Role).First(), setup);
        return
        [
            new(nameof(settings.MinDelayBeforeBCEDelete), settings.MinDelayBeforeBCEDelete),
            new(nameof(settings.MaxDelayBeforeNewBCEAssign), settings.MaxDelayBeforeNewBCEAssign),
            new(nameof(settings.TimestampValidityWindow), settings.TimestampValidityWindow),
        ];
    }

    public override Changes ForRealTime(Domain domain) =>
        Changes.To<LocalMobilityAnchorSettings>(settings =>
            settings with
            {
                MinDelayBeforeBCEDelete = _shortDelayBeforeBCEDelete,
                TimestampValidityWindow = domain.Of(NodeRole.Mag).Any(mag => mag.IsReal)
                    ? _windowOfADomain
                    : settings.TimestampValidityWindow,
            }
        );

    public override Changes WithTimers(Ixit ixit) =>
        Changes.To<LocalMobilityAnchorSettings>(settings =>
            settings with
            {
                MinDelayBeforeBCEDelete = ixit.Timer(nameof(settings.MinDelayBeforeBCEDelete)),
                MaxDelayBeforeNewBCEAssign = ixit.Timer(nameof(settings.MaxDelayBeforeNewBCEAssign)),
                TimestampValidityWindow = ixit.Timer(nameof(settings.TimestampValidityWindow)),
            }
        );

    public override void WarmUp(ITestBed bed) => new SanityExchange(bed, Role).ReadClock(out _);

    /// <summary>
    /// The address of the default router of the mobile nodes, if the interface has it: the local mobility anchor has the address on its
    /// last interface.
    /// </summary>
    private static IPAddress? DefaultRouterOn(string @interface, DomainNode node, ReferenceSetup setup) =>
        node.Interfaces[^1].Name == @interface ? Settings(node, setup).Ipv4?.DefaultRouter : null;

    /// <summary>A MAG that may register mobile nodes may do so over IPv4, too, where it is its IPv4 address that names it.</summary>
    private static LocalMobilityAnchorSettings Settings(DomainNode node, ReferenceSetup setup)
    {
        var settings = SettingsOverIpv6(node, setup);
        return settings.Ipv4Transport is null
            ? settings
            : settings with
            {
                AuthorizedMobileAccessGateways =
                [
                    .. settings.AuthorizedMobileAccessGateways,
                    .. setup
                        .Domain.Of(NodeRole.Mag)
                        .Where(mag => settings.AuthorizedMobileAccessGateways.Contains(mag.Address))
                        .Select(mag => mag.AddressOn(Ports.Core, AddressFamily.InterNetwork))
                        .OfType<IPAddress>()
                        .SelectMany(own => (IPAddress[])[own, GatewayTransport.OtherAddressOf(own)]),
                ],
            };
    }

    private static LocalMobilityAnchorSettings SettingsOverIpv6(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new LocalMobilityAnchorSettings
            {
                Address = setup.AddressOf(NodeRole.Lma),
                AuthorizedMobileAccessGateways =
                [
                    .. setup.Domain.Of(NodeRole.Mag).Where(mag => mag.IsAuthorized).Select(mag => mag.Address!),
                ],
                ProtectionRequired = IsProtectionRequired(node, setup),
                ProtectedTunnels = ProtectedTunnels(node, setup),
                PrefixPool = ReferenceSetup.PrefixPool,
                MaxDelayBeforeNewBCEAssign = _distinctDelayBeforeNewBCEAssign,
                MobileNodes =
                [
                    new MobileNodePolicy { IdentifierPattern = "*@dynamic.pmip.example" },
                    new MobileNodePolicy { IdentifierPattern = "*@two-prefix.pmip.example", PrefixCount = 2 },
                    new MobileNodePolicy
                    {
                        IdentifierPattern = "*@fixed-prefix.pmip.example",
                        AuthorizedPrefixes = [ReferenceSetup.FixedPrefix],
                    },
                    new MobileNodePolicy { IdentifierPattern = "*@disabled.pmip.example", ProxyRegistrationEnabled = false },
                ],
            }
        );
}
