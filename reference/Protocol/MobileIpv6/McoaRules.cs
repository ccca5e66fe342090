using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// The steps that a home agent and a correspondent node both take with Binding Identifier options: RFC 5648, Section 6.2, and
/// draft-ietf-monami6-multiplecoa-04, Section 6.3. A role has its own steps besides. They run after the sequence number is checked, and
/// only if there are such options.
/// </summary>
internal static class McoaRules
{
    /// <summary>The list of an edition, empty without several care-of addresses.</summary>
    public static RuleList<TRequest> Of<TRequest>(McoaEdition edition)
        where TRequest : BindingRequest =>
        edition switch
        {
            McoaEdition.Rfc5648 => new(
                new("RFC 5648 4.4", "Permitted", Permitted),
                new("RFC 5648 6.2 b1", "LengthRight", LengthRight),
                new("RFC 5648 6.2 b2", "CareOfAddressRoutable", CareOfAddressRoutable),
                new("RFC 5648 6.2 b4", "RemovedBindingKnown", RemovedBindingKnown),
                new("RFC 5648 6.2 b6.b1", "CareOfAddressOfOption", CareOfAddressOfOption),
                new("RFC 5648 6.2 b6.b3", "CareOfAddressOfBinding", CareOfAddressOfBinding),
                new("RFC 5648 6.2 b7.b2", "NoBindingWithoutBindingId", NoBindingWithoutBindingId)
            ),
            McoaEdition.Draft04 => new(
                new("draft 04 4.3", "Permitted", Permitted),
                new("draft 04 6.3 b2", "LengthRight", LengthRight),
                new("draft 04 6.3 b3", "CareOfAddressRoutable", CareOfAddressRoutable),
                new("draft 04 6.3 b6", "RemovedBindingKnown", RemovedBindingKnown),
                new("draft 04 6.3 b8", "CareOfAddressOfOption", CareOfAddressOfOption),
                new("draft 04 6.3 b8", "CareOfAddressOfUpdate", CareOfAddressOfUpdate)
            ),
            _ => new(),
        };

    private static RuleOutcome Permitted(BindingRequest request) =>
        request is { AllowsMultipleCareOfAddresses: false, Vocabulary.Prohibited: var status }
            ? request.Answer(status)
            : RuleOutcome.Continue;

    private static RuleOutcome LengthRight(BindingRequest request) =>
        request.Vocabulary is { Malformed: var status } && request.Items.Any(item => item.Identity is { HasRightLength: false })
            ? request.Answer(status)
            : RuleOutcome.Continue;

    /// <summary>An IPv4 care-of address is wrong, unless the node is set up for RFC 5555.</summary>
    private static RuleOutcome CareOfAddressRoutable(BindingRequest request)
    {
        foreach (var item in request.Items)
        {
            if (
                !request.IsRemoval
                && item.Identity?.CareOf is { } careOf
                && !IsRoutable(careOf)
                && request.Vocabulary is { Malformed: var status }
            )
            {
                item.Settle(status);
            }
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome RemovedBindingKnown(BindingRequest request)
    {
        foreach (var item in request.Items.Where(item => request.IsRemoval && request.Bindings.Find(item.Key) is null))
        {
            item.Settle(BindingStatus.NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE);
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome CareOfAddressOfOption(BindingRequest request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval))
        {
            item.CareOf ??= item.Identity?.CareOf;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Length 4 names a binding that is there, and leaves its care-of address as it is.</summary>
    private static RuleOutcome CareOfAddressOfBinding(BindingRequest request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval && item.CareOf is null))
        {
            item.CareOf = request.Bindings.Find(item.Key)?.CareOf;
            if (item.CareOf is null)
            {
                item.Settle(BindingStatus.MCOA_UNKNOWN_COA);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Without the C flag the care-of address is that of the message as a whole.</summary>
    private static RuleOutcome CareOfAddressOfUpdate(BindingRequest request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval))
        {
            item.CareOf ??= request.CareOf;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome NoBindingWithoutBindingId(BindingRequest request) =>
        request is { IsRemoval: false, Overwrites: false, Vocabulary.PlainBindingExists: var status } && HasPlainBinding(request)
            ? request.Answer(status)
            : RuleOutcome.Continue;

    /// <summary>Whether the home address has a binding without BID.</summary>
    public static bool HasPlainBinding(BindingRequest request) =>
        request.Bindings.Find(new BindingKey(request.Home, BindingId: null)) is not null;

    /// <summary>A unicast address of IPv6 that is valid beyond one link and one node (RFC 6275, Section 3.1).</summary>
    public static bool IsRoutable(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6
        && !address.IsIPv6Multicast
        && !address.IsIPv6LinkLocal
        && !address.Equals(IPAddress.IPv6Any)
        && !address.Equals(IPAddress.IPv6Loopback);
}
