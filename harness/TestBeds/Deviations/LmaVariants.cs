using Conformance.Testing.Bed;
using Conformance.Testing.Statements;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Local mobility anchors with rare behaviour that RFC 5213 allows.</summary>
internal static class LmaVariants
{
    private const int ProvisionedNodes = 16;

    private static readonly string[] _provisioned = ["2001:db8:8000:{n}::/64", "2001:db8:8000:1{n}::/64"];

    public static IReadOnlyList<LegalVariant> All { get; } =
    [
        LegalVariant.Of(
            "lma-short-lifetime",
            "grants a lifetime of 60 s at most",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            MaximumLifetime = TimeSpan.FromSeconds(60),
                        }
                    ),
                }
        ),
        LegalVariant.Of(
            "lma-two-prefixes",
            "gives every mobile node two prefixes",
            lma => lma with { Changes = Changes.To<LocalMobilityAnchorSettings>(TwoPrefixes) }
        ) with
        {
            // With two prefixes each, four mobile nodes do not fit into a pool of four prefixes.
            Unreached = ["TC-LMA-REG-BV-05", "TC-LMA-REG-BV-06"],
        },
        LegalVariant.Of(
            "lma-slow",
            "takes 900 ms to answer",
            lma =>
                lma with
                {
                    Output = () =>
                        new DelayFilter(
                            frame => FrameEditor.CarriesMessage(frame, MobilityHeaderType.BindingAcknowledgement),
                            TimeSpan.FromMilliseconds(900)
                        ),
                }
        ) with
        {
            // When it has read its clock is not known to within half a second.
            Unreached = ["TC-LMA-ORD-TI-02-a", "TC-LMA-ORD-TI-02-b", "TC-LMA-ORD-TI-02-c"],
        },
        LegalVariant.Of(
            "lma-no-wait",
            "does not wait for a de-registration when the handoff state is unknown",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            WaitForDeregistrationOnUnknownHandoff = false,
                        }
                    ),
                    Disclaims = ["waits-for-deregistration"],
                }
        ),
        LegalVariant.Of(
            "lma-equal-is-lower",
            "rejects a timestamp equal to the last accepted one as too low",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                        rules with
                        {
                            Ordering = rules.Ordering.Replacing("TimestampNotLower", TimestampAboveLast),
                        }
                    ),
                    Claims = ["equal-is-lower"],
                }
        ),
        LegalVariant.Of(
            "lma-answers-duplicates",
            "answers a duplicate request in the same way as the first one",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                        rules with
                        {
                            Ordering = rules.Ordering.Without("TimestampGreater"),
                        }
                    ),
                    Claims = ["answers-duplicates"],
                }
        ),
        LegalVariant.Of(
            "lma-window-first",
            "checks the timestamp window before it compares the timestamp with the last accepted one",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                        rules with
                        {
                            Ordering = rules.Ordering.Swapping("TimestampNotLower", "TimestampInWindow"),
                        }
                    ),
                }
        ),
        Lma(
            "lma-home-agent-too",
            "answers a Binding Update without the P flag as a home agent does: with P = 0 and status 133",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                        rules with
                        {
                            ProxyBindingUpdate = rules.ProxyBindingUpdate.Replacing("ProxyRegistration", NotHomeAgent),
                            Acknowledgement = rules.Acknowledgement.Replacing("ProxyFlag", ProxyFlagAsAsked),
                        }
                    ),
                }
        ),
        Lma(
            "lma-static-prefixes",
            "gives a mobile node only the prefixes that are provisioned for it, and nothing to a first request that names none",
            lma =>
                lma with
                {
                    Changes = Changes
                        .To<LocalMobilityAnchorSettings>(ProvisionedPrefixes)
                        .AndTo<LocalMobilityAnchorRules>(rules =>
                            rules with
                            {
                                InitialRegistration = rules.InitialRegistration.Without("PrefixesAllocated"),
                            }
                        ),
                    Provision = ixit =>
                        ixit with
                        {
                            ProvisionedPrefixes = _provisioned,
                            Kinds = [.. ixit.Kinds.Where(kind => kind != Ixit.FixedPrefixKind)],
                        },
                    Claims = ["static-prefixes"],
                }
        ) with
        {
            // Prefixes are provisioned for the mobile nodes of RFC 5213 only.
            Edition = Edition.Rfc5213,
        },
        Lma(
            "lma-sequence-numbers",
            "orders requests by their sequence numbers alone, and does not understand a Timestamp",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(rules =>
                        rules with
                        {
                            ProxyBindingUpdate = rules.ProxyBindingUpdate.InsertingBefore(
                                "ProxyRegistration",
                                new("5.5", "NoTimestamps", NoTimestamps)
                            ),
                        }
                    ),
                    Disclaims = ["timestamp-option"],
                }
        ),
        Lma(
            "lma-stores-reception",
            "compares a timestamp with the time at which it received the last accepted request",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorRules>(ReceptionStored),
                    Disclaims = ["mobile-node-generated-timestamp"],
                }
        ),
        Lma(
            "lma-no-disabled-kind",
            "has no mobile nodes that it knows but does not serve",
            lma =>
                lma with
                {
                    Changes = Changes.To<LocalMobilityAnchorSettings>(settings =>
                        settings with
                        {
                            MobileNodes = [.. settings.MobileNodes.Where(policy => policy.ProxyRegistrationEnabled)],
                        }
                    ),
                    Provision = ixit => ixit with { Kinds = [.. ixit.Kinds.Except(["disabled"])] },
                }
        ),
        Lma("lma-clock-ahead", "has a clock that is an hour ahead", lma => lma with { ClockOffset = TimeSpan.FromHours(1) }),
        Lma("lma-clock-behind", "has a clock that is an hour behind", lma => lma with { ClockOffset = TimeSpan.FromHours(-1) }),
    ];

    /// <summary>
    /// A variant whose peers must know about it: only the tester does, so that it cannot run with the reference as a MAG.
    /// </summary>
    private static LegalVariant Lma(string name, string description, Func<Implementation, Implementation> change) =>
        LegalVariant.Of(name, description, change) with
        {
            Roles = ["LMA"],
        };

    private static RuleOutcome NotHomeAgent(RegistrationRequest request) =>
        request.Update.IsProxy ? RuleOutcome.Continue : request.Reject(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE);

    private static RuleOutcome ProxyFlagAsAsked(AcknowledgementDraft draft)
    {
        draft.Flags |= draft.Request.Update.IsProxy ? BindingAcknowledgementFlags.ProxyRegistration : 0;
        return RuleOutcome.Continue;
    }

    /// <summary>A policy for each identity that a scenario may draw, as on a device that was provisioned by the IXIT.</summary>
    private static LocalMobilityAnchorSettings ProvisionedPrefixes(LocalMobilityAnchorSettings settings)
    {
        var kinds = ((string Kind, int Prefixes)[])[("dynamic", 1), ("two-prefix", 2)];
        var provisioned =
            from number in Enumerable.Range(1, ProvisionedNodes)
            from kind in kinds
            select new MobileNodePolicy
            {
                IdentifierPattern = $"025e0000{number:x4}@{kind.Kind}.pmip.example",
                AuthorizedPrefixes =
                [
                    .. _provisioned
                        .Take(kind.Prefixes)
                        .Select(pattern => Ipv6Prefix.Parse(pattern.Replace("{n}", $"{number:x}", StringComparison.Ordinal))),
                ],
            };
        return settings with { MobileNodes = [.. provisioned, .. settings.MobileNodes.Where(policy => !policy.ProxyRegistrationEnabled)] };
    }

    private static RuleOutcome NoTimestamps(RegistrationRequest request) =>
        request.Timestamp is null ? RuleOutcome.Continue : request.Ignore("NoTimestamps", "it has a Timestamp");

    private static LocalMobilityAnchorRules ReceptionStored(LocalMobilityAnchorRules rules) =>
        rules.WhenStored("ReceptionStored", StoreReception) with
        {
            DeRegistration = rules.DeRegistration.InsertingBefore("DataDropped", new("5.1", "ReceptionStored", StoreReception)),
        };

    private static RuleOutcome StoreReception(RegistrationRequest request) =>
        request is { Entry: { } entry, Timestamp: not null }
            ? request.Store(entry with { Binding = entry.Binding with { LastTimestamp = Timestamp.FromUtc(request.Now.Utc) } })
            : RuleOutcome.Continue;

    private static LocalMobilityAnchorSettings TwoPrefixes(LocalMobilityAnchorSettings settings) =>
        settings with
        {
            MobileNodes = [.. settings.MobileNodes.Select(policy => policy with { PrefixCount = 2 })],
        };

    private static RuleOutcome TimestampAboveLast(RegistrationRequest request)
    {
        var accepted = request.MobileNode is { } mobileNode
            ? request.Anchor.Bindings.Of(mobileNode).Select(entry => entry.Binding.LastTimestamp)
            : [];
        return request.Timestamp is { } timestamp && accepted.Any(last => timestamp <= last)
            ? request.Reject(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED)
            : RuleOutcome.Continue;
    }
}
