using Conformance.Harness.Tests.Capture;
using Conformance.Reports;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Cli;

public sealed class RejudgeCommandTests : IDisposable
{
    private const string Scenario = "TC-LMA-ACK-BV-01";

    private readonly TemporaryDirectory _directory = new();

    private string Out => Path.Combine(_directory.Path, "out");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--shared-iut", "--seed", "5")]
    public void Rejudge_OfARunAsItWas_FindsTheSame(params string[] options)
    {
        Shell.Run(["run", "--section", "5.3.5", "--out", Out, .. options]).ExitCode.Should().Be(ExitCode.Success);

        var outcome = Shell.Run("rejudge", Out);

        outcome.ExitCode.Should().Be(ExitCode.Success, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("judged again, none differs.");
    }

    /// <summary>
    /// A run of three scenarios whose trace files have version 1. It is read, but a scenario whose bookends were others then sends
    /// other packets today.
    /// </summary>
    [Fact]
    public void Rejudge_OfARunInTheFormBefore_SaysWhereTheTesterOfTodaySendsOtherPackets()
    {
        var outcome = Shell.Run("rejudge", Path.Combine(AppContext.BaseDirectory, "Capture", "Version1"));

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Output + outcome.Error);
        outcome.Output.Should().Contain("3 scenarios judged again, 3 with differences.");
        outcome.Output.Should().Contain("error: Packet 7 of the record differs from the packet that the tester sends on core");
    }

    [Fact]
    public void Rejudge_AfterTheProxyFlagOfAnAnswerWasCleared_ChangesTheFindingsOfThatStatementAlone()
    {
        Shell.Run("run", "--tag", Scenario, "--out", Out).ExitCode.Should().Be(ExitCode.Success);
        ClearProxyFlag(Path.Combine(Out, "captures", $"{Scenario}.pcapng"));

        var outcome = Shell.Run("rejudge", Out);

        outcome.ExitCode.Should().Be(ExitCode.Failure, outcome.Error);
        outcome
            .Output.Should()
            .Contain("before  pass")
            .And.Contain("after   fail: rfc5213-5.3.6-d1")
            .And.Contain("1 scenario judged again, 1 with differences.");
        outcome
            .Output.Split('\n')
            .Where(line => line.StartsWith("  rfc", StringComparison.Ordinal))
            .Should()
            .Equal("  rfc5213-5.3.6-d1 (purpose)");
    }

    [Fact]
    public void Rejudge_OfNothing_IsRefused()
    {
        var outcome = Shell.Run("rejudge", Out);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"there is no directory {Out}");
    }

    [Fact]
    public void Rejudge_OfADirectoryThatIsNoRun_IsRefused()
    {
        var outcome = Shell.Run("rejudge", _directory.Path);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain("journal.ndjson is missing");
    }

    [Fact]
    public void Rejudge_WithoutACapture_IsRefused()
    {
        Shell.Run("run", "--tag", Scenario, "--out", Out);
        var capture = Path.Combine(Out, "captures", $"{Scenario}.pcapng");
        File.Delete(capture);

        var outcome = Shell.Run("rejudge", Out);

        outcome.ExitCode.Should().Be(ExitCode.CannotRun);
        outcome.Error.Should().Contain($"{capture} is missing");
    }

    /// <summary>Clears the P flag of the last acknowledgement in a capture (RFC 5213, Section 8.2) and corrects its checksum.</summary>
    private static void ClearProxyFlag(string capture)
    {
        var trace = TraceFile.Read(capture);
        var frames = trace.Frames.ToList();
        var at = frames.FindLastIndex(frame => frame.Direction == Direction.Received && IsAcknowledgement(Parse(frame).Upper));
        var (packet, upper) = Parse(frames[at]);
        var octets = frames[at].Bytes.ToArray();
        var header = octets.AsSpan(EthernetFrame.HeaderLength + upper.Offset, upper.Payload.Length);
        const int Flags = 7;
        header[Flags] &= (byte)~BindingAcknowledgementFlags.ProxyRegistration;
        MobilityHeader.FillChecksum(packet.Source, packet.Destination, header);
        frames[at] = frames[at] with { Bytes = octets };
        TraceFile.Write(Path.GetDirectoryName(capture)!, trace with { Frames = frames }, "altered");
    }

    private static bool IsAcknowledgement(UpperLayer upper) =>
        upper.Protocol == MobilityHeader.Protocol && upper.Payload.Span[2] == (byte)MobilityHeaderType.BindingAcknowledgement;

    private static (Ipv6Packet Packet, UpperLayer Upper) Parse(Frame frame)
    {
        EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _).Should().BeTrue();
        Ipv6Packet.TryParse(ethernet!.Payload, out var packet, out _).Should().BeTrue();
        packet!.TryGetUpperLayer(out var upper, out _).Should().BeTrue();
        return (packet, upper!);
    }
}
