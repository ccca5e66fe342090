using System.Diagnostics;
using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class ProcessWatchTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public ProcessWatchTests() => Privilege.Require();

    [Fact]
    public void AProcess_IsWatchedUntilItsEnd_AndItsIdentityEndsWithIt()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        var identity = ProcessWatch.IdentityOf(process.Id);
        using var watch = new ProcessWatch(process.Id);

        watch.HasEnded.Should().BeFalse();
        identity.Should().Be(ProcessWatch.IdentityOf(process.Id)).And.StartWith($"{process.Id}-");

        process.StandardInput.Close();
        watch.WaitForEnd(_patience).Should().BeTrue();
        process.WaitForExit();
        watch.HasEnded.Should().BeTrue();
        ProcessWatch.IdentityOf(process.Id).Should().NotBe(identity);
    }

    [Fact]
    public void ProcessesThatRunAtOnce_HaveIdentitiesOfTheirOwn() =>
        ProcessWatch.IdentityOf(Environment.ProcessId).Should().NotBeNull().And.NotBe(ProcessWatch.IdentityOf(1));

    [Fact]
    public void NoProcess_CannotBeWatched()
    {
        FluentActions.Invoking(() => new ProcessWatch(int.MaxValue)).Should().Throw<LinuxException>().Which.Call.Should().Be("pidfd_open");
        ProcessWatch.IdentityOf(int.MaxValue).Should().BeNull();
    }

    [Fact]
    public void TheNamespaceOfAProcess_IsTheOneItWasStartedIn()
    {
        using var home = NetworkNamespace.CreateAnonymous();
        using var process = home.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true });

        using (var opened = NetworkNamespace.OfProcess(process.Id))
        {
            opened.Run(NetworkNamespace.CurrentIdentity).Should().Be(home.Run(NetworkNamespace.CurrentIdentity));
        }

        process.StandardInput.Close();
        process.WaitForExit();
    }
}
