using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds.Deviations;

/// <summary>Mobile access gateways that confuse two interfaces of one mobile node: RFC 5213, Sections 5.4 and 6.1.</summary>
internal static class MagInterfaceDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Deviation.OfMag(
            "mag-one-interface-per-node",
            "registers no interface of a mobile node of which another is attached",
            "rfc5213-6.9.1.1-k2",
            rules => rules with { Retransmission = BeforeFirst(rules, OtherIsRegistered) }
        ),
        WhenRegistered(
            "mag-second-interface-ends-the-first",
            "de-registers the interface of a mobile node of which another attaches",
            "rfc5213-6.1-d1",
            (received, other) =>
            {
                if (other is Attachment.Registered { Registration: { } registration } attachment)
                {
                    var update = new PendingUpdate(UpdateKind.DeRegistration, registration.HomeNetworkPrefixes);
                    received.Gateway.Put(new Attachment.DeRegistering(attachment.Link, attachment.MobileNode, registration, update));
                    UpdateTransmission.Run(received.Gateway, attachment.Link, received.Now);
                }
            }
        ),
        WhenRegistered(
            "mag-routes-of-one-interface",
            "forwards for that interface of a mobile node only that was registered last",
            "rfc5213-6.9.1.2-k22",
            (received, other) => received.Gateway.Forwarding.RemoveRoutes(other.Link)
        ),
        Deviation.OfMag(
            "mag-node-leaves-as-a-whole",
            "forwards for no interface of a mobile node any more when one has left",
            "rfc5213-6.1-d1",
            rules =>
                rules with
                {
                    EndOfAttachment = rules.EndOfAttachment.InsertingBefore(
                        "RoutesRemoved",
                        new(
                            "6.9.1.4 end (2)",
                            "RoutesOfTheNodeRemoved",
                            ending =>
                            {
                                foreach (var other in Others(ending.Gateway, ending.Attachment))
                                {
                                    ending.Gateway.Forwarding.RemoveRoutes(other.Link);
                                }
                                return RuleOutcome.Continue;
                            }
                        )
                    ),
                }
        ),
        Deviation.OfMag(
            "mag-de-registers-all-prefixes-of-a-node",
            "names the prefixes of all interfaces of a mobile node in the de-registration of one",
            "rfc5213-6.9.1.4-k3",
            rules =>
                rules with
                {
                    DeRegistration = rules.DeRegistration.InsertingBefore(
                        "HandoffStateUnknown",
                        new("6.9.1.4(2)", "PrefixesOfTheNode", PrefixesOfTheNode)
                    ),
                }
        ),
    ];

    /// <summary>A MAG that does something to the other interfaces of a mobile node that has been registered.</summary>
    private static Deviation WhenRegistered(
        string name,
        string description,
        string statement,
        Action<ReceivedAcknowledgement, Attachment> change
    ) =>
        MagListDeviations.Answers(
            name,
            description,
            statement,
            answer =>
                answer.InsertingBefore(
                    "EntryUpdated",
                    new(
                        "6.9.1.2(12)",
                        "OtherInterfaces",
                        received =>
                        {
                            if (received.Attachment is Attachment.Registering attachment)
                            {
                                Others(received.Gateway, attachment).ForEach(other => change(received, other));
                            }

                            return RuleOutcome.Continue;
                        }
                    )
                )
        );

    /// <summary>The rules of transmission with one more for the first transmission of the first registration.</summary>
    private static RuleList<UpdateTransmission> BeforeFirst(MobileAccessGatewayRules rules, Func<UpdateTransmission, RuleOutcome> apply) =>
        rules.Retransmission.InsertingBefore(
            "InitialTimeout",
            new(
                "6.9.1.1",
                "BeforeFirst",
                transmission =>
                    transmission is { IsFirst: true, Update.Kind: UpdateKind.Initial } ? apply(transmission) : RuleOutcome.Continue
            )
        );

    private static RuleOutcome OtherIsRegistered(UpdateTransmission transmission) =>
        Others(transmission.Gateway, transmission.Attachment).Any(other => other.Binding is not null)
            ? RuleOutcome.Stop
            : RuleOutcome.Continue;

    private static RuleOutcome PrefixesOfTheNode(UpdateDraft draft)
    {
        var others = Others(draft.Gateway, draft.Attachment).SelectMany(other => other.Binding?.HomeNetworkPrefixes ?? []);
        draft.HomeNetworkPrefixes = [.. draft.HomeNetworkPrefixes, .. others];
        return RuleOutcome.Continue;
    }

    private static List<Attachment> Others(GatewayState gateway, Attachment attachment) =>
        [
            .. gateway.Attachments.Where(other =>
                other.Link != attachment.Link && other.MobileNode.Identifier == attachment.MobileNode.Identifier
            ),
        ];
}
