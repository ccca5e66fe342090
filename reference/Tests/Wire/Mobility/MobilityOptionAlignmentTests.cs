using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Alignment and padding, checked on the octets without the parser.</summary>
public sealed class MobilityOptionAlignmentTests
{
    private const int OptionsOffset = 12;

    /// <summary>The alignment requirements of the sections named in the summary of each option: option, multiple, offset, start.</summary>
    public static TheoryData<MobilityOption, int, int, int> Requirements()
    {
        (MobilityOption Option, int Multiple, int Offset)[] requirements =
        [
            (new HomeNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8::/64")), 8, 4),
            (new MobileNetworkPrefixOption(Ipv6Prefix.Parse("2001:db8::/64")), 8, 4),
            (new HandoffIndicatorOption(HandoffIndicator.HandoffStateUnknown), 1, 0),
            (new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023), 1, 0),
            (new MobileNodeLinkLayerIdentifierOption(default), 2, 0),
            (new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[1])), 2, 0),
            (new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[4])), 4, 0),
            (new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[6])), 2, 0),
            (new MobileNodeLinkLayerIdentifierOption(new OctetString(new byte[8])), 8, 4),
            (new LinkLocalAddressOption(IPAddress.Parse("fe80::1")), 8, 6),
            (new TimestampOption(new Timestamp(1)), 8, 2),
            (new AlternateCareOfAddressOption(IPAddress.Parse("2001:db8::1")), 8, 6),
            (MobileNodeIdentifierOption.ForNai("mn@example"), 1, 0),
            (new BindingRefreshAdviceOption(1), 2, 0),
            (new NonceIndicesOption(1, 2), 2, 0),
            (new BindingAuthorizationDataOption(new OctetString(new byte[12])), 8, 2),
            (new MobilityHeaderLinkLayerAddressOption(2, new OctetString(new byte[6])), 1, 0),
            (new VendorSpecificOption(1, 1, new OctetString([1])), 4, 2),
            (new Ipv4HomeAddressOption(IPAddress.Any, 0, RequestsPrefix: false), 4, 0),
            (new Ipv4AddressAcknowledgementOption(0, 0, IPAddress.Any), 4, 0),
            (new NatDetectionOption(ForcesUdp: true, 1), 4, 0),
            (new Ipv4CareOfAddressOption(IPAddress.Any), 4, 0),
            (new GreKeyOption(null), 4, 0),
            (new GreKeyOption(1), 4, 0),
            (new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, null), 2, 0),
            (new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, IPAddress.Any), 8, 2),
            (new BindingIdentifierOption(1, 0, SimultaneousHomeAndForeign: false, IPAddress.IPv6Any), 8, 2),
            (new BindingUniqueIdentifierOption(1, 0, Overwrite: false, HomeBinding: false, null), 2, 0),
            (new BindingUniqueIdentifierOption(1, 0, Overwrite: false, HomeBinding: false, IPAddress.IPv6Any), 8, 2),
            (new Ipv4HomeAddressRequestOption(IPAddress.Any, 0), 4, 0),
            (new Ipv4HomeAddressReplyOption(0, 0, IPAddress.Any), 4, 0),
            (new Ipv4DefaultRouterAddressOption(IPAddress.Any), 4, 0),
            (new Ipv4DhcpSupportModeOption(ActsAsServer: true), 1, 0),
            (new UnknownOption(200, new OctetString([1, 2, 3])), 1, 0),
        ];
        var data = new TheoryData<MobilityOption, int, int, int>();
        foreach (var (option, multiple, offset) in requirements)
        {
            for (var start = 0; start < 8; start++)
            {
                data.Add(option, multiple, offset, start);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Requirements), DisableDiscoveryEnumeration = true)]
    public void Option_BehindOthersOfAnyLength_MeetsItsAlignment(MobilityOption option, int multiple, int offset, int start)
    {
        // The preceding option ends `start` octets after a multiple of 8.
        var before = new UnknownOption(200, new OctetString(new byte[(start + 8 - (OptionsOffset + 2) % 8) % 8]));
        var message = new BindingUpdate(1, BindingUpdateFlags.None, 0, [before, option]);
        var bytes = Enumerable.Repeat((byte)0xa5, message.Length).ToArray();
        message.Write(bytes);

        var found = Walk(bytes);

        (bytes.Length % 8).Should().Be(0);
        bytes[1].Should().Be((byte)(bytes.Length / 8 - 1));
        var position = found.Last(entry => entry.Type > 1).Position;
        (position % multiple).Should().Be(offset % multiple);
        var free = OptionsOffset + before.Length;
        (free % 8).Should().Be(start);
        (position - free).Should().BeInRange(0, multiple - 1);
        (bytes.Length - position - option.Length).Should().BeInRange(0, 7);
        found.Where(entry => entry.Type <= 1).SelectMany(entry => entry.Data).Should().NotContain(octet => octet != 0);
        found
            .Zip(found.Skip(1))
            .Should()
            .NotContain(pair => pair.First.Type <= 1 && pair.Second.Type <= 1, "a gap is filled by one padding option");
    }

    private static List<(int Position, byte Type, byte[] Data)> Walk(byte[] message)
    {
        var found = new List<(int, byte, byte[])>();
        var position = OptionsOffset;
        while (position < message.Length)
        {
            var length = message[position] == 0 ? 1 : 2 + message[position + 1];
            found.Add((position, message[position], message[Math.Min(position + 2, position + length)..(position + length)]));
            position += length;
        }

        return found;
    }
}
