using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>
/// Adds IPv4 support to the rules of a local mobility anchor. The lists for IPv4 in <see cref="LocalMobilityAnchorRules"/> have the rules
/// of RFC 5844; a draft changes some of them.
/// </summary>
public static class Ipv4Rules
{
    /// <summary>RFC 5844, Sections 3.3.1, 3.3.2 and 3.3.5.</summary>
    private static readonly Ipv4Vocabulary _ofRfc5844 = new()
    {
        Requests = update =>
            update
                .Options.All<Ipv4HomeAddressRequestOption>()
                .Select(option => new Ipv4HomeAddress(option.HomeAddress, option.PrefixLength)),
        Reply = (status, home) => new Ipv4HomeAddressReplyOption(status, home.PrefixLength, home.Address),
        NotAuthorizedForIpv4 = BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE,
        NotAuthorizedForIpv6 = BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE,
        NotAuthorizedForAddress = BindingStatus.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS,
        SeveralAddresses = BindingStatus.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED,
    };

    /// <summary>The options are those of dual-stack Mobile IPv6. The draft names no status.</summary>
    private static readonly Ipv4Vocabulary _ofDraft02 = new()
    {
        Requests = update =>
            update.Options.All<Ipv4HomeAddressOption>().Select(option => new Ipv4HomeAddress(option.HomeAddress, option.PrefixLength)),
        Reply = (status, home) =>
            new Ipv4AddressAcknowledgementOption((Ipv4AddressAcknowledgementStatus)status, home.PrefixLength, home.Address),
        NotAuthorizedForIpv4 = BindingStatus.ADMINISTRATIVELY_PROHIBITED,
        NotAuthorizedForIpv6 = BindingStatus.ADMINISTRATIVELY_PROHIBITED,
        NotAuthorizedForAddress = BindingStatus.ADMINISTRATIVELY_PROHIBITED,
        SeveralAddresses = BindingStatus.REASON_UNSPECIFIED,
    };

    /// <summary>Draft -04, Section 3.3.2; a MAG expects the status about IPv4 support, which no section defines.</summary>
    private static readonly Ipv4Vocabulary _ofDraft04 = _ofDraft02 with
    {
        MaximumAddresses = int.MaxValue,
        NotAuthorizedForIpv4 = BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE,
        NotAuthorizedForAddress = (BindingStatus)WireEdition.Ipv4Draft04.DraftStatuses.NotAuthorizedForIpv4HomeAddress,
    };

    /// <summary>The rules with IPv4 support by an edition.</summary>
    public static Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> Of(Ipv4Edition edition) =>
        edition switch
        {
            Ipv4Edition.Rfc5844 => Rfc5844,
            Ipv4Edition.Draft04 => Draft04,
            Ipv4Edition.Draft02 => Draft02,
            _ => throw new ArgumentOutOfRangeException(nameof(edition)),
        };

    public static LocalMobilityAnchorRules Rfc5844(LocalMobilityAnchorRules rules)
    {
        var supporting = Supporting(rules);
        return supporting with
        {
            Ipv4 = _ofRfc5844,
            AfterHandoff = supporting
                .AfterHandoff.InsertingBefore("Ipv4Extension", new("RFC 5844 3.1.2.4 b1", "FamilyLeftOut", Ipv4ReleaseRules.FamilyLeftOut))
                .InsertingBefore(
                    "PreviousRoutesRemoved",
                    new("5.6.2 b1", "ReleasedRoutesWithdrawn", Ipv4ReleaseRules.ReleasedRoutesWithdrawn)
                ),
            DeRegistration = supporting.DeRegistration.InsertingBefore(
                "DeletionDelayed",
                new("RFC 5844 3.1.2.5", "SelectiveDeRegistration", Ipv4ReleaseRules.SelectiveDeRegistration)
            ),
        };
    }

    /// <summary>Several addresses in a session; a set of addresses identifies a session; no families on their own.</summary>
    public static LocalMobilityAnchorRules Draft04(LocalMobilityAnchorRules rules) =>
        Supporting(rules) with
        {
            Ipv4 = _ofDraft04,
            Ipv4Admission = rules.Ipv4Admission.Without("OneAddressRequested"),
            LookupByIpv4HomeAddress = rules.LookupByIpv4HomeAddress.InsertingBefore(
                "SameInterface",
                new("draft -04 3.1.2.7", "OtherAddressSetRejected", LookupByIpv4HomeAddressRules.OtherAddressSetRejected)
            ),
            Ipv4Reply = rules.Ipv4Reply.Without("DhcpSupportMode"),
        };

    /// <summary>One address, which a rejection repeats; no default router.</summary>
    public static LocalMobilityAnchorRules Draft02(LocalMobilityAnchorRules rules) =>
        Supporting(rules) with
        {
            Ipv4 = _ofDraft02,
            Ipv4Reply = rules
                .Ipv4Reply.Replacing("RequestedAddressesOnRejection", Ipv4ReplyRules.AllocatedAddressOnRejection)
                .Without("DefaultRouter")
                .Without("DhcpSupportMode"),
            DhcpServer = rules
                .DhcpServer.InsertingBefore(
                    "OtherAddressRefused",
                    new("draft -02 3.1", "AddressChosen", AnchorDhcpServerRules.AddressChosen)
                )
                .InsertingBefore("NextServer", new("draft -02 3.1", "Leased", AnchorDhcpServerRules.Leased)),
        };

    /// <summary>The rules with the lists for IPv4 where all editions apply them.</summary>
    private static LocalMobilityAnchorRules Supporting(LocalMobilityAnchorRules rules) =>
        rules with
        {
            ProxyBindingUpdate = rules
                .ProxyBindingUpdate.Replacing("HomeNetworkPrefixPresent", Ipv4AdmissionRules.PrefixOrAddressPresent)
                .InsertingBefore(
                    "ExistenceTest",
                    new("RFC 5844 3.1.2.1", "Ipv4Admission", request => request.Anchor.Rules.Ipv4Admission.Apply(request))
                ),
            InitialRegistration = Announcing(
                rules.InitialRegistration.InsertingBefore(
                    "EntryCreated",
                    new("RFC 5844 3.1.2.2", "Ipv4Assignment", request => request.Anchor.Rules.Ipv4Assignment.Apply(request))
                )
            ),
            LifetimeExtension = Extending(rules.LifetimeExtension),
            AfterHandoff = Extending(rules.AfterHandoff),
            Acknowledgement = rules.Acknowledgement.InsertingBefore(
                "HandoffIndicatorEchoed",
                new("RFC 5844 3.1.2.6", "Ipv4Reply", draft => draft.Request.Anchor.Rules.Ipv4Reply.Apply(draft))
            ),
        };

    private static RuleList<RegistrationRequest> Extending(RuleList<RegistrationRequest> rules) =>
        Announcing(rules.InsertingBefore("EntryUpdated", new("RFC 5844 3.1.2.1 b8", "Ipv4Extension", Ipv4AssignmentRules.Extension)));

    private static RuleList<RegistrationRequest> Announcing(RuleList<RegistrationRequest> rules) =>
        rules.InsertingBefore(
            "Accepted",
            new("RFC 5844 3.1.3 b1", "HomeNetworkAnnounced", request => SessionRouting.HomeNetworkAnnounced(request.Anchor))
        );
}
