using System.Globalization;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Changes to a type 2 routing header (RFC 6275, Section 6.4.1).</summary>
internal static class RoutingHeaderEdits
{
    private const int LengthOffset = 1,
        SegmentsOffset = 3,
        AddressOffset = 8;

    /// <summary>The header to the home address, changed, with an echo request behind it.</summary>
    /// <param name="edits"><c>Segments Left</c>, <c>Hdr Ext Len</c> and <c>Home Address</c>.</param>
    /// <exception cref="ScenarioFaultException">A change is about another field.</exception>
    public static byte[] Before(MobileNodeProbe probe, EditList edits, MobileNodeFieldWords words)
    {
        var header = new Type2RoutingHeader(IpProtocol.Icmpv6, probe.Home).Before(probe.Octets);
        foreach (var edit in edits.Edits)
        {
            switch (edit)
            {
                case Edit.Set(_, "Segments Left", var value):
                    header[SegmentsOffset] = byte.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case Edit.Set(_, "Hdr Ext Len", var value):
                    header[LengthOffset] = byte.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case Edit.Set(_, "Home Address", var value):
                    words.Address(value).GetAddressBytes().CopyTo(header, AddressOffset);
                    break;
                default:
                    throw edit.Fault("a type 2 routing header has the fields Segments Left, Hdr Ext Len and Home Address");
            }
        }

        return header;
    }
}
