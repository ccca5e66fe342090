using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;

namespace Pmip.Wire;

/// <summary>
/// The authenticator at the end of an encoded Binding Update or Binding Acknowledgement, RFC 6275, Section 6.2.7.
/// </summary>
/// <remarks>
/// The authenticator covers the message from its start to the authenticator, with a checksum of zero; the checksum then covers the
/// authenticator. A sender therefore writes the message with a <see cref="BindingAuthorizationDataOption"/> of twelve octets of any
/// content as its last option, calls <see cref="Fill"/>, and then
/// <see cref="MobilityHeader.FillChecksum(IPAddress, IPAddress, Span{byte})"/>.
/// </remarks>
public static class BindingAuthorization
{
    private const int AuthenticatorLength = BindingAuthorizationDataOption.ReturnRoutabilityLength;
    private const int OptionHeaderLength = 2;

    /// <summary>Computes the authenticator of a message and writes it into the message. The checksum is not changed.</summary>
    /// <param name="key">The key derived from the tokens of a return routability procedure.</param>
    /// <param name="careOfAddress">The care-of address to register; the home address in a de-registration.</param>
    /// <param name="correspondent">
    /// The address of the correspondent node, in both directions; its home address if the correspondent node is mobile.
    /// </param>
    /// <param name="message">The message from the Payload Proto field on.</param>
    /// <exception cref="ArgumentException">
    /// The message has no place for an authenticator, see <see cref="TryVerify"/>, or an address is not IPv6.
    /// </exception>
    public static void Fill(BindingManagementKey key, IPAddress careOfAddress, IPAddress correspondent, Span<byte> message)
    {
        if (CheckPlace(message) is { } error)
        {
            throw new ArgumentException(
                $"The message has no place for an authenticator: {error.Detail} at octet {error.Offset}.",
                nameof(message)
            );
        }
        Compute(key, careOfAddress, correspondent, message).CopyTo(message[^AuthenticatorLength..]);
    }

    /// <summary>Whether a message ends with the authenticator that results from the key and the addresses.</summary>
    /// <param name="error">
    /// <c>Truncated</c>; <c>HeaderLength</c>: the message does not fill the octets; <c>MessageType</c>: neither a Binding Update nor
    /// a Binding Acknowledgement; <c>OptionTruncated</c>; <c>AuthorizationMissing</c>; <c>AuthorizationNotLast</c>: an option or
    /// padding follows; <c>OptionLength</c>: not 12; <c>Authenticator</c>: not the expected value.
    /// </param>
    /// <exception cref="ArgumentException">An address is not IPv6.</exception>
    /// <inheritdoc cref="Fill"/>
    public static bool TryVerify(
        BindingManagementKey key,
        IPAddress careOfAddress,
        IPAddress correspondent,
        ReadOnlySpan<byte> message,
        [NotNullWhen(false)] out WireError? error
    )
    {
        error = CheckPlace(message);
        if (error is not null)
        {
            return false;
        }

        var expected = Compute(key, careOfAddress, correspondent, message);
        if (CryptographicOperations.FixedTimeEquals(expected, message[^AuthenticatorLength..]))
        {
            return true;
        }

        error = new WireError(message.Length - AuthenticatorLength, "Authenticator", "does not match this key and these addresses");
        return false;
    }

    /// <summary>
    /// The reason why a message has no place for an authenticator, as <see cref="TryVerify"/> reports it; null if it has one.
    /// </summary>
    /// <param name="message">The message from the Payload Proto field on.</param>
    public static WireError? CheckPlace(ReadOnlySpan<byte> message)
    {
        if (message.Length < MobilityHeader.LengthUnit)
        {
            return WireError.Truncated(message.Length, MobilityHeader.LengthUnit, message.Length);
        }

        var announced = MobilityHeader.LengthUnit * (message[MobilityHeader.HeaderLenOffset] + 1);
        if (message.Length != announced)
        {
            return new WireError(MobilityHeader.HeaderLenOffset, "HeaderLength", $"{announced} octets announced, {message.Length} present");
        }

        return (MobilityHeaderType)message[MobilityHeader.TypeOffset] switch
        {
            MobilityHeaderType.BindingUpdate => CheckOptions(message, BindingUpdate.OptionsOffset),
            MobilityHeaderType.BindingAcknowledgement => CheckOptions(message, BindingAcknowledgement.OptionsOffset),
            var type => new WireError(
                MobilityHeader.TypeOffset,
                "MessageType",
                $"MH Type {(byte)type} is neither a Binding Update nor a Binding Acknowledgement"
            ),
        };
    }

    private static byte[] Compute(BindingManagementKey key, IPAddress careOfAddress, IPAddress correspondent, ReadOnlySpan<byte> message)
    {
        var data = message[..^AuthenticatorLength].ToArray();
        data.AsSpan(MobilityHeader.ChecksumOffset, sizeof(ushort)).Clear();
        return key.Authenticator(careOfAddress, correspondent, data);
    }

    private static WireError? CheckOptions(ReadOnlySpan<byte> message, int start)
    {
        var walker = new OptionWalker(message, start);
        WireError? error;
        while (walker.TryNext(out var option, out error))
        {
            if (option[0] == (byte)MobilityOptionType.BindingAuthorizationData)
            {
                return CheckOption(option, walker.Position, message.Length);
            }
        }

        return error ?? new WireError(message.Length, "AuthorizationMissing", "no Binding Authorization Data option");
    }

    private static WireError? CheckOption(ReadOnlySpan<byte> option, int position, int end)
    {
        if (position + option.Length != end)
        {
            return new WireError(
                position,
                "AuthorizationNotLast",
                $"{end - position - option.Length} octets after the Binding Authorization Data option"
            );
        }

        var length = option.Length - OptionHeaderLength;
        return length == AuthenticatorLength
            ? null
            : new WireError(position, "OptionLength", $"authenticator of {length} octets, expected {AuthenticatorLength}");
    }
}
