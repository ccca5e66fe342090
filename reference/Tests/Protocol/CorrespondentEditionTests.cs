using System.Net;
using FluentAssertions;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Protocol.CorrespondentFixture;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Several care-of addresses at a correspondent node: what RFC 5648 and draft-ietf-monami6-multiplecoa-04 do not share.</summary>
public sealed class CorrespondentEditionTests
{
    private static readonly BindingStatus _incompliant = (BindingStatus)new DraftStatusCodes().McoaIncompliant;
    private static readonly BindingStatus _conflict = (BindingStatus)new DraftStatusCodes().McoaBidConflict;

    private readonly CorrespondentFixture _rfc = new(McoaEdition.Rfc5648);
    private readonly CorrespondentFixture _draft = new(McoaEdition.Draft04);

    [Fact]
    public void OptionWithoutAddress_InTheRfc_RenewsAKnownBindingAndLeavesItsAddress()
    {
        _rfc.Register(Valid with { Options = [_rfc.Bid(1, CareOf1)], LifetimeUnits = 2 });

        _rfc.Role.Advance(TimeSpan.FromSeconds(7));
        _rfc.Register(Valid with { SequenceNumber = 2, Source = CareOf2, Proved = CareOf1, Options = [_rfc.Bid(1)] });
        _rfc.Role.Advance(TimeSpan.FromSeconds(300));

        _rfc.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf1 });
    }

    [Fact]
    public void OptionWithoutAddress_InTheRfcForAnUnknownBid_IsRefused()
    {
        _rfc.Ask(Valid with { Options = [_rfc.Bid(1)] }).Status.Should().Be(BindingStatus.MCOA_UNKNOWN_COA);

        _rfc.Bindings.Should().BeEmpty();
    }

    [Fact]
    public void OptionWithoutAddress_InTheDraft_IsForTheSource()
    {
        _draft.Register(Valid with { Options = [_draft.Bid(1)] });
        _draft.Register(Valid with { SequenceNumber = 2, Source = CareOf2, Options = [_draft.Bid(1)] });

        _draft.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf2 });
    }

    [Fact]
    public void OptionWithoutAddress_InTheDraftWithAnAlternateCareOfAddress_IsForThat()
    {
        _draft.Register(Valid with { Options = [_draft.Bid(1)], AlternateCareOf = CareOf2, Proved = CareOf2 });

        _draft.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf2 });
    }

    [Fact]
    public void AlternateCareOfAddress_InTheRfcBesideABid_IsSkipped()
    {
        _rfc.Register(Valid with { Options = [_rfc.Bid(1, CareOf1)], AlternateCareOf = CareOf2 });

        _rfc.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf1 });
    }

    [Fact]
    public void Ipv4Address_InTheRfc_IsMalformed() =>
        _rfc.Ask(Valid with { Options = [_rfc.Bid(1, IPAddress.Parse("192.0.2.1"))] }).Status.Should().Be(BindingStatus.MCOA_MALFORMED);

    [Fact]
    public void Bid_BesideABindingWithoutOne_IsRefusedInTheRfc()
    {
        _rfc.Register(Valid);

        _rfc.Ask(Valid with { SequenceNumber = 2, Source = CareOf2, Options = [_rfc.Bid(1, CareOf2)] })
            .Status.Should()
            .Be(BindingStatus.MCOA_NON_MCOA_BINDING_EXISTS);

        _rfc.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [0] = CareOf1 });
    }

    [Fact]
    public void Bid_BesideABindingWithoutOne_ReplacesItInTheDraft()
    {
        _draft.Register(Valid);

        var answer = _draft.Ask(Valid with { SequenceNumber = 2, Source = CareOf2, Options = [_draft.Bid(1)] });

        answer.Status.Should().Be(_conflict);
        _draft.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [1] = CareOf2 });
    }

    [Fact]
    public void Overwriting_LeavesTheNewBindingAlone()
    {
        var flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.BulkOverwrite;
        _rfc.Register(Valid);
        _draft.Register(Valid with { Options = [_draft.Bid(1)] });

        _rfc.Register(Valid with { SequenceNumber = 2, Source = CareOf2, Flags = flags, Options = [_rfc.Bid(2, CareOf2)] });
        _draft.Register(Valid with { SequenceNumber = 2, Source = CareOf2, Options = [_draft.Bid(2, overwrites: true)] });

        _rfc.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [2] = CareOf2 });
        _draft.Bindings.Should().Equal(new Dictionary<int, IPAddress> { [2] = CareOf2 });
    }

    /// <summary>RFC 5648, Section 4.1, has one number of a mobile node; draft -04, Section 5.4, one of each binding.</summary>
    [Fact]
    public void SequenceNumbers_CountByHomeAddressInTheRfcAndByBindingInTheDraft()
    {
        _rfc.Register(Valid with { SequenceNumber = 7, Options = [_rfc.Bid(1, CareOf1)] });
        _draft.Register(Valid with { SequenceNumber = 7, Options = [_draft.Bid(1)] });

        var rfc = _rfc.Ask(Valid with { SequenceNumber = 3, Source = CareOf2, Options = [_rfc.Bid(2, CareOf2)] });
        _draft.Register(Valid with { SequenceNumber = 3, Source = CareOf2, Options = [_draft.Bid(2)] });

        rfc.Status.Should().Be(BindingStatus.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        rfc.SequenceNumber.Should().Be(7);
    }

    [Fact]
    public void CareOfTestInit_WithFlagsInTheDraft_GetsNoToken()
    {
        var overwriting = _draft.TestCareOf(CareOf1, _draft.Bid(7, overwrites: true));
        var addressed = _draft.TestCareOf(CareOf1, _draft.Bid(7, CareOf2));

        overwriting.KeygenToken.Should().Be(0);
        overwriting.Options.Should().Equal(new BindingUniqueIdentifierOption(7, _incompliant, Overwrite: true, HomeBinding: false, null));
        addressed.KeygenToken.Should().Be(0);
        addressed.Options.Should().Equal(new BindingUniqueIdentifierOption(7, _incompliant, Overwrite: false, HomeBinding: false, null));
    }
}
