using System.Net;
using Conformance.Testing.Options;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>What draft -02, Section 3.3.2, says of an acknowledgement in its own way.</summary>
internal static class Draft02Answers
{
    /// <summary>RFC 5555, Section 3.2.1: the last Status that it defines.</summary>
    private const byte LastDefined = 133;

    public static CheckResult? Status(Answer answer) =>
        answer.IsRejection ? Ipv4Answers.Status(answer, IsRefusal, "status 128 to 133")
        : MayRefuse(answer) ? Ipv4Answers.Status(answer, status => status == 0 || IsRefusal(status), "status 0, or 128 to 133")
        : Ipv4Answers.Status(answer, status => status == 0, "status 0");

    /// <summary>Which value an option has that refuses the address is open.</summary>
    public static CheckResult? Assigned(Answer answer) =>
        MayRefuse(answer) && answer.GivenIpv4.Exists(option => IsRefusal(Ipv4ReplyKind.StatusOf(option)))
            ? null
            : Ipv4Answers.Assigned(answer);

    /// <summary>
    /// True for an answer to a request for a certain address. That address alone may be refused, although the registration is accepted
    /// (the ruling draft-02-address-refused).
    /// </summary>
    private static bool MayRefuse(Answer answer) => !Ipv4Answers.AsksForAny(answer);

    private static bool IsRefusal(byte status) => status is >= Ipv4ReplyKind.FirstRefusal and <= LastDefined;

    /// <summary>The LMA has compared the timestamp with that of the session: it knows the address.</summary>
    public static CheckResult? Allocated(Answer answer) =>
        Ipv4Answers.IsJudged(answer)
        && answer.Message.Status == Answer.TimestampLowerThanPrevAccepted
        && answer.Exchange.KnownIpv4.Count > 0
            ? new(
                answer.GivenIpv4.TrueForAll(option => answer.Exchange.KnownIpv4.Contains(Ipv4ReplyKind.Given(option))),
                $"the allocated address {Ipv4Answers.Texts(answer.Exchange.KnownIpv4)}",
                Ipv4Answers.GivenText(answer),
                answer.GivenIpv4[0]
            )
            : null;

    public static CheckResult? Identity(Answer answer)
    {
        string[] missing =
        [
            .. answer.Message.ProxyFlag ? [] : (string[])["the P flag"],
            .. answer.Has(MobileNodeIdentifierKind.Type) ? [] : (string[])["a Mobile Node Identifier option"],
            .. answer.Has(AccessTechnologyTypeKind.Type) ? [] : (string[])["an Access Technology Type option"],
        ];
        return answer.AskedIpv4.Count > 0
            ? new(
                missing.Length == 0,
                "the P flag, a Mobile Node Identifier option and an Access Technology Type option",
                $"without {string.Join(", ", missing)}",
                answer.GivenIpv4.FirstOrDefault()
            )
            {
                IsAbsence = missing.Length > 0 && answer.Message.ProxyFlag,
            }
            : null;
    }

    public static CheckResult? AllZero(Answer answer) =>
        answer is { IsRejection: true, AskedIpv4.Count: 0, AskedPrefixes.Count: 0 }
            ? new(
                answer.GivenIpv4 is [var given] && Ipv4ReplyKind.Given(given).Address.Equals(IPAddress.Any),
                "an IPv4 answer with 0.0.0.0",
                Ipv4Answers.GivenText(answer),
                answer.GivenIpv4.FirstOrDefault()
            )
            : null;
}
