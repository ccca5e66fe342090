using System.Buffers.Binary;
using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>IPv4 home addresses of an LMA that the tester plays (RFC 5844, Section 3.1.2, and the drafts).</summary>
internal static class AnchorIpv4
{
    /// <summary>The ICS item of a MAG that asks for IPv4 when the mobile node does.</summary>
    public const string OnDemand = "ipv4-on-demand";

    /// <summary>
    /// The ICS items of a MAG that has a DHCP server, and of one that has a relay. With both, the MAG relays unless a scenario says
    /// otherwise.
    /// </summary>
    private const string DhcpServer = "dhcp-server",
        DhcpRelay = "dhcp-relay";

    /// <summary>True for a change to an option by which an LMA answers a request for IPv4.</summary>
    public static bool IsAboutIpv4(Edit edit) =>
        edit is Edit.Set { Field: Ipv4ReplyKind.NameInEditions or "default router" or "DHCP support mode" };

    /// <summary>The options by which the LMA answers the IPv4 requests of an update; none without a request.</summary>
    public static IEnumerable<MobilityOption> Answers(MobilityOctets update, OptionContext context)
    {
        var edition = context.Edition;
        var requests = Ipv4OptionReader.Requests(update, edition);
        if (requests.Count == 0 || context.Ixit.Ipv4 is not { } network)
        {
            yield break;
        }

        var isOfProxy = edition.Ipv4Options.HasFlag(Ipv4OptionSet.ProxyMobile);
        foreach (var (address, length) in requests.Select(request => Allocated(request, network, context.Node)).Distinct())
        {
            yield return isOfProxy
                ? new Ipv4HomeAddressReplyOption(0, length, address)
                : new Ipv4AddressAcknowledgementOption(0, length, address);
        }

        if (edition.Ipv4Options.HasFlag(Ipv4OptionSet.DefaultRouter))
        {
            yield return new Ipv4DefaultRouterAddressOption(network.DefaultRouter) { OptionType = edition.Ipv4DefaultRouterType };
        }

        if (isOfProxy && context.Session.Claims(DhcpServer) && !context.Session.Claims(DhcpRelay))
        {
            yield return new Ipv4DhcpSupportModeOption(ActsAsServer: true);
        }
    }

    /// <summary>
    /// Notes what a rejection refuses to a mobile node altogether (RFC 5844, Section 3.3.5). The drafts leave the numbers open.
    /// </summary>
    public static void NoteRefusal(Binding binding, byte status)
    {
        binding.IsWithoutIpv4 |= (BindingStatus)status == BindingStatus.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE;
        binding.IsWithoutIpv6 |= (BindingStatus)status == BindingStatus.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE;
    }

    /// <summary>What an acknowledgement assigns to the mobile node of an update.</summary>
    /// <param name="sent">The frame with the acknowledgement, which may differ from the draft by its edits.</param>
    /// <returns>
    /// The addresses in the acknowledgement; if it names none, those that the node would have had, which are not granted. None without a
    /// request.
    /// </returns>
    public static IReadOnlyList<Ipv4Assignment> Assigned(MobilityOctets update, MobilityOctets sent, Frame frame, OptionContext context)
    {
        var router = Ipv4OptionReader.DefaultRouter(sent, context.Edition);
        var answers = Ipv4OptionReader.Answers(sent, context.Edition);
        if (answers.Count > 0)
        {
            return
            [
                .. answers.Select(answer => new Ipv4Assignment(answer.Address.Address, answer.Address.PrefixLength, router, frame)
                {
                    IsGranted = answer.IsAccepted && sent.Status < MobilityOctets.FirstRejection,
                }),
            ];
        }

        return context.Ixit.Ipv4 is { } network
            ?
            [
                .. Ipv4OptionReader
                    .Requests(update, context.Edition)
                    .Select(request => Allocated(request, network, context.Node))
                    .Distinct()
                    .Select(allocated => new Ipv4Assignment(allocated.Address, allocated.Length, router, frame)),
            ]
            : [];
    }

    /// <summary>The address that a request asks for, or one for the node: the one that it has, or one by its number.</summary>
    private static (IPAddress Address, byte Length) Allocated(RequestedIpv4 request, Ipv4HomeNetwork network, MobileNode node)
    {
        if (!request.IsDynamic)
        {
            return (request.Address.Address, request.Address.PrefixLength);
        }

        if (node.Session.OfferedIpv4 is [{ IsGranted: true } offered, ..])
        {
            return (offered.Address, offered.PrefixLength);
        }

        return (AddressFor(node, network), network.Prefix.Length);
    }

    /// <summary>An address out of the home network by the number of the mobile node.</summary>
    public static IPAddress AddressFor(MobileNode node, Ipv4HomeNetwork network)
    {
        const int FirstNumber = 0x4000,
            Numbers = 0x3fff;
        var linkLayer = node.Identity.LinkLayer.ToArray();
        var octets = network.Prefix.Network.GetAddressBytes();
        var number = FirstNumber | (((linkLayer[4] << 8) | linkLayer[5]) & Numbers);
        BinaryPrimitives.WriteUInt32BigEndian(octets, BinaryPrimitives.ReadUInt32BigEndian(octets) | (uint)number);
        return new IPAddress(octets);
    }
}
