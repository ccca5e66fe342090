using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Home Test Init or Care-of Test Init while it is being constructed, RFC 6275, Section 11.6.1.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="test">The test.</param>
public sealed class TestInitDraft(MobileNodeState node, TestInitExchange test)
{
    public MobileNodeState Node { get; } = node;

    public TestInitExchange Test { get; } = test;

    /// <summary>Source address of the IPv6 header.</summary>
    public IPAddress Source { get; set; } = node.Settings.HomeAddress;

    public ulong Cookie { get; set; }

    public List<MobilityOption> Options { get; } = [];

    public MobilityMessage ToMessage()
    {
        var options = new MobilityOptionList(Options);
        return Test.CareOf is null ? new HomeTestInit(Cookie, options) : new CareOfTestInit(Cookie, options);
    }
}
