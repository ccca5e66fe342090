using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Correspondent nodes whose Binding Identifier options are wrong: RFC 5648, Sections 4.3 and 6.2, and
/// draft-ietf-monami6-multiplecoa-04, Sections 4.2.1, 6.2 and 6.3.
/// </summary>
internal static class CnMcoaAnswerDeviations
{
    public static IReadOnlyList<Deviation> All { get; } = [.. Answers(), .. Formats(), .. Tests(), .. Ignoring()];

    private static IEnumerable<Deviation> Answers() =>
        [
            CnParts.Rules(
                "cn-no-identifiers",
                "answers without BID options",
                "rfc5648-6.2-k14",
                rules => rules with { Acknowledgement = rules.Acknowledgement.Lacking("BindingIdentifiersReturned") }
            ),
            CnParts.Rules(
                "cn-no-identifiers-in-rejection",
                "rejects without BID options",
                "rfc5648-6.2-k15",
                rules =>
                    rules with
                    {
                        Acknowledgement = rules.Acknowledgement.Last(draft =>
                        {
                            if (draft.IsRejection)
                            {
                                draft.Options.Clear();
                            }
                        }),
                    }
            ),
            Edits(
                "cn-other-identifier",
                "answers with another BID",
                "mcoa-draft-04-6.3-k21",
                option => option with { BindingId = (ushort)(option.BindingId ^ 0x100) }
            ),
            CnParts.Answering(
                "cn-first-identifier-alone",
                "repeats the first BID option of a rejected update alone",
                "rfc5648-6.2-k15",
                draft => draft.Options.RemoveRange(Math.Min(1, draft.Options.Count), Math.Max(0, draft.Options.Count - 1))
            ),
            CnParts.Answering(
                "cn-status-in-option",
                "puts the status of a rejection into the BID option as well",
                "rfc5648-6.2-k18",
                draft => Replace(draft, option => option with { Status = draft.IsRejection ? draft.Status : BindingStatus.ACCEPTED })
            ),
            CnParts.Answering(
                "cn-status-in-option-alone",
                "puts the status of a rejection into the BID option alone",
                "rfc5648-6.2-k17",
                draft =>
                {
                    if (draft is { IsRejection: true, Options: [BindingIdentityOption, ..] })
                    {
                        var status = draft.Status;
                        Replace(draft, option => option with { Status = status });
                        draft.Status = BindingStatus.ACCEPTED;
                    }
                }
            ),
            CnParts.Answering(
                "cn-address-in-answer",
                "names the home address in the BID options of its answers",
                "rfc5648-4.3-k10",
                draft => Replace(draft, option => option with { CareOfAddress = draft.Request.Home })
            ),
        ];

    private static IEnumerable<Deviation> Formats() =>
        [
            Writes("cn-option-length", "writes a BID option of Length 6", "rfc5648-4.3-k2", option => [option[0], 6, .. option[2..], 0, 0]),
            Writes(
                "cn-option-length-in-draft",
                "writes a BID option of Length 6",
                "mcoa-draft-04-4.2.1-k1",
                option => [option[0], 6, .. option[2..], 0, 0]
            ),
            Writes(
                "cn-option-of-20-octets",
                "writes a BID option of 20 octets with its header, so that the care-of address is cut off",
                "rfc5648-4.3-k4",
                option => [option[0], 18, .. option[2..], .. new byte[14]]
            ),
            Writes(
                "cn-option-with-c",
                "sets C in its BID options, which have no care-of address",
                "mcoa-draft-04-4.2.1-k2",
                option => [.. option[..5], (byte)(option[5] | 0x80)]
            ),
            Writes("cn-option-reserved", "sets reserved bits of its BID options", "rfc5648-4.3-k7", Reserved),
            Writes("cn-option-reserved-in-draft", "sets reserved bits of its BID options", "mcoa-draft-04-4.2.1-d2", Reserved),
            Writes("cn-option-odd", "begins a BID option at an odd octet", "rfc5648-4.3-d1", option => [0, .. option]),
        ];

    private static IEnumerable<Deviation> Tests() =>
        [
            CnParts.Rules(
                "cn-care-of-test-without-bid",
                "answers a Care-of Test Init with a BID option without one, but knows the option in updates",
                "mcoa-draft-04-6.2-k5",
                rules => rules with { CareOfTest = rules.CareOfTest.Lacking("BindingIdentifierReturned") }
            ),
            OnTest(
                "cn-care-of-test-status",
                "answers a Care-of Test Init with Status 1 in the BID option",
                "mcoa-draft-04-6.2-k6",
                option => option with { Status = (BindingStatus)1 }
            ),
            OnTest(
                "cn-care-of-test-bid",
                "answers a Care-of Test Init with BID 1 always",
                "mcoa-draft-04-6.2-k7",
                option => option with { BindingId = 1 }
            ),
            OnTest(
                "cn-flags-in-care-of-test",
                "answers a Care-of Test Init with flags like one without",
                "mcoa-draft-04-6.2-k4",
                option => option with { Status = BindingStatus.ACCEPTED }
            ),
            CnParts.Rules(
                "cn-token-for-flags",
                "gives the valid token in a Care-of Test that it refuses",
                "mcoa-draft-04-6.2-k3",
                rules => rules with { CareOfTest = rules.CareOfTest.Lacking("NoTokenForFlags") }
            ),
            CnParts.Rules(
                "cn-token-for-bid",
                "takes the token of a test for updates with the BID of the test alone",
                "mcoa-draft-04-5.2-d1",
                rules =>
                    rules with
                    {
                        CareOfTest = rules.CareOfTest.Last(test =>
                            test.KeygenToken ^= test.Identities.Select(identity => (ulong)identity.BindingId).FirstOrDefault()
                        ),
                        Update = rules.Update.AheadOf("AuthenticatorRight", KeyOfBid),
                    }
            ) with
            {
                WhyMany = "no update with a BID is proved by a test without one",
            },
            CnParts.Rules(
                "cn-bid-in-token",
                "makes the BID part of the token",
                "mcoa-draft-04-5.2-d1",
                rules =>
                    rules with
                    {
                        CareOfTest = rules.CareOfTest.Last(test =>
                            test.KeygenToken ^= test.Identities.Select(identity => (ulong)identity.BindingId).FirstOrDefault()
                        ),
                    }
            ),
        ];

