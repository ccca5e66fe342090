using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Copies a message that is read in place into another place, field by field and option by option.</summary>
internal static class DhcpCopy
{
    /// <summary>The length of the copy, or zero if it does not fit.</summary>
    internal static int Of(DhcpMessageReader message, Span<byte> destination)
    {
        var writer = new DhcpMessageWriter(destination, message.Operation, message.TransactionId);
        writer.SetHardwareAddress(message.HardwareType, message.HardwareAddress);
        writer.SetHops(message.Hops);
        writer.SetSeconds(message.Seconds);
        writer.SetBroadcast(message.Broadcast);
        writer.SetClientAddress(message.ClientAddress);
        writer.SetYourAddress(message.YourAddress);
        writer.SetServerAddress(message.ServerAddress);
        writer.SetRelayAddress(message.RelayAddress);
        writer.SetServerName(message.ServerName);
        writer.SetBootFile(message.BootFile);
        foreach (var option in message.Options)
        {
            if (option.Data.Length <= DhcpOption.MaximumPartLength)
            {
                Add(ref writer, option);
            }
            else
            {
                AddParts(ref writer, option);
            }
        }
        writer.TryEnd(out var length);
        return length;
    }

    private static void AddParts(ref DhcpMessageWriter writer, DhcpOptionReader option)
    {
        for (var rest = option.Data; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, DhcpOption.MaximumPartLength)..])
        {
            writer.AddUnknown(option.Code, rest[..Math.Min(rest.Length, DhcpOption.MaximumPartLength)]);
        }
    }

    private static void Add(ref DhcpMessageWriter writer, DhcpOptionReader option)
    {
        switch ((DhcpOptionCode)option.Code)
        {
            case DhcpOptionCode.SubnetMask:
                writer.AddSubnetMask(option.SubnetMask);
                break;
            case DhcpOptionCode.Router:
                writer.AddRouters(option.Routers);
                break;
            case DhcpOptionCode.InterfaceMtu:
                writer.AddInterfaceMtu(option.InterfaceMtu);
                break;
            case DhcpOptionCode.RequestedAddress:
                writer.AddRequestedAddress(option.RequestedAddress);
                break;
            case DhcpOptionCode.LeaseTime:
                writer.AddLeaseTime(option.LeaseTime);
                break;
            case DhcpOptionCode.MessageType:
                writer.AddMessageType(option.MessageType);
                break;
            case DhcpOptionCode.ServerIdentifier:
                writer.AddServerIdentifier(option.ServerIdentifier);
                break;
            case DhcpOptionCode.ParameterRequestList:
                writer.AddParameterRequestList(option.ParameterRequestList);
                break;
            case DhcpOptionCode.MaximumMessageSize:
                writer.AddMaximumMessageSize(option.MaximumMessageSize);
                break;
            case DhcpOptionCode.RenewalTime:
                writer.AddRenewalTime(option.RenewalTime);
                break;
            case DhcpOptionCode.RebindingTime:
                writer.AddRebindingTime(option.RebindingTime);
                break;
            case DhcpOptionCode.ClientIdentifier:
                writer.AddClientIdentifier(option.ClientIdentifier);
                break;
            case DhcpOptionCode.RelayAgentInformation:
                AddSubOptions(ref writer, option.RelayAgentInformation);
                break;
            case DhcpOptionCode.Authentication:
                var authentication = option.Authentication;
                writer.AddAuthentication(
                    authentication.Protocol,
                    authentication.Algorithm,
                    authentication.ReplayDetectionMethod,
                    authentication.ReplayDetection,
                    authentication.Information
                );
                break;
            case DhcpOptionCode.SubnetSelection:
                writer.AddSubnetSelection(option.SubnetSelection);
                break;
            default:
                writer.AddUnknown(option.Code, option.Data);
                break;
        }
    }

    private static void AddSubOptions(ref DhcpMessageWriter writer, RelayAgentSubOptionEnumerator subOptions)
    {
        Span<byte> flags = stackalloc byte[1];
        foreach (var subOption in subOptions)
        {
            switch ((RelayAgentSubOptionCode)subOption.Code)
            {
                case RelayAgentSubOptionCode.CircuitId:
                    writer.AddRelayAgentSubOption(subOption.Code, subOption.CircuitId);
                    break;
                case RelayAgentSubOptionCode.RemoteId:
                    writer.AddRelayAgentSubOption(subOption.Code, subOption.RemoteId);
                    break;
                case RelayAgentSubOptionCode.LinkSelection:
                    writer.AddRelayAgentSubOption(subOption.Code, subOption.LinkSelection);
                    break;
                case RelayAgentSubOptionCode.Flags:
                    flags[0] = subOption.IsUnicast ? (byte)0x80 : (byte)0;
                    writer.AddRelayAgentSubOption(subOption.Code, flags);
                    break;
                case RelayAgentSubOptionCode.ServerIdentifierOverride:
                    writer.AddRelayAgentSubOption(subOption.Code, subOption.ServerIdentifierOverride);
                    break;
                default:
                    writer.AddRelayAgentSubOption(subOption.Code, subOption.Data);
                    break;
            }
        }
    }
}
