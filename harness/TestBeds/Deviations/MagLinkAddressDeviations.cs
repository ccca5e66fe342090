using System.Net;
using Pmip.Protocol;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using static Conformance.TestBeds.Deviations.MagListDeviations;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile access gateways that a mobile node takes for another router than before: RFC 5213, Sections 6.8, 6.9.1.2(15), 6.9.3 and 9.3.
/// </summary>
internal static class MagLinkAddressDeviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        Answers(
            "mag-new-address-with-refresh",
            "takes another link-local address whenever it has extended the lifetime of a session",
            "rfc5213-6.8-d1",
            answer => answer.InsertingBefore("PrefixesAdvertised", new("6.8", "NewAddress", NewAddress))
        ),
        Deviation.Of(
            "mag-no-fixed-link-layer-address",
            "keeps the link-layer addresses of its interfaces although FixedMAGLinkLayerAddressOnAllAccessLinks is set",
            "rfc5213-9.3-k9",
            mag =>
                mag with
                {
                    Changes = Changes.To<MobileAccessGatewaySettings>(settings =>
                        settings with
                        {
                            FixedMAGLinkLayerAddressOnAllAccessLinks = default,
                        }
                    ),
                }
        ) with
        {
            Roles = ["MAG"],
        },
    ];

    private static RuleOutcome NewAddress(ReceivedAcknowledgement received)
    {
        if (
            received is { Attachment: Attachment.Registered attachment, Answered: { } request, LinkLocalAddress: not null }
            && request.Options.First<HandoffIndicatorOption>()?.Value == HandoffIndicator.HandoffStateNotChanged
            && IPAddress.IPv6Any.Equals(request.Options.First<LinkLocalAddressOption>()?.Address)
        )
        {
            received.Gateway.Configure(attachment.Link, LinkLocalDraw.From(received.Gateway.Random), performDad: false);
        }

        return RuleOutcome.Continue;
    }

    private static RuleOutcome Untested(ReceivedAcknowledgement received)
    {
        if (
            received is { Attachment: { } attachment, LinkLocalAddress: { } address }
            && received.Gateway.LinkLocalAddressOn(attachment.Link) is null
            && attachment.MobileNode.LinkLocalAddresses.Contains(address)
        )
        {
            received.Gateway.Configure(attachment.Link, LinkLocalDraw.From(received.Gateway.Random), performDad: false);
        }

        return RuleOutcome.Continue;
    }
}
