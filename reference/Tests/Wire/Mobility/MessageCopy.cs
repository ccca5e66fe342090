using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Copies a message that is read in place into another place, field by field and option by option.</summary>
internal static class MessageCopy
{
    /// <summary>The length of the copy, or zero if it does not fit.</summary>
    /// <param name="message">A Binding Update or a Binding Acknowledgement.</param>
    internal static int Of(MobilityMessageReader message, WireEdition edition, Span<byte> destination)
    {
        var writer = Begin(message, destination);
        foreach (var option in message.Options)
        {
            Add(ref writer, option, edition);
        }
        writer.TryEnd(out var length);
        return length;
    }

    private static MobilityMessageWriter Begin(MobilityMessageReader message, Span<byte> destination)
    {
        if (message.Type == (byte)MobilityHeaderType.BindingUpdate)
        {
            var update = message.BindingUpdate;
            return MobilityMessageWriter.BindingUpdate(destination, update.SequenceNumber, update.Flags, update.LifetimeUnits);
        }

        var acknowledgement = message.BindingAcknowledgement;
        return MobilityMessageWriter.BindingAcknowledgement(
            destination,
            acknowledgement.Status,
            acknowledgement.Flags,
            acknowledgement.SequenceNumber,
            acknowledgement.LifetimeUnits
        );
    }

    private static void Add(ref MobilityMessageWriter writer, MobilityOptionReader option, WireEdition edition)
    {
        switch (option.Kind)
        {
            case MobilityOptionType.BindingRefreshAdvice:
                writer.AddBindingRefreshAdvice(option.BindingRefreshAdvice);
                break;
            case MobilityOptionType.AlternateCareOfAddress:
                writer.AddAlternateCareOfAddress(option.AlternateCareOfAddress);
                break;
            case MobilityOptionType.NonceIndices:
                writer.AddNonceIndices(option.NonceIndices.HomeNonceIndex, option.NonceIndices.CareOfNonceIndex);
                break;
            case MobilityOptionType.BindingAuthorizationData:
                writer.AddBindingAuthorizationData(option.BindingAuthorizationData);
                break;
            case MobilityOptionType.MobileNetworkPrefix:
                writer.AddMobileNetworkPrefix(option.MobileNetworkPrefix);
                break;
            case MobilityOptionType.MobilityHeaderLinkLayerAddress:
                writer.AddMobilityHeaderLinkLayerAddress(
                    option.MobilityHeaderLinkLayerAddress.OptionCode,
                    option.MobilityHeaderLinkLayerAddress.Address
                );
                break;
            case MobilityOptionType.MobileNodeIdentifier:
                writer.AddMobileNodeIdentifier(option.MobileNodeIdentifier.Subtype, option.MobileNodeIdentifier.Identifier);
                break;
            case MobilityOptionType.VendorSpecific:
                writer.AddVendorSpecific(option.VendorSpecific.VendorId, option.VendorSpecific.Subtype, option.VendorSpecific.Content);
                break;
            case MobilityOptionType.HomeNetworkPrefix:
                writer.AddHomeNetworkPrefix(option.HomeNetworkPrefix);
                break;
            case MobilityOptionType.HandoffIndicator:
                writer.AddHandoffIndicator(option.HandoffIndicator);
                break;
            case MobilityOptionType.AccessTechnologyType:
                writer.AddAccessTechnologyType(option.AccessTechnologyType);
                break;
            case MobilityOptionType.MobileNodeLinkLayerIdentifier:
                writer.AddMobileNodeLinkLayerIdentifier(option.MobileNodeLinkLayerIdentifier);
                break;
            case MobilityOptionType.LinkLocalAddress:
                writer.AddLinkLocalAddress(option.LinkLocalAddress);
                break;
            case MobilityOptionType.Timestamp:
                writer.AddTimestamp(option.Timestamp);
                break;
            default:
                AddOther(ref writer, option, edition);
                break;
        }
    }

    private static void AddOther(ref MobilityMessageWriter writer, MobilityOptionReader option, WireEdition edition)
    {
        switch (option.Kind)
        {
            case MobilityOptionType.Ipv4HomeAddress:
                var home = option.Ipv4HomeAddress;
                writer.AddIpv4HomeAddress(home.HomeAddress, home.PrefixLength, home.RequestsPrefix);
                break;
            case MobilityOptionType.Ipv4AddressAcknowledgement:
                var acknowledged = option.Ipv4AddressAcknowledgement;
                writer.AddIpv4AddressAcknowledgement(
                    (Ipv4AddressAcknowledgementStatus)acknowledged.Status,
                    acknowledged.PrefixLength,
                    acknowledged.HomeAddress
                );
                break;
            case MobilityOptionType.NatDetection:
                writer.AddNatDetection(option.NatDetection.ForcesUdp, option.NatDetection.RefreshTimeSeconds);
                break;
            case MobilityOptionType.Ipv4CareOfAddress:
                writer.AddIpv4CareOfAddress(option.Ipv4CareOfAddress);
                break;
            case MobilityOptionType.GreKey:
                writer.AddGreKey(option.GreKey);
                break;
            case MobilityOptionType.BindingIdentifier when edition.BindingIdentifier == BindingIdentifierLayout.Draft04:
                var unique = option.BindingIdentifier;
                writer.AddBindingUniqueIdentifier(
                    option.Type,
                    unique.BindingId,
                    unique.Status,
                    unique.Overwrite,
                    unique.HomeBinding,
                    unique.CareOfAddress
                );
                break;
            case MobilityOptionType.BindingIdentifier:
                var binding = option.BindingIdentifier;
                writer.AddBindingIdentifier(binding.BindingId, binding.Status, binding.SimultaneousHomeAndForeign, binding.CareOfAddress);
                break;
            case MobilityOptionType.Ipv4HomeAddressRequest:
                writer.AddIpv4HomeAddressRequest(option.Ipv4HomeAddressRequest.HomeAddress, option.Ipv4HomeAddressRequest.PrefixLength);
                break;
            case MobilityOptionType.Ipv4HomeAddressReply:
                var reply = option.Ipv4HomeAddressReply;
                writer.AddIpv4HomeAddressReply((Ipv4HomeAddressReplyStatus)reply.Status, reply.PrefixLength, reply.HomeAddress);
                break;
            case MobilityOptionType.Ipv4DefaultRouterAddress:
                writer.AddIpv4DefaultRouterAddress(option.Type, option.Ipv4DefaultRouterAddress);
                break;
            case MobilityOptionType.Ipv4DhcpSupportMode:
                writer.AddIpv4DhcpSupportMode(option.Ipv4DhcpSupportMode);
                break;
            default:
                writer.AddUnknown(option.Type, option.Data);
                break;
        }
    }
}
