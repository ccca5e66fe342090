using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Acknowledgement of a correspondent node while it is being constructed, RFC 6275, Section 9.5.4.</summary>
public sealed class CorrespondentAcknowledgement(CorrespondentRegistration request, BindingStatus status)
{
    public CorrespondentRegistration Request { get; } = request;

    public BindingStatus Status { get; set; } = status;

    /// <summary>RFC 6275, Section 6.1.8: 128 and above are rejections.</summary>
    public bool IsRejection => (byte)Status >= 128;

    /// <summary>To the source of the Binding Update; with a type 2 routing header if that had a Home Address option.</summary>
    public SignalingTransport Path { get; set; } = request.Signal.Path.Reversed;

    public BindingAcknowledgementFlags Flags { get; set; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    /// <summary>All options but Binding Authorization Data.</summary>
    public List<MobilityOption> Options { get; } = [];

    /// <summary>The key of the authenticator; null to send none.</summary>
    public BindingManagementKey? Key { get; set; }

    /// <summary>The address that the authenticator covers, besides that of the correspondent node.</summary>
    public IPAddress AuthorizedAddress { get; set; } = request.AuthorizedAddress;

    /// <summary>The message with its authenticator, whose place is at the end.</summary>
    public BindingAcknowledgement ToMessage()
    {
        if (Key is not { } key)
        {
            return Message(Options);
        }

        var unsigned = Message([.. Options, Authorization(new byte[BindingAuthorizationDataOption.ReturnRoutabilityLength])]);
        var octets = new byte[unsigned.Length];
        unsigned.Write(octets);
        BindingAuthorization.Fill(key, AuthorizedAddress, Request.Node.Settings.Address, octets);
        return Message([.. Options, Authorization(octets[^BindingAuthorizationDataOption.ReturnRoutabilityLength..])]);
    }

    private BindingAcknowledgement Message(IEnumerable<MobilityOption> options) =>
        new(Status, Flags, SequenceNumber, LifetimeUnits, new MobilityOptionList(options));

    private static BindingAuthorizationDataOption Authorization(byte[] authenticator) => new(new OctetString(authenticator));
}