    /// <summary>Correspondent nodes that say that they ignore the BID.</summary>
    private static IEnumerable<Deviation> Ignoring() =>
        [
            CnParts.Any(
                "cn-ignores-no-bid",
                "keeps a binding for each BID, and repeats it, though it says that it ignores BIDs",
                "rfc5648-6.1-d1",
                cn => cn with { Claims = ["ignores-bid"] }
            ),
            CnParts.Any(
                "cn-token-of-ignored-bid",
                "gives no valid token for a Care-of Test Init with a BID that it ignores",
                "mcoa-draft-04-6.2-d2",
                cn =>
                    cn with
                    {
                        Claims = ["ignores-bid"],
                        Changes = Changes
                            .To<CorrespondentNodeSettings>(settings => settings with { Mcoa = McoaEdition.None })
                            .AndTo<CorrespondentNodeRules>(rules =>
                                rules with
                                {
                                    CareOfTest = rules.CareOfTest.Last(test => test.KeygenToken ^= HasOption(test) ? 1UL : 0UL),
                                }
                            ),
                    }
            ),
        ];

    /// <summary>A test init without options has 16 octets.</summary>
    private static bool HasOption(ReturnRoutabilityTest test) => test.Signal.MobilityHeader.Length > 16;

    /// <summary>The token of a Binding Update is that of a test with its BID.</summary>
    private static RuleOutcome KeyOfBid(CorrespondentRegistration request)
    {
        if (
            request is { IsRemoval: false, NonceIndices: { } indices }
            && request.Node.Nonces.Find(indices.HomeNonceIndex) is { } home
            && request.Node.Nonces.Find(indices.CareOfNonceIndex) is { } careOf
        )
        {
            var bid = request.Items[0].Key.BindingId ?? 0;
            request.Key = BindingManagementKey.ForRegistration(
                home.HomeToken(request.Home),
                careOf.CareOfToken(request.RequestedCareOf) ^ bid
            );
        }
        return RuleOutcome.Continue;
    }

    private static Deviation Edits(
        string name,
        string description,
        string statement,
        Func<BindingIdentityOption, BindingIdentityOption> edit
    ) => CnParts.Answering(name, description, statement, draft => Replace(draft, edit));

    private static void Replace(CorrespondentAcknowledgement draft, Func<BindingIdentityOption, BindingIdentityOption> edit) =>
        Replace(draft.Options, edit);

    private static void Replace(List<MobilityOption> options, Func<BindingIdentityOption, BindingIdentityOption> edit)
    {
        for (var i = 0; i < options.Count; i++)
        {
            options[i] = options[i] is BindingIdentityOption option ? edit(option) : options[i];
        }
    }

    private static Deviation OnTest(
        string name,
        string description,
        string statement,
        Func<BindingIdentityOption, BindingIdentityOption> edit
    ) =>
        CnParts.Rules(
            name,
            description,
            statement,
            rules => rules with { CareOfTest = rules.CareOfTest.Last(test => Replace(test.Options, edit)) }
        );

    /// <summary>An answer whose first option is a BID option of other octets; the authenticator covers them.</summary>
    private static Deviation Writes(string name, string description, string statement, Func<byte[], byte[]> edit) =>
        CnParts.Writing(
            name,
            description,
            statement,
            before: octets =>
            {
                const int Options = BindingAcknowledgement.OptionsOffset;
                const int Authorization = 2 + BindingAuthorizationDataOption.ReturnRoutabilityLength;
                if (octets[Options] != (byte)MobilityOptionType.BindingIdentifier || octets[Options + 1] != 4)
                {
                    return octets;
                }

                byte[] option = edit(octets[Options..(Options + 6)]);
                byte[] proof = octets[^Authorization] == (byte)MobilityOptionType.BindingAuthorizationData ? octets[^Authorization..] : [];
                var length = Options + option.Length;
                var padding = (8 - ((length + proof.Length) % 8)) % 8;
                byte[] pad = padding switch
                {
                    0 => [],
                    1 => [0],
                    _ => [1, (byte)(padding - 2), .. new byte[padding - 2]],
                };
                byte[] written = [.. octets[..Options], .. option, .. pad, .. proof];
                written[1] = (byte)((written.Length / 8) - 1);
                return written;
            }
        );

    private static byte[] Reserved(byte[] option) => [.. option[..5], (byte)(option[5] | 1)];
}
