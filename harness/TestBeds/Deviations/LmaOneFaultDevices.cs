using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors whose one fault shows in many scenarios.</summary>
public static class LmaOneFaultDevices
{
    public static IReadOnlyList<OneFaultDevice> All { get; } =
    [
        Lma(
            "lma-no-link-local-address",
            "returns no Link-local Address option",
            "rfc5213-5.3.6-k22",
            rules =>
                rules with
                {
                    Acknowledgement = rules
                        .Acknowledgement.Without("LinkLocalAddressOnRejection")
                        .Without("LinkLocalAddressOfSession")
                        .Without("LinkLocalAddressStoredAndEchoed"),
                }
        ),
        Lma(
            "lma-answers-any-de-registration",
            "accepts a de-registration that fits no session",
            "rfc5213-5.4.1.1-k8 rfc5213-5.4.1.2-k13 rfc5213-5.4.1.3-k8",
            rules =>
                rules with
                {
                    ExistenceTest = rules.ExistenceTest.InsertingBefore(
                        "EntryLookup",
                        new("5.4.1", "AnyDeRegistrationAccepted", AnyDeRegistrationAccepted)
                    ),
                }
        ),
        Lma(
            "lma-accepts-everything",
            "makes no check of a request that carries an MN-Identifier",
            "rfc5213-4-k6a rfc5213-4-k6b rfc5213-4-k7 rfc5213-5.3.1-k8 rfc5213-5.3.1-k9 rfc5213-5.3.1-k10 rfc5213-5.3.1-k12 "
                + "rfc5213-5.3.1-k13 rfc5213-5.3.1-k14 rfc5213-5.3.2-k5a rfc5213-5.3.2-k5b rfc5213-5.3.2-k6 rfc5213-5.4.1.1-k4 "
                + "rfc5213-5.4.1.1-k5a rfc5213-5.4.1.1-k5b rfc5213-5.4.1.1-k7 rfc5213-5.5-k16 rfc5213-5.5-k17 rfc5213-5.5-k18 "
                + "rfc5213-5.5-k20 rfc5213-5.5-k22 rfc5213-5.5-k24 rfc5213-5.5-k25 rfc5213-5.5-k27 rfc5213-9.1-k1 rfc5213-9.1-d3",
            Unchecked
        ),
        OneFaultDevice.Of(
            "lma-short-header-len",
            "does not pad its messages, and states a Header Len that is 4 octets short",
            "LMA",
            "rfc5213-5.3.6-k1",
            lma => lma with { Output = () => new ShortHeaderFilter() }
        ),
    ];

    private static OneFaultDevice Lma(
        string name,
        string description,
        string violated,
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => OneFaultDevice.Of(name, description, "LMA", violated, lma => lma with { Changes = Changes.To<LocalMobilityAnchorRules>(change) });

    private static RuleOutcome AnyDeRegistrationAccepted(RegistrationRequest request) =>
        request.IsDeRegistration && BindingCacheLookup.Run(request) is LookupOutcome.Ignored ? request.Accept() : RuleOutcome.Continue;

    private static LocalMobilityAnchorRules Unchecked(LocalMobilityAnchorRules rules) =>
        rules with
        {
            ProxyBindingUpdate = rules
                .ProxyBindingUpdate.Without("GatewayAuthorized")
                .Replacing("MobileNodeKnown", EverybodyServed)
                .Without("ServiceEnabled")
                .Without("Ordering")
                .Without("HomeNetworkPrefixPresent")
                .Without("HandoffIndicatorPresent")
                .Without("AccessTechnologyTypePresent"),
            InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAuthorized", EveryPrefixGranted),
            LookupByHomeNetworkPrefix = rules
                .LookupByHomeNetworkPrefix.Without("PrefixOfOtherMobileNodeRejected")
                .Without("OtherPrefixSetRejected"),
        };

    private static RuleOutcome EverybodyServed(RegistrationRequest request)
    {
        var identifier = request.MobileNode?.Nai ?? string.Empty;
        request.Policy = new MobileNodePolicy
        {
            IdentifierPattern = "*",
            PrefixCount = identifier.Contains("two-prefix", StringComparison.Ordinal) ? 2 : 1,
        };
        return RuleOutcome.Continue;
    }

    /// <summary>A request that names no prefix gets one.</summary>
    private static RuleOutcome EveryPrefixGranted(RegistrationRequest request)
    {
        var asked = request.HomeNetworkPrefixes.Where(prefix => !prefix.IsAllZero).Distinct().ToList();
        request.AssignedPrefixes =
            asked.Count > 0 ? asked
            : request.AssignedPrefixes.Count > 0 ? request.AssignedPrefixes
            : [Free(request.Anchor)];
        return RuleOutcome.Continue;
    }

    private static Ipv6Prefix Free(AnchorState anchor) =>
        Enumerable
            .Range(0, ushort.MaxValue)
            .Select(number => anchor.Settings.PrefixPool.Subnet(LocalMobilityAnchorSettings.HomeNetworkPrefixLength, (ulong)number))
            .First(prefix => !anchor.Bindings.IsInUse(prefix));
}
