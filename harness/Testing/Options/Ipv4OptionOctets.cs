using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;

namespace Conformance.Testing.Options;

/// <summary>What the options about IPv4 home addresses have in common.</summary>
internal static class Ipv4OptionOctets
{
    private const int AddressOffset = 2;
    private const int Length = 6;

    /// <summary>The address with its prefix length, in the first 6 bits of an octet; ALL_ZERO if the option is too short.</summary>
    public static Ipv4HomeAddress Address(OptionOctets option, int lengthOctet) =>
        option.Length >= Length
            ? new(new IPAddress(option.Data.Span[AddressOffset..Length]), (byte)(option.Data.Span[lengthOctet] >> 2))
            : Ipv4HomeAddress.AllZero;

    /// <summary>The address of the Default-Router option; 0.0.0.0 if the option is too short.</summary>
    public static IPAddress Router(OptionOctets option) =>
        option.Length >= Length ? new IPAddress(option.Data.Span[AddressOffset..Length]) : IPAddress.Any;

    /// <summary>An address that the IXIT has: <c>fixed</c>, <c>foreign</c> or <c>unassigned</c>; null for other words.</summary>
    /// <exception cref="StepFailedException">The IXIT has no such address.</exception>
    public static Ipv4HomeAddress? OfNetwork(string word, TestSession session)
    {
        if (word is not ("fixed" or "foreign" or "unassigned"))
        {
            return null;
        }

        var network = session.Ipv4;
        var address = word switch
        {
            "fixed" => network.Fixed,
            "foreign" => network.Foreign,
            _ => network.Unassigned,
        };
        return address is null
            ? throw new StepFailedException($"the IXIT has no {word} IPv4 home address")
            : new Ipv4HomeAddress(address, network.Prefix.Length);
    }
}
