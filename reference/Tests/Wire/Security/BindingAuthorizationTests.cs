using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.ReturnRoutability;

namespace Pmip.Reference.Tests.Wire;

/// <summary>The expected authenticators were computed with Python's hashlib and hmac over hand-written messages.</summary>
public sealed class BindingAuthorizationTests
{
    private const int Seed = 6275;
    private const int Inputs = 3_400;

    private static readonly BindingAuthorizationDataOption _blank = new(
        new OctetString(new byte[BindingAuthorizationDataOption.ReturnRoutabilityLength])
    );

    private static BindingUpdate Update { get; } =
        new(7, BindingUpdateFlags.Acknowledge, 105, [new NonceIndicesOption(0x1234, 0x5678), _blank]);

    private static BindingAcknowledgement Acknowledgement { get; } = new(BindingStatus.ACCEPTED, default, 7, 105, [_blank]);

    [Fact]
    public void Update_ToRegister_EndsWithTheAuthenticatorOfTheFormula() =>
        Convert.ToHexStringLower(Authorized(Update)[^12..]).Should().Be("a74ae5f1fa020e796ec49246");

    [Fact]
    public void Update_ToDelete_EndsWithTheAuthenticatorOfTheFormula()
    {
        var message = Written(Update with { LifetimeUnits = 0 });

        BindingAuthorization.Fill(DeletionKey, Home, Correspondent, message);

        Convert.ToHexStringLower(message[^12..]).Should().Be("5aebff71e343091f964dc266");
    }

    [Fact]
    public void Acknowledgement_EndsWithTheAuthenticatorOfTheFormula() =>
        Convert.ToHexStringLower(Authorized(Acknowledgement)[^12..]).Should().Be("56c4c42b78890e908f80d8c4");

    [Fact]
    public void Message_WithWhateverChecksumAndAuthenticator_GetsTheSameAuthenticator()
    {
        var message = Written(Update);
        message.AsSpan(4, 2).Fill(0xa5);
        message.AsSpan(^12).Fill(0xa5);

        BindingAuthorization.Fill(RegistrationKey, CareOf, Correspondent, message);

        message[^12..].Should().Equal(Authorized(Update)[^12..]);
        message[4..6].Should().Equal(0xa5, 0xa5);
    }

    [Fact]
    public void Message_FilledAndChecksummed_VerifiesBothWays()
    {
        var message = Authorized(Update);
        MobilityHeader.FillChecksum(Home, Correspondent, message);

        Verify(message).Should().BeNull();
        MobilityHeader.HasValidChecksum(Home, Correspondent, message).Should().BeTrue();
    }

    [Fact]
    public void Message_WithAnyOctetChanged_IsRefused()
    {
        var good = Authorized(Update);
        for (var i = 0; i < good.Length; i++)
        {
            var message = good.ToArray();
            message[i] ^= 0x01;
            var isChecksum = i is 4 or 5;
            (Verify(message) is null).Should().Be(isChecksum, "octet {0}", i);
        }
    }

    [Fact]
    public void Message_OfAnotherKey_IsRefused() =>
        BindingAuthorization
            .TryVerify(DeletionKey, CareOf, Correspondent, Authorized(Update), out var error)
            .Should()
            .BeFalse(error?.Detail);

    [Fact]
    public void Message_OfOtherAddresses_IsRefused()
    {
        var message = Authorized(Update);

        BindingAuthorization.TryVerify(RegistrationKey, Home, Correspondent, message, out var careOf).Should().BeFalse();
        BindingAuthorization.TryVerify(RegistrationKey, CareOf, Home, message, out var correspondent).Should().BeFalse();

        careOf.Should().Be(correspondent).And.Match<WireError>(error => error.Rule == "Authenticator" && error.Offset == 20);
    }

    [Theory]
    [InlineData("", "Truncated", 0)]
    [InlineData("3b000500 000000", "Truncated", 7)]
    [InlineData("3b000500 00000007", "AuthorizationMissing", 8)]
    [InlineData("3b010500 00000007", "HeaderLength", 1)]
    [InlineData("3b000500 00000007 8000006901020000", "HeaderLength", 1)]
    [InlineData("3b010500 00000007 80000069 01020000", "AuthorizationMissing", 16)]
    [InlineData("3b010500 00000007 80000069 01090000", "OptionTruncated", 12)]
    [InlineData("3b010500 00000007 80000069 050c0000", "OptionTruncated", 12)]
    [InlineData("3b010500 00000007 80000069 05020000", "OptionLength", 12)]
    [InlineData("3b030500 00000007 80000069 050c0102 03040506 0708090a 0b0c 0104 00000000", "AuthorizationNotLast", 12)]
    [InlineData("3b030500 00000007 80000069 050c0102 03040506 0708090a 0b0c 0404 12345678", "AuthorizationNotLast", 12)]
    [InlineData("3b030300 00000007 80000069 040412345678 050c0102 03040506 0708090a 0b0c", "MessageType", 2)]
    public void Message_WithoutAPlaceForIt_IsRefusedAndNotFilled(string octets, string rule, int offset)
    {
        var message = Hex.Octets(octets);
        var fill = () => BindingAuthorization.Fill(RegistrationKey, CareOf, Correspondent, message);

        var error = Verify(message);

        error.Should().Match<WireError>(found => found.Rule == rule && found.Offset == offset);
        fill.Should().Throw<ArgumentException>();
        message.Should().Equal(Hex.Octets(octets));
    }

    [Fact]
    public void Messages_Mutated_NeverThrow()
    {
        var mutator = new Mutator(new Random(Seed), [Authorized(Update), Authorized(Acknowledgement)], Mutator.Tlvs(12, lengthUnit: 1));
        for (var i = 0; i < Inputs; i++)
        {
            var octets = mutator.Next();
            var error = Verify(octets);
            if (error is not null)
            {
                error.Offset.Should().BeInRange(0, octets.Length, Convert.ToHexStringLower(octets));
            }
        }
    }

    private static byte[] Written(MobilityMessage message)
    {
        var octets = new byte[message.Length];
        message.Write(octets);
        return octets;
    }

    private static byte[] Authorized(MobilityMessage message)
    {
        var octets = Written(message);
        BindingAuthorization.Fill(RegistrationKey, CareOf, Correspondent, octets);
        return octets;
    }

    private static WireError? Verify(byte[] message)
    {
        BindingAuthorization.TryVerify(RegistrationKey, CareOf, Correspondent, message, out var error);
        return error;
    }
}
