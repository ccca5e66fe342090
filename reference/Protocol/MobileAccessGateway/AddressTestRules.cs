using System.Net;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The host has tested an address on an access link for uniqueness.</summary>
/// <param name="IsUnique">False if another node has the address.</param>
public sealed record TestedAddress(GatewayState Gateway, LinkId Link, IPAddress Address, bool IsUnique, Now Now);

/// <summary>
/// RFC 5213, Section 6.9.1.2(15): what follows the duplicate address detection for an address that the MAG has chosen itself.
/// </summary>
internal static class AddressTestRules
{
    public static RuleList<TestedAddress> Default { get; } =
        new(
            new("6.9.1.2(15)", "AddressOfThisGateway", AddressOfThisGateway),
            new("6.9.1.2(15)", "OtherAddressTaken", OtherAddressTaken),
            new("6.9.1.2(15)", "OtherAddressUploaded", OtherAddressUploaded),
            new("RFC 4862 5.4", "AddressConfirmed", AddressConfirmed)
        );

    private static RuleOutcome AddressOfThisGateway(TestedAddress tested)
    {
        if (!tested.IsUnique)
        {
            tested.Gateway.Actions.Log("AddressInUse", $"another node on {tested.Link} has {tested.Address}");
        }
        return tested.Address.Equals(tested.Gateway.LinkLocalAddressOn(tested.Link)) ? RuleOutcome.Continue : RuleOutcome.Stop;
    }

    /// <summary>The other node is the mobile node, as the link is point-to-point. A fixed address has no alternative.</summary>
    private static RuleOutcome OtherAddressTaken(TestedAddress tested)
    {
        var (gateway, link, address, isUnique, _) = tested;
        if (isUnique || address.Equals(gateway.Settings.FixedMAGLinkLocalAddressOnAllAccessLinks))
        {
            return RuleOutcome.Continue;
        }

        if (gateway.TryFind(link, out var attachment))
        {
            var mobileNode = attachment.MobileNode;
            var used = mobileNode with { LinkLocalAddresses = mobileNode.LinkLocalAddresses.Add(address) };
            gateway.Put(attachment with { MobileNode = used });
        }
        gateway.Configure(link, LinkLocalAddresses.Generate(gateway.Random), performDad: true);
        return RuleOutcome.Continue;
    }

    /// <summary>A request that is pending has the previous address; its answer leads to another one.</summary>
    private static RuleOutcome OtherAddressUploaded(TestedAddress tested)
    {
        if (
            !tested.IsUnique
            && tested.Gateway.TryFind(tested.Link, out var attachment)
            && attachment is Attachment.Registered { Registration.IsLinkLocalAddressOwn: true }
        )
        {
            tested.Gateway.Rules.StartOfExtension.Apply(new AttachmentEvent(tested.Gateway, attachment, tested.Now));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The mobile node gets the advertisement that had to wait.</summary>
    private static RuleOutcome AddressConfirmed(TestedAddress tested)
    {
        var (gateway, link) = (tested.Gateway, tested.Link);
        if (tested.IsUnique && gateway.IsTentative(link))
        {
            gateway.Confirm(link);
            if (gateway.TryFind(link, out var attachment))
            {
                RouterAdvertisementDraft.Send(gateway, attachment);
            }
        }
        return RuleOutcome.Continue;
    }
}
